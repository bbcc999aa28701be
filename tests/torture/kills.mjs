// Invariant: what was acknowledged survives kill -9 at any point, and each act has one row in the audit.
// The kill ends the process, not the machine: what it handed to the system's page cache is not lost.
import { once } from 'node:events';
import { Load } from './lib/acts.mjs';
import { AuditReader } from './lib/audit.mjs';
import { at, signInAll, startAlone } from './lib/places.mjs';
import { sleep, spread, Wire } from './lib/wire.mjs';

export const name = 'kills';
export const title = 'kill -9 at random points under load; no acknowledged act lost, one audit row each';
export const stores = ['sqlite', 'postgres'];
export const first = 'sqlite';
export const counts = { quick: 12, full: 1000 };
const lanes = 6;

async function killDuring(load, server, milliseconds) {
  const running = load.run(lanes);
  await sleep(milliseconds);
  server.child.kill('SIGKILL');
  load.over = true;
  await Promise.all([running, once(server.child, 'exit').catch(() => {})]);
}

export async function run({ store, count, say }) {
  let server = await startAlone(store);
  const folders = [server];
  const { ana } = await signInAll(server);
  let wire = new Wire(ana, { sockets: lanes });
  const network = (await wire.get('/networks')).json.items[0].id;
  const audit = new AuditReader(wire);
  const load = new Load({ pick: () => wire, network });
  const readyTimes = [];
  const faults = [];
  let checked = 0;
  let settled = 0;
  try {
    await audit.news();
    for (let i = 0; i < count; i += 1) {
      await killDuring(load, server, 20 + Math.random() * 160);
      const began = performance.now();
      const { again } = server;
      server = Object.assign(await again(), { again });
      readyTimes.push(performance.now() - began);
      folders.push(server);
      wire.close();
      wire = new Wire(at(ana, server.port), { sockets: lanes });
      audit.wire = wire;
      settled += await load.settle(wire);
      const verdict = await load.verify(wire, await audit.news());
      checked += verdict.checked;
      faults.push(...verdict.faults);
      if (i % 100 === 99) say(`${i + 1} kills, ${checked} acts`);
    }
  } finally {
    wire.close();
    for (const one of folders) await one.stop();
  }
  const ready = spread(readyTimes);
  return { count, bad: faults.length + audit.faults, faults, notes: { 'acts looked up': checked, acknowledged: load.acknowledged,
    'unknown and settled by sending again': settled, 'ready again, ms at most': ready.most, 'ms in the middle': ready.median } };
}
