// Invariant: no write of an engineer is committed after the end of their access was, and each that was
// acknowledged stands in the audit once, before the end.
import { assume, generate } from '../http/harness.mjs';
import { AuditReader } from './lib/audit.mjs';
import { servers, signInAll, wiresOf } from './lib/places.mjs';
import { inFlight, sleep } from './lib/wire.mjs';

export const name = 'races';
export const title = 'writes that race the end; none may be committed after it';
export const stores = ['cluster', 'sqlite', 'postgres'];
export const first = 'cluster';
export const counts = { quick: 120, full: 10_000 };
const width = 6;
const batch = 120;

/** One race: three writes and the end, sent in any order within three milliseconds. Every other end is that of the
 *  assumption alone, whose token lives on. */
async function race(town, i) {
  const { ana, sam, wires, networks } = town;
  const { token, token_id } = await generate(ana);
  const tab = await assume(sam, token_id);
  const write = async (n) => {
    await sleep(Math.random() * 3);
    const network = networks[(i + n) % networks.length];
    return wires[(i + n) % wires.length].patch(`/networks/${network}`, { name: `Race ${i} ${n}` }, { as: tab });
  };
  const finish = async () => {
    await sleep(Math.random() * 3);
    const wire = wires[(i + 1) % wires.length];
    return i % 2 === 0 ? wire.post(`/tokens/${token.handle}/expire`) : wire.delete(`/assumptions/${tab.assumption}`);
  };
  const [ended, ...written] = await Promise.all([finish(), write(0), write(1), write(2)]);
  return { handle: token.handle, assumption: tab.assumption, ended: ended.status === 200 || ended.status === 204,
    last: i % 2 === 0 ? 'token.expired' : 'assumption.ended',
    kept: written.filter((answer) => answer.status === 200).length,
    refused: written.filter((answer) => answer.status === 410).length };
}

/** What the audit says of each race: how many writes before the end, and how many after. */
function judge(races, events, total) {
  const byAssumption = new Map(races.map((r) => [r.assumption, { ...r, before: 0, after: 0, over: 0 }]));
  for (const event of events) {
    const one = byAssumption.get(event.assumption) ?? [...byAssumption.values()].find((r) => r.handle === event.target);
    if (!one) continue;
    if (event.action === one.last) one.over += 1;
    if (event.action === 'network.updated') one[one.over ? 'after' : 'before'] += 1;
  }
  for (const one of byAssumption.values()) {
    total.late += one.after;
    total.kept += one.kept;
    total.refused += one.refused;
    if (!one.ended || one.over !== 1 || one.before !== one.kept || one.kept + one.refused !== 3) total.odd += 1;
  }
}

export async function run({ store, count, say }) {
  const { server, ports, close } = await servers(store);
  const { ana, sam } = await signInAll(server);
  const wires = wiresOf(ana, ports);
  const networks = (await wires[0].get('/networks')).json.items.map((network) => network.id);
  const audit = new AuditReader(wires[0]);
  const total = { late: 0, odd: 0, kept: 0, refused: 0 };
  try {
    await audit.news();
    for (let done = 0; done < count; done += batch) {
      const races = [];
      await inFlight(width, Math.min(batch, count - done), async (i) => races.push(await race({ ana, sam, wires, networks }, done + i)));
      judge(races, await audit.news(), total);
      if ((done / batch) % 10 === 9) say(`${done + batch} races`);
    }
  } finally {
    wires.forEach((wire) => wire.close());
    await close();
  }
  return { count, bad: total.late + total.odd + audit.faults, notes: { 'committed after the end': total.late,
    'not as acknowledged': total.odd, 'writes kept': total.kept, 'writes refused': total.refused } };
}
