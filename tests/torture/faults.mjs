// Invariant: while the database, the disk or a call to it fails, nothing is granted that has ended, and nothing is
// acknowledged that is not kept; once the fault is over, the server is well within five seconds.
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { assume, generate } from '../http/harness.mjs';
import { Load } from './lib/acts.mjs';
import { AuditReader } from './lib/audit.mjs';
import { mayMount, ownPostgres, smallDisk } from './lib/disk.mjs';
import { shim, signInAll, startAlone } from './lib/places.mjs';
import { httpRequest, temporaryFolder } from '../http/harness.mjs';
import { sleep, spread, timeUntil, Wire } from './lib/wire.mjs';

export const name = 'faults';
export const title = 'faults of disk and database under load; access denied, nothing lost, well again within 5 s';
export const stores = ['sqlite', 'postgres'];
export const first = ['sqlite', 'postgres'];
export const counts = { quick: { sqlite: 8, postgres: 3 }, full: { sqlite: 300, postgres: 60 } };
const longest = 5000; // Units: milliseconds

/** The faults of a store: `begin`, `end`, how long, and `total` where every write fails meanwhile. */
async function sqlitePlace(count) {
  const scratch = await temporaryFolder();
  const control = path.join(scratch, 'faults');
  const disk = mayMount ? await smallDisk(64 + 4 * count) : undefined; // what is done between the faults stays
  const server = await startAlone('sqlite', { data: path.join(disk?.folder ?? scratch, 'data'),
    env: { LD_PRELOAD: shim, PCC_FAULTS: control } });
  const told = (line, total = false) => ({ what: line, total, begin: () => writeFile(control, line), end: () => rm(control, { force: true }) });
  const faults = [told('write ENOSPC 100', true), told('write EIO 100', true), told('sync EIO 100', true), told('short EIO 50'),
    told('write EIO 20'), told('sync EIO 20'), told('write ENOSPC 50'), told('read EIO 100')];
  if (disk) faults.unshift({ what: 'disk full', begin: () => disk.fill(), end: () => disk.free() });
  return { server, faults, time: 700, close: async () => {
    await server.stop();
    await disk?.remove();
    await rm(scratch, { recursive: true, force: true });
  } };
}

async function postgresPlace(count) {
  const disk = mayMount ? await smallDisk(300 + 10 * count) : undefined;
  const database = await ownPostgres(disk?.folder);
  const server = await startAlone('postgres', { env: { PCC_DATABASE: database.url } });
  const faults = [{ what: 'stopped', total: true, begin: () => database.stop(), end: () => database.start() },
    { what: 'frozen', total: true, time: 10_000, begin: () => database.freeze(), end: () => database.thaw() }];
  if (disk) faults.splice(1, 0, { what: 'disk full', begin: () => disk.fill(), time: 2500, end: async () => {
    await disk.free();
    await database.revive();
  } });
  return { server, faults, time: 700, close: async () => {
    await server.stop();
    await database.end();
    await disk?.remove();
  } };
}

/** What must not be granted, asked again and again; returns how often it was. */
async function askInVain(wire, dead, state) {
  while (!state.over) {
    const answers = await Promise.all([wire.get('/networks', { as: dead.tab }),
      wire.patch(`/networks/${dead.network}`, { name: 'Granted' }, { as: dead.tab }),
      wire.post('/assumptions/preflight', { token_id: dead.token_id }, { as: dead.sam })]);
    state.asked += answers.length;
    state.granted += answers.filter((answer) => answer.status >= 200 && answer.status < 300).length;
    await sleep(20);
  }
}

/** Ends access under the fault: what is acknowledged has to hold afterwards. */
async function endUnder(wire, fresh, state) {
  while (!state.over && !state.ended) {
    const answer = await wire.post(`/tokens/${fresh.token.handle}/expire`);
    state.ended = answer.status === 200;
    await sleep(50);
  }
}

async function oneFault({ place, fault, town, load, wire, total }) {
  const { ana, sam, network } = town;
  const fresh = await generate(ana);
  const tab = await assume(sam, fresh.token_id);
  const state = { over: false, asked: 0, granted: 0, ended: false };
  const running = [load.run(3)];
  await sleep(60);
  await fault.begin();
  const since = performance.now();
  running.push(askInVain(wire, { ...town.dead, network, sam }, state), endUnder(wire, fresh, state));
  await sleep(fault.time ?? place.time);
  const acknowledged = load.acts.filter((act) => act.sent > since && load.isAcknowledged(act)).length;
  const denied = load.acts.filter((act) => act.done > since && !load.isAcknowledged(act)).length;
  total.denied.set(fault.what, (total.denied.get(fault.what) ?? 0) + denied);
  await fault.end();
  const back = await timeUntil(async () => (await wire.patch(`/networks/${network}`, { name: `Well ${Math.random()}` })).status === 200 &&
    (await httpRequest(place.server.port, 'GET', '/readyz')).status === 200, `recovery from ${fault.what}`, 30_000);
  state.over = true;
  load.over = true;
  await Promise.all(running);
  const after = await wire.get('/networks', { as: tab });
  if (state.ended && after.status === 200) total.revived += 1;
  total.times.push(back);
  total.asked += state.asked;
  total.granted += state.granted;
  total.endedUnder += state.ended ? 1 : 0;
  if (fault.total && acknowledged) total.late.push(`${fault.what}: ${acknowledged} acknowledged although every write fails`);
  if (back > longest) total.late.push(`${fault.what}: well after ${Math.round(back)} ms`);
}

async function prepare(place) {
  const { ana, sam } = await signInAll(place.server);
  const wire = new Wire(ana, { sockets: 16 });
  const network = (await wire.get('/networks')).json.items[0].id;
  const { token, token_id } = await generate(ana);
  const tab = await assume(sam, token_id);
  // Used once while it lived: what a server keeps in mind of it, it has in mind.
  if ((await tab.get('/networks')).status !== 200) throw new Error('the access did not work while it lived');
  await ana.post(`/tokens/${token.handle}/expire`);
  return { wire, town: { ana, sam, network, dead: { tab, token_id } } };
}

export async function run({ store, count, say }) {
  const place = store === 'sqlite' ? await sqlitePlace(count) : await postgresPlace(count);
  const total = { times: [], late: [], asked: 0, granted: 0, revived: 0, endedUnder: 0, denied: new Map() };
  const faults = [];
  let checked = 0;
  let wire;
  let audit;
  try {
    const { wire: made, town } = await prepare(place);
    wire = made;
    audit = new AuditReader(wire);
    const load = new Load({ pick: () => wire, network: town.network });
    await audit.news();
    for (let i = 0; i < count; i += 1) {
      const fault = place.faults[i % place.faults.length];
      await oneFault({ place, fault, town, load, wire, total });
      await load.settle(wire);
      const verdict = await load.verify(wire, await audit.news(), 1);
      checked += verdict.checked;
      faults.push(...verdict.faults.map((text) => `${fault.what}: ${text}`));
      if (i % 20 === 19) say(`${i + 1} faults`);
    }
  } finally {
    wire?.close();
    await place.close();
  }
  const back = spread(total.times);
  return { count, bad: faults.length + total.late.length + total.granted + total.revived + audit.faults, faults: [...faults, ...total.late],
    notes: { 'asked in vain': total.asked, granted: total.granted,
      'ends acknowledged meanwhile or after': total.endedUnder, revived: total.revived, 'acts looked up': checked,
      'acts denied meanwhile': [...total.denied].map(([what, times]) => `${what} ${times}`).join(' | '), 'well again, ms at most': back.most, 'ms in the middle': back.median } };
}
