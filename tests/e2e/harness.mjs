// What the end-to-end tests share: a real server, a real Chromium, and people in tabs.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { accountOf, root, startServer } from '../http/harness.mjs';

export const consoleFolder = process.env.PCC_CONSOLE ?? path.join(root, 'build/web/dist');
const shots = process.env.PCC_SCREENSHOTS ?? path.join(root, 'build/screenshots');
mkdirSync(shots, { recursive: true });

// No sandbox: tests also run as root. WebGL2 without a GPU, and no calls home.
export const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--enable-unsafe-swiftshader'];

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

/** A server and a browser for one file of tests. */
export async function startWorld() {
  const server = await startServer({ consoleFolder });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags });
  return {
    server,
    browser,
    ana: accountOf(server, 'admin', 'Aurora Hotels'),
    sam: accountOf(server, 'network_admin', 'NetCare Support'),
    stop: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

/** A browser of its own for one person; everything the page complained about is in `page.complaints`. */
export async function openTab(world, { at = '/', viewport = desktop, screen = 'pixels', prepare, ...options } = {}) {
  const context = await world.browser.newContext({
    viewport, baseURL: world.server.url, timezoneId: 'Europe/Lisbon', locale: 'en-GB', ...options });
  if (screen === 'webgl') await context.addInitScript(pretendGraphicsCard);
  // Patience for a busy machine without a GPU; how fast it is, is measured elsewhere.
  context.setDefaultTimeout(Number(process.env.PCC_PATIENCE) || 60_000);
  if (prepare) await prepare(context);
  const page = await context.newPage();
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => {
    // A refusal by the server is logged by the browser itself and is no fault of the page.
    const refusal = message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !refusal) page.complaints.push(message.text());
  });
  await page.goto(at);
  return page;
}

/**
 * In the page: the processor that plays a graphics card here passes for a real one, and the browser has
 * found it before. Without this the console rasterises by itself ('pixels').
 */
export function pretendGraphicsCard() {
  const names = [0x1F01, 0x9246];  // RENDERER, UNMASKED_RENDERER_WEBGL
  const ask = WebGL2RenderingContext.prototype.getParameter;
  WebGL2RenderingContext.prototype.getParameter = function (name) {
    return names.includes(name) ? 'A graphics card' : ask.call(this, name);
  };
  localStorage.setItem('pcc-screen', 'webgl');
}

/** What draws on the canvas: 'webgl', 'pixels' or 'none'. */
export function screenOf(page) {
  return page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    return canvas.getContext('webgl2') ? 'webgl' : canvas.getContext('2d') ? 'pixels' : 'none';
  });
}

export async function signIn(page, account) {
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('#sign-in').waitFor({ state: 'hidden' });
}

export async function openAs(world, account, options) {
  const page = await openTab(world, options);
  await signIn(page, account);
  return page;
}

/** Generates a token as a person does; the Token ID as it stands in the dialog. */
export async function generate(page, validity = '2 Hours') {
  await page.getByRole('button', { name: 'Generate New Token' }).click();
  await page.getByRole('radio', { name: validity, exact: true }).click();
  await page.getByRole('button', { name: 'Generate Token', exact: true }).click();
  await page.getByRole('dialog', { name: 'Token generated' }).waitFor();
  const tokenId = await page.locator('code').first().textContent();
  assert.match(tokenId, /^pcc_[0-9A-HJKMNP-TV-Z]{39}$/);
  await page.getByRole('button', { name: 'Done' }).click();
  return tokenId;
}

export async function assume(page, tokenId, organization = 'Aurora Hotels') {
  await page.getByRole('textbox', { name: 'Token ID' }).fill(tokenId);
  await page.getByRole('button', { name: 'Assume User' }).click();
  await page.getByRole('region', { name: `Acting for ${organization}` }).waitFor();
}

export function hintOf(tokenId) {
  return `${tokenId.slice(0, 8)}…${tokenId.slice(-4)}`;
}

/** Where a control stands on the canvas: the middle of its place. */
export async function middleOf(locator) {
  const box = await locator.boundingBox();
  assert.ok(box, 'the control has a place');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Fails when the canvas shows one colour: then nothing was drawn, whatever the mirror says. */
export async function assertDrawn(page) {
  const picture = await page.screenshot();
  const colours = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const pen = canvas.getContext('2d');
    pen.drawImage(bitmap, 0, 0);
    const { data } = pen.getImageData(0, 0, bitmap.width, bitmap.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    return seen.size;
  }, picture.toString('base64'));
  assert.ok(colours > 50, `the page shows ${colours} colours`);
  const webgl = await page.evaluate(() => !document.documentElement.classList.contains('plain'));
  assert.ok(webgl, 'drawn on the canvas, not as a plain page');
}

export async function shot(page, name) {
  await page.screenshot({ path: path.join(shots, `${name}.png`) });
}

/** After a file's tests: no page may have complained. */
export function assertNoComplaints(...pages) {
  for (const page of pages) assert.deepEqual(page.complaints, []);
}
