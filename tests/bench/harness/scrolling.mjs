// A hundred turns of the wheel, and how evenly the rows move.

import { cpuTimes, processesOf } from './proc.mjs';
import { sleep, sum } from './statistics.mjs';

const turns = 100;
const step = 100;  // Units: CSS px

/** 10 000 px of travel that turns round at the ends of the list. */
function planOf(most) {
  const plan = [];
  let at = 0;
  let direction = 1;
  for (let i = 0; i < turns; i++) {
    if (direction > 0 && at + step > most) direction = -1;
    else if (direction < 0 && at - step < 0) direction = 1;
    at += direction * step;
    plan.push(direction * step);
  }
  return plan;
}

/** The wheel at 60 turns a second. */
async function turnWheel(cdp, point, plan) {
  const heard = [];
  let next = performance.now();
  for (const deltaY of plan) {
    heard.push(cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: point.x, y: point.y, deltaX: 0, deltaY }).catch(() => {}));
    next += 1000 / 60;
    await sleep(Math.max(0, next - performance.now()));
  }
  await Promise.all(heard);
}

/** The frames from the first movement to the last one. */
function framesOf({ seen, longTasks }) {
  const moved = [];
  let travel = 0;
  for (let i = 1; i < seen.length; i++) {
    const way = Math.abs(seen[i][1] - seen[i - 1][1]);
    travel += way;
    if (way > 0) moved.push(i);
  }
  const first = moved.length ? moved[0] : -1;
  const last = moved.length ? moved.at(-1) : -1;
  const times = [];
  for (let i = Math.max(1, first); i <= last; i++) times.push(seen[i][0] - seen[i - 1][0]);
  times.sort((a, b) => a - b);
  const duration = last > 0 ? seen[last][0] - seen[Math.max(0, first - 1)][0] : 0;
  return {
    scrollFrames: times.length, scrollMs: duration, scrollTravel: travel, scrollFps: times.length / (duration / 1000),
    scrollP50: times[times.length >> 1], scrollP95: times[Math.min(times.length - 1, Math.floor(times.length * 0.95))],
    scrollMaxFrame: times.at(-1), scrollLong: longTasks.length, scrollLongMs: sum(longTasks.map((one) => one[1])),
  };
}

export async function scroll(browser, cdp, candidate, renderer, result) {
  const { page, profile } = browser;
  const point = await candidate.table(page);
  await page.mouse.move(point.x, point.y);
  await sleep(300);
  result.scrollMax = await page.evaluate(`(${candidate.scrollPos})[1]`);
  const plan = planOf(result.scrollMax);
  const processes = processesOf(profile);
  const before = cpuTimes(processes, renderer);
  await page.evaluate((position) => window.bench.record(position), candidate.scrollPos);
  await turnWheel(cdp, point, plan);
  await sleep(500);
  const recorded = await page.evaluate(() => window.bench.stop());
  const after = cpuTimes(processes, renderer);
  Object.assign(result, framesOf(recorded));
  result.scrollCpuRenderer = after.renderer - before.renderer;
  result.scrollCpu = result.scrollCpuRenderer + after.gpu - before.gpu;
}
