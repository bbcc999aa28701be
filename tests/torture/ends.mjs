// Invariant: nothing is served after an end that was acknowledged, on whichever replica it is asked for.
import { assume, generate } from '../http/harness.mjs';
import { servers, signInAll, wiresOf } from './lib/places.mjs';
import { inFlight } from './lib/wire.mjs';

export const name = 'ends';
export const title = 'requests after an acknowledged end; none may be served';
export const stores = ['cluster', 'sqlite', 'postgres'];
export const first = 'cluster';
export const counts = { quick: 3000, full: 100_000 };
const perEnd = 120;

const acts = (network) => [
  (wire, tab) => wire.get('/networks', { as: tab }),
  (wire, tab) => wire.patch(`/networks/${network}`, { name: `Late ${Math.random()}` }, { as: tab }),
  (wire, tab) => wire.get(`/networks/${network}/access-points`, { as: tab }),
  (wire, tab) => wire.get(`/networks/${network}`, { as: tab }),
];

/** Ends a token three ways in turn: expired, deleted, or the assumption alone. */
function end(wire, round, token, tab) {
  if (round % 3 === 0) return wire.post(`/tokens/${token.handle}/expire`);
  if (round % 3 === 1) return wire.delete(`/tokens/${token.handle}`);
  return wire.delete(`/assumptions/${tab.assumption}`);
}

export async function run({ store, count, say }) {
  const { server, ports, close } = await servers(store);
  const { ana, sam } = await signInAll(server);
  const wires = wiresOf(ana, ports);
  const network = (await wires[0].get('/networks')).json.items[0].id;
  const asked = { late: 0, served: 0, during: 0, other: 0 };
  try {
    for (let round = 0; asked.late < count; round += 1) {
      const { token, token_id } = await generate(ana);
      const tab = await assume(sam, token_id);
      let acknowledged = false;
      const ask = async (i) => {
        const late = acknowledged;
        const answer = await acts(network)[i % 4](wires[i % wires.length], tab);
        if (!late) asked.during += 1;
        else if (answer.status === 410) asked.late += 1;
        else if (answer.status < 400) asked.served += 1;
        else asked.other += 1;
      };
      // Connections are warm and requests under way on each server when the end comes.
      const before = inFlight(wires.length * 2, 12, ask);
      const ended = await end(wires[round % wires.length], round, token, tab);
      if (ended.status !== 200 && ended.status !== 204) throw new Error(`the end: ${ended.status} ${ended.text}`);
      acknowledged = true;
      await Promise.all([before, inFlight(wires.length * 4, perEnd, ask)]);
      if (round % 100 === 99) say(`${asked.late} requests`);
    }
  } finally {
    wires.forEach((wire) => wire.close());
    await close();
  }
  return { count: asked.late, bad: asked.served + asked.other, notes: { served: asked.served, 'neither served nor 410': asked.other,
    'under way at the end': asked.during } };
}
