// Runs the drivers that were named, one after another, each on the stores it is for, and says what came of them.
// Called by scripts/torture; PCC_SERVER names the program, and build/torture/results.json keeps the outcome.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { postgres, root } from '../http/harness.mjs';
import { endCluster } from './lib/places.mjs';

const names = ['ends', 'races', 'streams', 'stalled', 'halfmade', 'failover', 'restarts', 'kills', 'retries', 'faults', 'rules'];

function readOptions(words) {
  const options = { quick: false, store: '', names: [], count: 0 };
  for (let i = 0; i < words.length; i += 1) {
    if (words[i] === '--quick') options.quick = true;
    else if (words[i] === '--store') options.store = words[(i += 1)];
    else if (words[i] === '--count') options.count = Number(words[(i += 1)]);
    else options.names.push(words[i]);
  }
  return options;
}

/** The stores a driver runs on: the one that was asked for, else in quick runs its first, else all of its own. */
function storesOf(driver, { store, quick }) {
  if (store) return driver.stores.filter((own) => own === store);
  return quick ? [driver.first].flat() : driver.stores;
}

async function runOne(driver, store, options) {
  const own = driver.counts[options.quick ? 'quick' : 'full'];
  const count = options.count || (own[store] ?? own);
  const began = performance.now();
  console.log(`==> ${driver.name} on ${store}: ${driver.title}`);
  const outcome = { name: driver.name, store, quick: options.quick, at: new Date().toISOString().slice(0, 10) };
  try {
    // Else the server would run on SQLite, and the outcome would say of PostgreSQL what nobody saw.
    if (store === 'postgres' && !postgres) throw new Error('There is no PostgreSQL here. Call scripts/torture, which starts one.');
    Object.assign(outcome, await driver.run({ store, count, quick: options.quick, say: (line) => console.log(`    ${line}`) }));
  } catch (error) {
    Object.assign(outcome, { count: 0, bad: 1, faults: [error.stack], notes: {} });
  }
  outcome.seconds = Math.round((performance.now() - began) / 1000);
  outcome.passed = outcome.bad === 0;
  for (const fault of (outcome.faults ?? []).slice(0, 10)) console.log(`    ${fault}`);
  const notes = Object.entries(outcome.notes).map(([what, value]) => `${what}: ${value}`).join(', ');
  console.log(`${outcome.passed ? 'passed' : 'FAILED'}  ${driver.name} on ${store}: ${outcome.bad} of ${outcome.count}, ${outcome.seconds} s; ${notes}`);
  return outcome;
}

async function keep(outcomes) {
  const file = path.join(root, 'build/torture/results.json');
  await mkdir(path.dirname(file), { recursive: true });
  const before = JSON.parse(await readFile(file, 'utf8').catch(() => '[]'));
  await writeFile(file, `${JSON.stringify([...before, ...outcomes], null, 1)}\n`);
}

const options = readOptions(process.argv.slice(2));
const outcomes = [];
try {
  for (const name of options.names.length ? options.names : names) {
    const driver = await import(`./${name}.mjs`);
    for (const store of storesOf(driver, options)) outcomes.push(await runOne(driver, store, options));
  }
} finally {
  await endCluster();
}
await keep(outcomes);
const passed = outcomes.filter((outcome) => outcome.passed).length;
console.log(`${passed} passed, ${outcomes.length - passed} failed`);
// Not only its code: a driver that failed may have left a load behind that goes on.
process.exit(passed === outcomes.length && passed > 0 ? 0 : 1);
