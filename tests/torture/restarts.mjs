// Invariant: replicas restarted one after another, under load, lose nothing that was acknowledged; and through
// the balancer nobody is refused.
import { Load } from './lib/acts.mjs';
import { AuditReader } from './lib/audit.mjs';
import { at, signInAll, theCluster } from './lib/places.mjs';
import { sleep, Wire } from './lib/wire.mjs';

export const name = 'restarts';
export const title = 'rolling restarts under load through the balancer; no acknowledged act lost, no request refused';
export const stores = ['cluster'];
export const first = 'cluster';
export const counts = { quick: 1, full: 40 };

export async function run({ count, say }) {
  const cluster = await theCluster();
  const { ana } = await signInAll(cluster);
  const wire = new Wire(at(ana, cluster.port), { sockets: 12 });
  const network = (await wire.get('/networks')).json.items[2].id;
  const audit = new AuditReader(wire);
  const load = new Load({ pick: () => wire, network });
  const faults = [];
  let checked = 0;
  let reads = 0;
  let failed = 0;
  try {
    await audit.news();
    for (let i = 0; i < count; i += 1) {
      const running = load.run(6);
      const reading = (async () => {
        for (; !load.over; reads += 1) failed += (await wire.get('/tokens?limit=5')).status === 200 ? 0 : 1;
      })();
      await cluster.run('restart');
      await sleep(50);
      load.over = true;
      await Promise.all([running, reading]);
      await load.settle(wire);
      const verdict = await load.verify(wire, await audit.news());
      checked += verdict.checked;
      faults.push(...verdict.faults);
      if (i % 5 === 4) say(`${i + 1} rounds, ${checked} acts`);
    }
  } finally {
    wire.close();
  }
  const refused = load.unknown + load.refused + failed;
  return { count: count * 3, bad: faults.length + audit.faults + refused, faults: [...faults, ...load.refusals.entries()].map(String),
    notes: { 'acts looked up': checked, reads, 'requests refused': refused } };
}
