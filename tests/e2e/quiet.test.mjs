// Quiet: nothing is drawn while nothing happens, one frame a second for a countdown, few for a key; what was
// missed is fetched on coming back. A lost graphics context: canvas.test.mjs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Client, generate as generateByApi } from '../http/harness.mjs';
import { assertNoComplaints, assume, flags, generate, hintOf, openAs, startWorld } from './harness.mjs';
import { countFrames, drawn, goTo } from './places.mjs';
import { countdownFaults, framesOf, framesWhile } from './checks/frames.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';
const settings = '/configure/organization/settings';
const idle = 5000;

/** Several people in windows of their own, idle at the same time. */
async function idleTogether(places) {
  const pages = [];
  for (const { account, at, prepare: arrange } of places) {
    const page = await openAs(world, account, { at, prepare: countFrames });
    if (arrange) await arrange(page);
    await drawn(page);
    pages.push(page);
  }
  // The events of others, if any are on their way, are in.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const frames = await Promise.all(pages.map((page) => framesWhile(page, idle)));
  for (const page of pages) {
    assertNoComplaints(page);
    await page.context().close();
  }
  return frames;
}

test('no frame is asked for in 5 s on any screen without a countdown, a field with the focus included', async () => {
  const openDialog = async (page) => {
    await page.getByRole('button', { name: 'Help and shortcuts' }).click();
    await page.getByRole('dialog').waitFor();
  };
  const places = [
    { account: world.ana, at: '/monitor/networks' },
    { account: world.ana, at: '/monitor/networks', prepare: (page) => page.getByRole('searchbox').focus() },
    { account: world.ana, at: '/record/audit' },
    { account: world.ana, at: settings, prepare: (page) => page.getByRole('textbox', { name: 'Organization name' }).click() },
    { account: world.ana, at: '/nowhere-at-all' },
    { account: world.ana, at: settings, prepare: openDialog },
    { account: world.sam, at: '/configure/organization/assume' },
    { account: world.sam, at: tokens },
    { account: world.sam, at: '/monitor/sessions' },
  ];
  const frames = [];
  for (let i = 0; i < places.length; i += 3) frames.push(...await idleTogether(places.slice(i, i + 3)));
  assert.deepEqual(frames, places.map(() => 0), places.map(({ at }) => at).join(' '));
});

test('with a countdown in sight one frame a second, at the turn of the second; hidden, none', async () => {
  const page = await openAs(world, world.ana, { at: tokens, prepare: countFrames });
  await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
  await drawn(page);
  assert.deepEqual(await countdownFaults(page, 5), []);

  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForTimeout(300);
  assert.equal(await framesWhile(page, 3000), 0, 'hidden');
  await page.evaluate(() => {
    delete document.hidden;
    delete document.visibilityState;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await page.waitForFunction((before) => window.framesAsked.at.at(-1) > before, Date.now(), { polling: 40 });
  await page.context().close();
});

test('a banner that counts down is one frame a second as well', async () => {
  const admin = await openAs(world, world.ana, { at: tokens });
  const tokenId = await generate(admin);
  await admin.context().close();
  const page = await openAs(world, world.sam, { at: '/configure/organization/assume', prepare: countFrames });
  await assume(page, tokenId);
  await page.getByRole('table', { name: 'Networks' }).waitFor();
  await drawn(page);
  assert.deepEqual(await countdownFaults(page, 4), []);
  await page.context().close();
});

test('a key costs at most 4 frames', async () => {
  const page = await openAs(world, world.ana, { at: settings, prepare: countFrames });
  const field = page.getByRole('textbox', { name: 'Organization name' });
  await field.focus();
  await drawn(page);
  for (const key of ['x', 'y', 'Backspace', 'ArrowLeft', 'Delete', 'Tab', 'Shift+Tab', 'Tab', 'Escape', '?', 'Tab', 'Escape', 'PageDown']) {
    const frames = await framesOf(page, () => page.keyboard.press(key));
    assert.ok(frames <= 4, `${key}: ${frames} frames`);
  }
  await goTo(page, '/monitor/networks');
  await page.getByRole('table').getByRole('cell').first().focus();
  await drawn(page);
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowDown', 'End']) {
    const frames = await framesOf(page, () => page.keyboard.press(key));
    assert.ok(frames <= 4, `${key}: ${frames} frames`);
  }
  await page.context().close();
});

/** A token that another client makes; its public name in the list. */
async function makeElsewhere() {
  const other = await new Client(world.server).signIn(world.ana);
  return hintOf((await generateByApi(other)).token_id);
}

/** Keeps the stream of events from telling: only coming back can. */
async function deaf(page) {
  await page.context().route('**/api/v1/events', (route) => route.abort());
}

test('coming back from sleep or from another page fetches what was missed', async () => {
  const page = await openAs(world, world.ana, { at: '/record/audit', prepare: countFrames });
  await deaf(page);
  await page.goto(tokens);
  await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
  const comings = [() => document.dispatchEvent(new Event('visibilitychange')),
    () => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })), () => dispatchEvent(new Event('online'))];
  for (const come of comings) {
    const hint = await makeElsewhere();
    await page.waitForTimeout(300);
    assert.equal(await page.getByRole('button', { name: `Expire ${hint}` }).count(), 0, 'nothing told of it');
    await page.evaluate(come);
    await page.getByRole('button', { name: `Expire ${hint}` }).waitFor();
  }
  await page.context().close();
});

test('out of the browser’s own store of pages it comes with fresh data', async (t) => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: flags,
    ignoreDefaultArgs: ['--disable-back-forward-cache'] });
  const page = await openAs({ ...world, browser }, world.ana, { at: tokens });
  await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
  await page.evaluate(() => addEventListener('pageshow', (event) => { window.cameFromStore = event.persisted; }));
  await page.goto('/favicon.svg');
  const hint = await makeElsewhere();
  await page.goBack({ waitUntil: 'commit' });
  await page.getByRole('button', { name: `Expire ${hint}` }).waitFor();
  t.diagnostic(`kept in the store: ${await page.evaluate(() => window.cameFromStore === true)}`);
  assertNoComplaints(page);
  await page.context().close();
  await browser.close();
});
