// Invariant: a server that is stopped (SIGSTOP) after it has read what it answers, and before it has answered, does not
// send that any more when it wakes and the token has ended elsewhere meanwhile. The shim stops it at that very point.
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { assume, folderBeside, generate, startServer, temporaryFolder, until } from '../http/harness.mjs';
import { at, shim, signInAll } from './lib/places.mjs';
import { sleep, Wire } from './lib/wire.mjs';

export const name = 'halfmade';
export const title = 'answers half made when the server was stopped and the token ended elsewhere; none may be served';
export const stores = ['postgres'];
export const first = 'postgres';
export const counts = { quick: 1, full: 20 };
const pause = 6_000; // Units: milliseconds. An answer is held for fresh for five seconds.

/** Two servers on one database; the second stops where `control` stands. */
async function twoServers() {
  const scratch = await temporaryFolder();
  const control = path.join(scratch, 'stop');
  const one = await startServer();
  const other = await startServer({ data: await folderBeside(one, path.join(scratch, 'data')), options: [],
    database: one.folder, env: { LD_PRELOAD: shim, PCC_STOP_HALF_MADE: control } });
  return { one, other, control, close: async () => {
    await other.stop();
    await one.stop();
    await rm(scratch, { recursive: true, force: true });
  } };
}

const isStopped = async (pid) => /^State:\s+T/m.test(await readFile(`/proc/${pid}/status`, 'utf8'));

async function half({ other, control }, { ana, sam }) {
  const { token, token_id } = await generate(ana);
  const tab = at(await assume(sam, token_id), other.port);
  const wire = new Wire(tab, { patience: 90_000 });
  const { pid } = other.child;
  try {
    const warm = await wire.get('/networks');
    if (warm.status !== 200) throw new Error(`before the stop: ${warm.status} ${warm.text}`);
    await writeFile(control, '');
    const answer = wire.get('/networks');
    await until(() => isStopped(pid), 'the stop of the server');
    const ended = await ana.post(`/tokens/${token.handle}/expire`);
    if (ended.status !== 200) throw new Error(`the end: ${ended.status} ${ended.text}`);
    await sleep(pause);
    process.kill(pid, 'SIGCONT');
    const late = await answer;
    return { late: late.status, next: (await wire.get('/networks')).status };
  } finally {
    process.kill(pid, 'SIGCONT');
    await rm(control, { force: true });
    wire.close();
  }
}

export async function run({ count, say }) {
  const place = await twoServers();
  const outcomes = [];
  try {
    const people = await signInAll(place.one);
    for (let i = 0; i < count; i += 1) {
      outcomes.push(await half(place, people));
      say(`${i + 1}: ${outcomes[i].late}, then ${outcomes[i].next}`);
    }
  } finally {
    await place.close();
  }
  const countOf = (status) => outcomes.filter(({ late }) => late === status).length;
  const bad = outcomes.filter(({ late, next }) => ![410, 503].includes(late) || next !== 410).length;
  // Where all of them were read after the stop, nothing was half made, and nothing was shown.
  const shown = countOf(410) < count;
  return { count, bad: bad + (shown ? 0 : 1), faults: shown ? [] : ['no answer was half made'],
    notes: { 'half made and withheld': countOf(503), 'read after the stop': countOf(410), served: countOf(200) } };
}
