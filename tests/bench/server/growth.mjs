// What each call takes as the tokens of an organization grow, one request after another, and the query plans.
// node growth.mjs --server FILE --seeder FILE --out FILE 1000=FOLDER 100000=FOLDER ...
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startOurs } from './candidates.mjs';
import { calibrate, load } from './load.mjs';
import { printGrowth } from './report.mjs';
import { requestsFor } from './requests.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    server: { type: 'string' },
    seeder: { type: 'string' },
    out: { type: 'string' },
    port: { type: 'string', default: '18510' },
  },
});

/** A text that one token's hint holds, as somebody would type it who has a Token ID before them. */
const endOf = (tokenId) => encodeURIComponent(tokenId.slice(-4));

function callsOf(requests, told) {
  const list = (query) => ({ path: `/api/v1/tokens?${query}`, headers: requests.tokens.headers });
  const both = (name, query) => ({
    [`${name}, active`]: list(`state=active${query}`),
    [`${name}, expired`]: list(`state=expired${query}`),
  });
  return {
    ...both('list', ''),
    ...both('list by end', '&sort=ends_last'),
    ...both('list by last use', '&sort=last_used'),
    ...both('search of a Token ID', `&q=${endOf(told.token_ids[0])}`),
    ...both('search of one admin', '&q=rita'),
    ...both('search of one who left', '&q=otto'),
    ...both('the same by end', '&q=otto&sort=ends_last'),
    ...both('search of nearly all', '&q=ana'),
    'look-up by Token ID': requests.preflight,
    'acting as': requests.networks,
    generate: requests.generate,
  };
}

async function measureOne(folder, noise) {
  const told = JSON.parse(readFileSync(`${folder}.json`, 'utf8'));
  const database = readFileSync(`${folder}.database`, 'utf8');
  const plans = execFileSync(options.seeder, ['plans', folder, ...(database ? [database] : [])], { encoding: 'utf8' });
  const server = await startOurs(options.server, folder, Number(options.port), database);
  const times = {};
  try {
    for (const [name, request] of Object.entries(callsOf(await requestsFor(told, server.url), told))) {
      noise.push(calibrate());
      await load(server.url, request, { seconds: 1, connections: 1 });
      times[name] = await load(server.url, request, { seconds: 2, connections: 1 });
    }
  } finally {
    await server.stop();
  }
  return { times, plans };
}

const noise = [];
const measured = {};
for (const place of positionals) {
  const [tokens, folder] = place.split('=');
  measured[tokens] = await measureOne(folder, noise);
}
printGrowth(measured, noise);
mkdirSync(options.out.replace(/[^/]*$/, ''), { recursive: true });
writeFileSync(options.out, JSON.stringify({ measured, noise }, null, 2));
