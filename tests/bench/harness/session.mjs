// One candidate at one size in one fresh browser: loads, memory, quiet, operations, scrolling, a slow line.

import { loadavg } from 'node:os';
import { calibrate, openBrowser } from './browser.mjs';
import { operate } from './operations.mjs';
import { memoryOf, processesOf, rendererOf } from './proc.mjs';
import { measureQuiet } from './quiet.mjs';
import { scroll } from './scrolling.mjs';
import { median, sleep } from './statistics.mjs';

function readLoad(page) {
  return page.evaluate(() => {
    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter((one) => one.transferSize);
    const total = (key) => all.reduce((sum, one) => sum + one[key], 0);
    return {
      bytes: total('encodedBodySize'), bytesRaw: total('decodedBodySize'), wire: total('transferSize'), requests: all.length,
      fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null,
      coldLongTaskMs: window.bench.longTasks.reduce((sum, one) => sum + one[1], 0), gl: window.benchRenderer,
    };
  });
}

/** The first load is cold; V8 keeps its code after the second and uses it from the third on. */
async function measureLoads(browser, address, rows, result) {
  result.cold = await browser.load(address);
  Object.assign(result, await readLoad(browser.page));
  const warm = [];
  for (let i = 0; i < (rows >= 1e6 ? 3 : 4); i++) {
    await sleep(300);
    warm.push(await browser.load(address));
  }
  result.warm = median(warm.slice(-2));
}

async function measureMemory(browser, cdp, result) {
  const { page, profile } = browser;
  await sleep(2000);
  const processes = processesOf(profile);
  const renderer = await rendererOf(page, profile);
  Object.assign(result, memoryOf(processes, renderer));
  await cdp.send('Performance.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  const metrics = Object.fromEntries((await cdp.send('Performance.getMetrics')).metrics.map((one) => [one.name, one.value]));
  await cdp.send('Performance.disable');
  result.heap = metrics.JSHeapUsedSize / 2 ** 20;
  result.nodes = metrics.Nodes;
  result.uasm = await page.evaluate(() => performance.measureUserAgentSpecificMemory
    ? Promise.race([performance.measureUserAgentSpecificMemory().then((all) => all.bytes / 2 ** 20), new Promise((give) => setTimeout(give, 15_000, null))])
    : null).catch(() => null);
  result.rssRendererGc = memoryOf(processes, renderer).rssRenderer;
  return renderer;
}

/** The same cold load over 10 Mbit/s with 40 ms of latency. */
async function measureSlowLine(browser, cdp, address, result) {
  await browser.leave();
  await cdp.send('Network.enable');
  await cdp.send('Network.clearBrowserCache');
  await cdp.send('Network.emulateNetworkConditions',
    { offline: false, latency: 40, downloadThroughput: 1.25e6, uploadThroughput: 6.25e5 });
  result.cold10M = await browser.open(address);
}

async function actOnRows(browser, cdp, candidate, rows, renderer, result) {
  try {
    await operate(browser.page, candidate, rows, result);
    await sleep(500);
    await scroll(browser, cdp, candidate, renderer, result);
  } catch (error) {
    (result.fail ||= {}).operation ||= String(error.message).slice(0, 300);
  }
}

const isQuietMeasured = (candidate) => !candidate.floor || ['empty', 'webgl2'].includes(candidate.name);

async function measureAll(browser, candidate, address, rows, repetition, options, result) {
  await browser.leave();
  await sleep(700);  // the browser's own start is nobody's cost
  result.calib = await calibrate(browser.page);
  await measureLoads(browser, address, rows, result);
  const cdp = await browser.cdp();
  const renderer = await measureMemory(browser, cdp, result);
  if (repetition < options.idleReps && options.idleSizes.includes(rows) && isQuietMeasured(candidate)) {
    await measureQuiet(browser, cdp, renderer, options.idleTime, repetition === 0, result);
  }
  if (!candidate.floor) await actOnRows(browser, cdp, candidate, rows, renderer, result);
  result.peakRenderer = memoryOf(processesOf(browser.profile), renderer).peakRenderer;
  if (rows <= 10_000 && !result.fail) await measureSlowLine(browser, cdp, address, result);
}

/** Everything measured of one candidate; what went wrong is in `fail` and `errors`. */
export async function runSession(candidate, rows, repetition, options, origins) {
  const result = { load: loadavg()[0] };
  const url = candidate.url(rows);
  const address = url.startsWith('http') ? url : origins.of(candidate.name) + url;
  const browser = await openBrowser(options.gl, origins.elsewhere);
  try {
    await measureAll(browser, candidate, address, rows, repetition, options, result);
  } catch (error) {
    (result.fail ||= {}).session = String(error.message).slice(0, 300);
  }
  if (browser.errors.length) result.errors = browser.errors.slice(0, 3);
  await browser.close();
  return result;
}
