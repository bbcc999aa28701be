// Medians of all sessions as a table, with what they were measured on.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import path from 'node:path';
import { flagsFor } from './browser.mjs';
import { chromiumPath, here } from './places.mjs';
import { median } from './statistics.mjs';

const libraries = ['react', '@mui/material', '@mui/x-data-grid', '@tanstack/virtual-core', 'ag-grid-community', 'vite', 'playwright-core'];
const notMeasured = ['rows', 'repetition'];

/** One line for each candidate and size. */
export function mediansOf(sessions) {
  const groups = Map.groupBy ? Map.groupBy(sessions, (one) => `${one.candidate}|${one.rows}`) : groupBy(sessions);
  return [...groups.values()].map((group) => {
    const line = { candidate: group[0].candidate, rows: group[0].rows, reps: group.length };
    for (const key of new Set(group.flatMap(Object.keys))) {
      if (notMeasured.includes(key) || !group.some((one) => typeof one[key] === 'number')) continue;
      line[key] = median(group.map((one) => one[key]));
    }
    const cold = group.map((one) => one.cold).filter((one) => one != null);
    line.coldMin = Math.min(...cold);
    line.coldMax = Math.max(...cold);
    line.fail = group.map((one) => one.fail).find(Boolean);
    line.errors = group.flatMap((one) => one.errors ?? [])[0];
    line.gl = group[0].gl;
    return line;
  });
}

function groupBy(sessions) {
  const groups = new Map();
  for (const one of sessions) {
    const key = `${one.candidate}|${one.rows}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return groups;
}

const versionOf = (library) => JSON.parse(readFileSync(path.join(here, 'node_modules', library, 'package.json'))).version;

/** What the numbers depend on besides the candidates. */
export function surroundings(options, sessions) {
  const calibration = sessions.map((one) => one.calib).filter((one) => typeof one === 'number');
  return {
    date: new Date().toISOString(),
    chromium: execFileSync(chromiumPath, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim(),
    node: process.version, kernel: release(), cpu: cpus()[0].model, cores: cpus().length,
    gl: options.gl, flags: flagsFor(options.gl),
    versions: Object.fromEntries(libraries.map((library) => [library, versionOf(library)])),
    calibMs: [Math.min(...calibration), median(calibration), Math.max(...calibration)],
  };
}

const number = (value, digits = 0) => (typeof value === 'number' ? value.toFixed(digits) : '–');
const column = (title, key, digits) => [title, (line) => number(line[key], digits)];

function noteOf(line) {
  if (line.fail) return `FAILED ${Object.entries(line.fail).map(([where, why]) => `${where}: ${why.slice(0, 60)}`).join('; ')}`;
  return line.errors ?? '';
}

const columns = [
  ['candidate', (line) => line.candidate],
  ['N', (line) => line.rows || '–'],
  ['KiB br', (line) => number(line.bytes / 1024, 1)],
  column('cold ms', 'cold'), column('cold @10 Mbit/s ms', 'cold10M'), column('warm ms', 'warm'),
  column('heap MiB', 'heap', 1), column('UASM MiB', 'uasm', 1),
  column('renderer RSS MiB', 'rssRenderer'), column('PSS', 'pssRenderer'), column('peak', 'peakRenderer'), column('GPU RSS', 'rssGpu'),
  column('search 1st ms', 'search1'), column('search again', 'search2'),
  column('sort text', 'sortText'), column('reverse', 'sortTextDesc'), column('sort num', 'sortNum'),
  column('scroll frames', 'scrollFrames'), column('in ms', 'scrollMs'), column('p95 frame', 'scrollP95', 1), column('max', 'scrollMaxFrame'),
  column('long tasks', 'scrollLong'), column('scroll CPU ms', 'scrollCpu'),
  ['idle CPU ms/10 s (rend+GPU)', (line) => (line.idleRenderer == null ? '–' : `${number(line.idleRenderer)}+${number(line.idleGpu)}`)],
  column('rAF/10 s', 'idleRaf'), column('frames/10 s', 'idleDrawn'),
  ['note', noteOf],
];

export function tableOf(titles, rows) {
  return `| ${titles.join(' | ')} |\n|${titles.map(() => '---').join('|')}|\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}

export function measuredTable(lines) {
  return tableOf(columns.map(([title]) => title), lines.map((line) => columns.map(([, read]) => read(line))));
}

export function headline(about) {
  const versions = Object.entries(about.versions).map(([library, version]) => `${library} ${version}`).join(', ');
  return `${about.chromium}; ${about.cores} cores ${about.cpu}; GL ${about.gl}; calibration loop min/median/max `
    + `${about.calibMs.map((one) => number(one)).join('/')} ms; ${versions}`;
}

/** One line while it runs. */
export function progressOf(result) {
  const n = (key) => number(result[key]);
  return `${result.candidate} n=${result.rows} #${result.repetition} cold ${n('cold')} warm ${n('warm')} rss ${n('rssRenderer')} heap ${n('heap')} `
    + `search ${n('search1')}/${n('search2')} sort ${n('sortText')}/${n('sortNum')} scroll ${n('scrollFrames')}f p95 ${n('scrollP95')} `
    + `cpu ${n('scrollCpu')} idle ${n('idleCpu')} calib ${n('calib')} load ${result.load.toFixed(1)}`
    + (result.fail ? ` FAILED ${JSON.stringify(result.fail)}` : '') + (result.errors ? ` ERROR ${result.errors[0]}` : '');
}

export function write(file, content) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}
