// One fresh browser, and a page in it that loads candidates as from a new tab.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { installInPage } from './in_page.mjs';
import { chromiumPath } from './places.mjs';
import { sleep } from './statistics.mjs';

/** Chromium's flags. `fallback`: the page is put together in software and WebGL runs on SwiftShader, the best case of
 * the DOM consoles without a GPU. `swiftshader`: the page itself is drawn by SwiftShader, which slows every DOM page. */
export function flagsFor(gl) {
  return ['--headless=new', '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--enable-blink-features=ForceEagerMeasureMemory', '--enable-unsafe-swiftshader',
    ...(gl === 'swiftshader' ? ['--use-gl=angle', '--use-angle=swiftshader'] : [])];
}

/** When the page was ready, from the start of the navigation. Asked by the bare protocol: the driver's own way of waiting
 * first brings a script of its own into the page, just while it starts. Units: milliseconds. */
async function waitReady(cdp, longest = 120_000) {
  const expression = 'performance.getEntriesByName("console-ready")[0]?.startTime';
  const end = Date.now() + longest;
  while (Date.now() < end) {
    const answer = await cdp.send('Runtime.evaluate', { expression, returnByValue: true }).catch(() => null);
    if (answer?.result.type === 'number') return answer.result.value;
    await sleep(50);
  }
  throw new Error(`the page was not ready after ${longest / 1000} s`);
}

/** Opens a browser on a new profile. `elsewhere` is a page of another site: from there every load changes the process. */
export async function openBrowser(gl, elsewhere) {
  const profile = mkdtempSync(path.join(tmpdir(), 'pcc-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath, headless: true, args: flagsFor(gl), viewport: { width: 1440, height: 900 }, timeout: 60_000 });
  await context.addInitScript(installInPage);
  const page = context.pages()[0] || await context.newPage();
  page.setDefaultTimeout(90_000);
  const watcher = await context.newCDPSession(page);
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error).slice(0, 200)));
  page.on('crash', () => errors.push('the page crashed'));
  const browser = {
    profile, page, errors,
    cdp: () => context.newCDPSession(page),
    leave: () => page.goto(elsewhere),
    /** Loads an address from where the page is; when it was ready. Units: milliseconds. */
    open: async (address) => {
      await page.goto(address, { waitUntil: 'commit', timeout: 120_000 });
      return waitReady(watcher);
    },
    /** The same from a page of another site. */
    load: async (address) => {
      await page.goto(elsewhere);
      await sleep(300);
      return browser.open(address);
    },
    close: async () => {
      await context.close().catch(() => {});
      await sleep(100);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
  return browser;
}

/** How fast this machine is just now: a fixed loop of integers in the page, the best of three. Units: milliseconds. */
export function calibrate(page) {
  return page.evaluate(() => {
    let best = 1e9;
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      let x = 1;
      for (let i = 0; i < 2e7; i++) x = Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + i | 0;
      window.calibrated = x;
      best = Math.min(best, performance.now() - start);
    }
    return best;
  });
}
