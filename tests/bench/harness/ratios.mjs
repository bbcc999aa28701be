// What the console has to reach beside the DOM consoles, as ratios within one run.

import { tableOf } from './report.mjs';

const frame = 1000 / 60;  // Units: milliseconds
const big = 100_000;
const small = 100;

const at = (name, rows) => (find) => find(name, rows);
const own = at('pcc', small);
const ownBig = at('pcc', big);
const lean = at('lean', big);
const webgl2 = at('webgl2', 0);

const share = (key, ours, theirs, most, words) => ({ key, ours, theirs, most, words });

/** `most` is how much of the other's value is allowed; without another, of one frame. */
const goals = [
  share('cold', own, webgl2, 1.7, 'cold start, 100 rows, to the empty WebGL2 page'),
  share('cold', own, at('ag', small), 1, 'cold start, 100 rows, to AG Grid'),
  share('search1', ownBig, lean, 0.5, 'first search, 100 000 rows, to lean'),
  share('sortText', ownBig, lean, 0.5, 'text sort, 100 000 rows, to lean'),
  share('scrollP95', ownBig, null, 1, 'scroll, p95 of a frame, 100 000 rows, to 16.7 ms'),
  share('idleCpu', own, at('lean', small), 1, 'idle CPU with the countdown, 100 rows, to lean'),
  share('idleCpu', ownBig, lean, 1, 'idle CPU with the countdown, 100 000 rows, to lean'),
  share('rssRenderer', ownBig, lean, 1, 'renderer memory, RSS, 100 000 rows, to lean'),
  share('pssRenderer', ownBig, lean, 1, 'renderer memory, PSS, 100 000 rows, to lean'),
];

const rounding = 1.005;  // a frame is 16.7 ms as it is told

function reached(goal, find) {
  const ours = goal.ours(find)?.[goal.key];
  const theirs = goal.theirs ? goal.theirs(find)?.[goal.key] : frame;
  if (typeof ours !== 'number' || typeof theirs !== 'number') return null;
  return { ours, theirs, ratio: ours / theirs, done: ours / theirs <= goal.most * rounding };
}

/** Each goal with what was reached; what this run did not measure is left out. */
export function ratiosOf(lines) {
  const find = (name, rows) => lines.find((line) => line.candidate === name && line.rows === rows);
  return goals.map((goal) => ({ words: goal.words, most: goal.most, ...reached(goal, find) })).filter((one) => one.ratio !== undefined);
}

export function ratiosTable(ratios) {
  const cells = (one) => [one.words, `≤ ${one.most}`, one.ratio.toFixed(2), one.ours.toFixed(1), one.theirs.toFixed(1), one.done ? 'yes' : 'no'];
  return tableOf(['goal', 'target', 'reached', 'ours', 'theirs', 'there'], ratios.map(cells));
}
