// What was asked for on the command line.

import path from 'node:path';
import { parseArgs } from 'node:util';
import { candidates, hooked } from './adapters.mjs';
import { output } from './places.mjs';

export const usage = `Usage: node tests/bench/bench.mjs [options]
  --n 100,10000        how many rows, one round after another (100,10000,100000,1000000)
  --only lean,pcc      which candidates, in this order (all)
  --reps 5             sessions of each candidate at 100 rows; above that at most 3
  --idle-n 100,100000  at how many rows ten quiet seconds are measured
  --idle-reps 3        in how many of the sessions
  --idle-ms 10000      how long. Units: milliseconds
  --gl fallback        how Chromium draws: fallback, swiftshader; see README.md
  --dir pcc=FOLDER     a console of one's own: its folder, served as the root of an origin of its own
  --url pcc=URL        the same, served by somebody else; {n} in it stands for the number of rows
  --out FILE           where results go, without ending (build/bench/results/latest)`;

const known = {
  n: { type: 'string', default: '100,10000,100000,1000000' },
  only: { type: 'string' },
  reps: { type: 'string', default: '5' },
  'idle-n': { type: 'string', default: '100,100000' },
  'idle-reps': { type: 'string', default: '3' },
  'idle-ms': { type: 'string', default: '10000' },
  gl: { type: 'string', default: 'fallback' },
  dir: { type: 'string' },
  url: { type: 'string' },
  out: { type: 'string', default: path.join(output, 'results', 'latest') },
  help: { type: 'boolean', short: 'h' },
};

const numbers = (list) => list.split(',').map(Number);

function pair(text) {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`"${text}" should be a name, =, and where it is`);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The candidates by name; one of one's own joins those of this folder. */
function allCandidates({ dir, url }) {
  const all = { ...candidates };
  const folders = {};
  if (dir) {
    const [name, folder] = pair(dir);
    folders[name] = folder;
    all[name] = hooked(name, '/?n={n}');
  }
  if (url) {
    const [name, address] = pair(url);
    all[name] = hooked(name, address);
  }
  return { all, folders };
}

function chosen(all, only) {
  const names = only ? only.split(',') : Object.keys(all);
  return names.map((name) => {
    if (!all[name]) throw new Error(`there is no candidate "${name}"; there are: ${Object.keys(all).join(', ')}`);
    return all[name];
  });
}

export function readOptions(args) {
  const { values } = parseArgs({ args, options: known });
  if (!['fallback', 'swiftshader'].includes(values.gl)) throw new Error(`--gl is fallback or swiftshader, not "${values.gl}"`);
  const { all, folders } = allCandidates(values);
  return {
    help: values.help,
    sizes: numbers(values.n),
    candidates: chosen(all, values.only),
    folders,
    reps: Number(values.reps),
    idleSizes: numbers(values['idle-n']),
    idleReps: Number(values['idle-reps']),
    idleTime: Number(values['idle-ms']),
    gl: values.gl,
    out: path.resolve(values.out),
  };
}
