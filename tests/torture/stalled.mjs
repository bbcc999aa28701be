// Invariant: a replica that was stopped (SIGSTOP) while a token ended elsewhere serves nothing of it when it wakes:
// neither to requests that waited in its sockets, nor in answers that it had half made.
import { assume, generate } from '../http/harness.mjs';
import { at, signInAll, theCluster, wiresOf } from './lib/places.mjs';
import { sleep, Wire } from './lib/wire.mjs';

export const name = 'stalled';
export const title = 'requests at a replica stopped while the token ended elsewhere; none may be served when it wakes';
export const stores = ['cluster'];
export const first = 'cluster';
export const counts = { quick: 1, full: 12 };
const lanes = 24;

/** Requests without a pause until told to stop; each answer with the moment when it came. */
function hammer(wire, tab, network) {
  const answers = [];
  const state = { over: false };
  const lane = async (i) => {
    while (!state.over) {
      const writes = i % 3 === 0;
      const answer = writes ? await wire.patch(`/networks/${network}`, { name: `Stalled ${i} ${Math.random()}` }, { as: tab })
        : await wire.get('/networks', { as: tab });
      answers.push({ status: answer.status, writes, at: performance.now() });
    }
  };
  const all = Promise.all(Array.from({ length: lanes }, (_, i) => lane(i)));
  return { answers, stop: () => { state.over = true; return all; } };
}

async function stall({ cluster, ana, sam, number, pause, network }) {
  const { token, token_id } = await generate(ana);
  const tab = await assume(sam, token_id);
  const stopped = cluster.replicas[number].port;
  const other = cluster.replicas[(number + 1) % 3].port;
  const pid = await cluster.pid(`replica-${number + 1}`);
  const warm = new Wire(tab, { port: stopped, sockets: lanes, patience: 90_000 });
  const fresh = new Wire(tab, { port: stopped, sockets: lanes, patience: 90_000 });
  const under = hammer(warm, tab, network);
  await sleep(150);
  let queued = [];
  let before;
  let late;
  process.kill(pid, 'SIGSTOP');
  try {
    await sleep(20);
    before = under.answers.length;
    const ended = await at(ana, other).post(`/tokens/${token.handle}/expire`);
    if (ended.status !== 200) throw new Error(`the end: ${ended.status} ${ended.text}`);
    // These wait in the stopped server's sockets, and are asked after the end.
    queued = Array.from({ length: lanes }, () => fresh.get('/networks', { as: tab }));
    await sleep(pause);
  } finally {
    process.kill(pid, 'SIGCONT');
    late = await Promise.all(queued);
    await under.stop();
    warm.close();
    fresh.close();
  }
  // An answer that came before the stop may still have been on its way; one that was made after it may not.
  return { late: late.map((answer) => answer.status), woken: under.answers.slice(before) };
}

export async function run({ count, quick, say }) {
  const cluster = await theCluster();
  const { ana, sam } = await signInAll(cluster);
  const pause = quick ? 7_000 : 30_000;
  const [wire] = wiresOf(ana, [cluster.replicas[0].port]);
  const network = (await wire.get('/networks')).json.items[3].id;
  wire.close();
  const total = { queued: 0, woken: 0, served: 0, stale: 0 };
  for (let i = 0; i < count; i += 1) {
    const { late, woken } = await stall({ cluster, ana, sam, number: i % 3, pause, network });
    total.queued += late.length;
    total.woken += woken.length;
    total.served += late.filter((status) => status >= 200 && status < 300).length;
    total.stale += woken.filter((answer) => answer.status >= 200 && answer.status < 300 && !answer.writes).length;
    say(`${i + 1} stops, ${total.woken} requests under way, ${total.served + total.stale} served`);
  }
  return { count, bad: total.served + total.stale, notes: { 'seconds stopped': pause / 1000, 'requests in its sockets': total.queued,
    served: total.served, 'under way when it was stopped': total.woken, 'answered with what was read before': total.stale } };
}
