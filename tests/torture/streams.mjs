// Invariant: an open event stream says within a second that its assumption is over, and closes, whichever server
// the end came to.
import { assume, generate, openEvents } from '../http/harness.mjs';
import { at, servers, signInAll } from './lib/places.mjs';
import { inFlight, spread } from './lib/wire.mjs';

export const name = 'streams';
export const title = 'event streams open at an end; each says so and closes within 1 s';
export const stores = ['cluster', 'sqlite', 'postgres'];
export const first = 'cluster';
export const counts = { quick: 12, full: 1000 };
const longest = 1000; // Units: milliseconds

async function one({ ana, sam, ports }, i) {
  const { token, token_id } = await generate(ana);
  const tab = await assume(sam, token_id);
  const stream = await openEvents(at(tab, ports[i % ports.length]));
  await stream.next('ping');
  const began = Date.now();
  const ended = await at(ana, ports[(i + 1) % ports.length]).post(`/tokens/${token.handle}/expire`);
  if (ended.status !== 200) throw new Error(`the end: ${ended.status} ${ended.text}`);
  const told = await stream.next('assumption.ended');
  await stream.ended();
  return { told: told.at - began, closed: Date.now() - began, whole: stream.whole };
}

export async function run({ store, count, say }) {
  const { server, ports, close } = await servers(store);
  const town = { ...(await signInAll(server)), ports };
  const outcomes = [];
  try {
    await inFlight(4, count, async (i) => {
      outcomes.push(await one(town, i));
      if (i % 100 === 99) say(`${i + 1} streams`);
    });
  } finally {
    await close();
  }
  const told = spread(outcomes.map((outcome) => outcome.told));
  const late = outcomes.filter((outcome) => outcome.told > longest || outcome.closed > longest || !outcome.whole).length;
  return { count, bad: late, notes: { 'told after, ms at most': told.most, 'ms in the middle': told.median } };
}
