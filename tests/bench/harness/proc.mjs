// What Linux tells of one Chromium's processes: which there are, their CPU time, their memory.

import { readdirSync, readFileSync } from 'node:fs';

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';  // it has ended meanwhile
  }
}

function allProcesses() {
  const all = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const command = read(`/proc/${entry}/cmdline`).replace(/\0/g, ' ');
    if (!command) continue;
    const stat = read(`/proc/${entry}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    all.set(Number(entry), { pid: Number(entry), parent, command, type: /--type=([\w-]+)/.exec(command)?.[1] || 'browser' });
  }
  return all;
}

/** The browser that runs on this profile, and all its children. */
export function processesOf(profile) {
  const all = [...allProcesses().values()];
  const found = [];
  const waiting = all.filter((one) => one.type === 'browser' && one.command.includes(profile) && /chromium/.test(one.command));
  while (waiting.length) {
    const next = waiting.pop();
    if (found.includes(next)) continue;
    found.push(next);
    waiting.push(...all.filter((one) => one.parent === next.pid));
  }
  return found;
}

/** CPU time of all threads, from the scheduler's nanoseconds. Units: milliseconds. */
export function cpuTime(pid) {
  let nanoseconds = 0;
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      nanoseconds += Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0] || 0);
    }
  } catch {}  // it has ended meanwhile
  return nanoseconds / 1e6;
}

const sumOf = (processes, type) => processes.filter((one) => one.type === type).reduce((sum, one) => sum + cpuTime(one.pid), 0);

/** CPU time of the candidate's own renderer, of the GPU process and of the browser. Units: milliseconds. */
export function cpuTimes(processes, renderer) {
  return { renderer: cpuTime(renderer), gpu: sumOf(processes, 'gpu-process'), browser: sumOf(processes, 'browser') };
}

/** Chromium keeps spare renderers and its own: the candidate's is the one whose CPU moves when the page spins. */
export async function rendererOf(page, profile) {
  const renderers = processesOf(profile).filter((one) => one.type === 'renderer');
  const before = renderers.map((one) => cpuTime(one.pid));
  await page.evaluate(() => {
    const start = performance.now();
    while (performance.now() - start < 150);
  });
  const moved = renderers.map((one, i) => cpuTime(one.pid) - before[i]);
  return renderers[moved.indexOf(Math.max(...moved))].pid;
}

/** Units: MiB. */
function memory(pid) {
  const number = (text, key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(text)?.[1] || 0) / 1024;
  const status = read(`/proc/${pid}/status`);
  const rollup = read(`/proc/${pid}/smaps_rollup`);
  return { rss: number(status, 'VmRSS'), peak: number(status, 'VmHWM'), pss: number(rollup, 'Pss') };
}

/** Units: MiB. */
export function memoryOf(processes, renderer) {
  const own = memory(renderer);
  const gpu = processes.find((one) => one.type === 'gpu-process');
  const drawing = gpu ? memory(gpu.pid) : { rss: 0, pss: 0 };
  return { rssRenderer: own.rss, pssRenderer: own.pss, peakRenderer: own.peak, rssGpu: drawing.rss, pssGpu: drawing.pss };
}
