// Invariants: what has ended never lives again, whatever is done in whatever order; and no jump of the clock, from
// a second to ten years, forth or back, lengthens a life. Both natively, without sockets: tests/torture/rules.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export const name = 'rules';
export const title = 'random sequences against a model, half of them with a clock that jumps; none may differ';
export const stores = ['sqlite', 'postgres'];
export const first = 'sqlite';
export const counts = { quick: 400, full: { sqlite: 200_000, postgres: 4000 } };
const program = path.join(process.env.PCC_TORTURE_BUILD ?? 'build/release', 'torture_rules');

/** Where nothing has to reach a disk. */
const scratch = () => mkdtemp('/dev/shm/pcc-rules-').catch(() => mkdtemp(path.join(os.tmpdir(), 'pcc-rules-')));

function runRules(pace, count, seed, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [pace, String(count), String(seed)], { env });
    let said = '';
    let faults = '';
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (faults = (faults + text).slice(-4000)));
    child.on('error', reject);
    child.on('close', (code) => (said ? resolve({ ...JSON.parse(said), text: faults })
      : reject(new Error(`torture_rules ended with ${code}: ${faults}`))));
  });
}

export async function run({ store, count, say }) {
  const folder = await scratch();
  const env = { ...process.env, TMPDIR: folder };
  if (store === 'sqlite') delete env.PCC_TEST_POSTGRES;
  const seed = Date.now() % 1_000_000_000;
  say(`seeds from ${seed}`);
  try {
    const [day, years] = await Promise.all([runRules('day', count / 2, seed, env), runRules('years', count / 2, seed + count, env)]);
    return { count: day.sequences + years.sequences, bad: day.faults + years.faults, faults: [day.text, years.text].filter(Boolean),
      notes: { seed, 'jumps of the clock': day.jumps + years.jumps, served: day.served + years.served,
        refused: day.refused + years.refused } };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
