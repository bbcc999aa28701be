// What the mirror costs with a thousand rows in sight, on the canvas and as the plain page. Needs the console built
// with the names of its functions. Usage: node tests/bench/mirror.mjs FOLDER

import { openBrowser } from './harness/browser.mjs';
import { openOrigins } from './harness/origins.mjs';
import { sleep } from './harness/statistics.mjs';

const rows = 1000;
// A thousand rows of 32 px, with the header above them.
const tall = { width: 1440, height: 32_400 };

/** The time spent in functions whose name starts so, and in what they call. Units: milliseconds. */
function timeIn(profile, name) {
  const parents = new Map();
  const named = new Set();
  for (const node of profile.nodes) {
    for (const child of node.children ?? []) parents.set(child, node.id);
    if (node.callFrame.functionName.startsWith(name)) named.add(node.id);
  }
  const within = (id) => id !== undefined && (named.has(id) || within(parents.get(id)));
  return profile.samples.reduce((time, id, i) => time + (within(id) ? profile.timeDeltas[i] / 1000 : 0), 0);
}

/** Frames of an act, and for each of them the whole, what of it went into the mirror, and the browser's own style and
 * layout. Units: milliseconds. */
async function costOf(browser, cdp, what, act, millis) {
  const frames = () => browser.page.evaluate(() => window.bench.frames);
  const layout = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.filter(({ name }) => name === 'LayoutDuration' || name === 'RecalcStyleDuration')
      .reduce((time, { value }) => time + value * 1000, 0);
  };
  const before = [await frames(), await layout()];
  await cdp.send('Profiler.start');
  await act();
  await sleep(millis);
  const { profile } = await cdp.send('Profiler.stop');
  const drawn = await frames() - before[0];
  const each = (time) => (time / drawn).toFixed(1).padStart(7);
  console.log(`${what.padEnd(34)} ${String(drawn).padStart(6)} ${each(timeIn(profile, 'pcc_frame'))} ${
    each(timeIn(profile, 'pcc::platform::lay_mirror'))} ${each(await layout() - before[1])}`);
}

async function scrollThrough(page) {
  for (let i = 0; i < 12; i++) {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await sleep(600);
  }
}

async function openList(origins, plain) {
  const browser = await openBrowser('fallback', origins.elsewhere);
  if (plain) await browser.page.addInitScript(() => localStorage.setItem('pcc-plain', 'yes'));
  else await browser.page.setViewportSize(tall);
  await browser.load(`${origins.of('pcc')}/?n=${rows}`);
  if (plain) await scrollThrough(browser.page);
  await sleep(2000);
  const stand = await browser.page.evaluate(() => ({
    rows: document.querySelectorAll('#mirror tbody tr').length, elements: document.querySelectorAll('#mirror *').length }));
  if (stand.rows < rows) throw new Error(`only ${stand.rows} rows stand in the mirror`);
  console.log(`\n${plain ? 'plain page' : 'canvas'}: ${stand.rows} rows, ${stand.elements} elements`);
  console.log(`${'ms for each frame'.padEnd(34)} frames   whole  mirror  layout`);
  const cdp = await browser.cdp();
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: 200 });
  await cdp.send('Performance.enable');
  return { browser, cdp };
}

async function click(page, what) {
  const { x, y, w, h } = await page.evaluate((name) => window.consoleBench.rect(name), what);
  await page.mouse.click(x + w / 2, y + h / 2);
}

async function measure(origins, plain) {
  const { browser, cdp } = await openList(origins, plain);
  const { page } = browser;
  await costOf(browser, cdp, 'countdown, 10 s', async () => {}, 10_000);
  if (!plain) {
    await click(page, 'search');
    await sleep(1000);
    await costOf(browser, cdp, 'a letter into the search', () => page.keyboard.press('a'), 1900);
    await costOf(browser, cdp, 'and out of it again', () => page.keyboard.press('Backspace'), 1900);
    await costOf(browser, cdp, 'sorted by a text', () => click(page, 'header:label'), 1900);
  }
  await browser.close();
}

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('Usage: node tests/bench/mirror.mjs FOLDER');
  process.exit(2);
}
const origins = await openOrigins({ pcc: folder });
try {
  await measure(origins, false);
  await measure(origins, true);
} finally {
  origins.close();
}
