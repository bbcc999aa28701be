// Invariant: what was acknowledged survives the death of the primary; the standby takes over, and the replicas
// follow within seconds.
import { Load } from './lib/acts.mjs';
import { AuditReader } from './lib/audit.mjs';
import { signInAll, theCluster, wiresOf } from './lib/places.mjs';
import { sleep, spread, timeUntil } from './lib/wire.mjs';

export const name = 'failover';
export const title = 'primary killed and standby promoted under load; no acknowledged act lost';
export const stores = ['cluster'];
export const first = 'cluster';
export const counts = { quick: 1, full: 30 };
const longest = 5000; // Units: milliseconds from the new primary's first write to each replica's

/** Milliseconds from the moment the new primary takes writes until every replica has written to it. */
async function recovery(cluster, wires, before) {
  await timeUntil(async () => (await cluster.primary()) !== before, 'another primary');
  const network = (await wires[0].get('/networks')).json?.items?.[0]?.id;
  return Promise.all(wires.map((wire, i) => timeUntil(async () => {
    const id = network ?? (await wire.get('/networks')).json?.items?.[0]?.id;
    return (await wire.patch(`/networks/${id}`, { name: `Back ${i} ${Math.random()}` })).status === 200;
  }, `replica ${i + 1}`)));
}

export async function run({ count, say }) {
  const cluster = await theCluster();
  const { ana } = await signInAll(cluster);
  const wires = wiresOf(ana, cluster.replicas.map((replica) => replica.port));
  const network = (await wires[0].get('/networks')).json.items[1].id;
  const audit = new AuditReader(wires[0]);
  let turn = 0;
  const load = new Load({ pick: () => wires[(turn += 1) % wires.length], network });
  const times = [];
  const faults = [];
  let checked = 0;
  try {
    await audit.news();
    for (let i = 0; i < count; i += 1) {
      const running = load.run(6);
      await sleep(200 + Math.random() * 400);
      const before = await cluster.primary();
      const [back] = await Promise.all([recovery(cluster, wires, before), cluster.run('promote')]);
      times.push(...back);
      await sleep(200);
      load.over = true;
      await running;
      await load.settle(wires[0]);
      const verdict = await load.verify(wires[0], await audit.news());
      checked += verdict.checked;
      faults.push(...verdict.faults);
      say(`${i + 1} failovers, ${checked} acts`);
    }
  } finally {
    wires.forEach((wire) => wire.close());
  }
  const back = spread(times);
  const late = times.filter((time) => time > longest).length;
  return { count, bad: faults.length + audit.faults + late, faults, notes: { 'acts looked up': checked, acknowledged: load.acknowledged,
    'not acknowledged meanwhile': load.unknown, 'from the kill to the next acknowledged write, ms at most': Math.round(load.stood),
    'replicas write to the new primary after, ms at most': back.most, 'ms in the middle': back.median } };
}
