// The page left alone, its countdown running: CPU time and frames, as in ten seconds.

import { cpuTimes, processesOf } from './proc.mjs';
import { sleep } from './statistics.mjs';

const traced = 5000;  // Units: milliseconds
const categories = ['disabled-by-default-devtools.timeline.frame', 'devtools.timeline.frame',
  'disabled-by-default-devtools.timeline', 'devtools.timeline', '-*'];

const framesOf = (page) => page.evaluate(() => window.bench.frames);

/** Frames that were drawn, from a trace; after the CPU was read, since tracing costs some. */
async function traceFrames(cdp, result) {
  const count = {};
  cdp.on('Tracing.dataCollected', (data) => data.value.forEach((one) => (count[one.name] = (count[one.name] || 0) + 1)));
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents',
    traceConfig: { recordMode: 'recordUntilFull', includedCategories: categories } });
  await sleep(traced);
  const complete = new Promise((done) => cdp.once('Tracing.tracingComplete', done));
  await cdp.send('Tracing.end');
  await complete;
  result.idleDrawn = (10_000 / traced) * (count.DrawFrame || 0);
  result.idlePaints = (10_000 / traced) * (count.Paint || 0);
}

export async function measureQuiet(browser, cdp, renderer, time, withTrace, result) {
  const { page, profile } = browser;
  await page.mouse.move(5, 895);
  await sleep(500);
  const processes = processesOf(profile);
  const framesBefore = await framesOf(page);
  const before = cpuTimes(processes, renderer);
  const start = performance.now();
  await sleep(time);
  const after = cpuTimes(processes, renderer);
  const tens = (performance.now() - start) / 10_000;
  result.idleRaf = (await framesOf(page) - framesBefore) / tens;
  result.idleRenderer = (after.renderer - before.renderer) / tens;
  result.idleGpu = (after.gpu - before.gpu) / tens;
  result.idleBrowser = (after.browser - before.browser) / tens;
  result.idleCpu = result.idleRenderer + result.idleGpu;
  if (withTrace) await traceFrames(cdp, result);
}
