// The server under load beside its peers, in one run: see README.md. scripts/bench server starts it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { running, startLogging, startNginx, startOurs, startPeer } from './candidates.mjs';
import { calibrate, load, median } from './load.mjs';
import { printLoad } from './report.mjs';
import { ask, mustAgree, requestsFor } from './requests.mjs';

const { values: options } = parseArgs({
  options: {
    server: { type: 'string' },
    data: { type: 'string' },      // a folder that the seeder made
    told: { type: 'string' },      // what the seeder printed
    database: { type: 'string' },  // of ours and of the peer; SQLite in the folder when not given
    cluster: { type: 'string' },   // the folder of scripts/cluster, which runs; ports count from `port`
    port: { type: 'string', default: '18500' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '16,64' },
    only: { type: 'string', default: 'networks,tokens,preflight,sign-in' },
    processes: { type: 'string', default: '2' },
    out: { type: 'string' },
  },
});
const port = Number(options.port);
const seconds = Number(options.seconds);
const calls = options.only.split(',');

const pidOf = (part) => Number(readFileSync(`${options.cluster}/${part}.pid`, 'utf8').split('\n')[0]);

/** Three replicas behind the balancer, and one of them by itself. */
function findCluster() {
  const replicas = ['replica-1', 'replica-2', 'replica-3'].map(pidOf);
  return [running('pcc-server', port, [...replicas, pidOf('balancer')]), running('one replica', port + 1, replicas.slice(0, 1))];
}

async function startServers() {
  const logging = await startLogging(options.server, options.data, port + 3, options.database);
  return [await startOurs(options.server, options.data, port, options.database), logging];
}

async function startAll() {
  const own = options.cluster ? findCluster() : await startServers();
  const [ours] = own;
  const requests = await requestsFor(JSON.parse(readFileSync(options.told, 'utf8')), ours.url);
  const peer = await startPeer(options.data, port + 11, options.database, Number(options.processes));
  await mustAgree(ours.url, peer.url, requests);
  const answer = await ask(ours.url, requests.networks);
  const nginx = await startNginx(`${options.data}-nginx`, port + 12, requests.networks.path, answer);
  return { requests, candidates: [...own, peer, nginx], bytes: answer.body.length };
}

const storeName = () => options.cluster ? 'Three replicas behind HAProxy, on PostgreSQL with a standby'
  : options.database ? 'PostgreSQL' : 'SQLite';

function takesPart(candidate, call, connections) {
  if (candidate.name !== 'pcc-server' && candidate.name !== 'fastify') return call === 'networks';
  // Argon2 is the whole of it, two at a time: more connections only wait longer.
  if (call === 'sign-in') return candidate.name === 'pcc-server' && connections <= 16;
  return true;
}

async function measure(candidate, call, request, connections, noise) {
  noise.push(calibrate());
  await load(candidate.url, request, { seconds: 1, connections });
  const before = candidate.processor();
  const running = load(candidate.url, request, { seconds, connections });
  await new Promise((resolve) => setTimeout(resolve, seconds * 700));
  const memory = candidate.memory();
  const result = await running;
  return { ...result, memory, processor: (candidate.processor() - before) / result.requests };
}

function summary(samples) {
  const of = (name) => median(samples.map((sample) => sample[name]));
  const rates = samples.map((sample) => sample.rate);
  return {
    rate: of('rate'), spread: (Math.max(...rates) - Math.min(...rates)) / of('rate'),
    p50: of('p50'), p99: of('p99'), p999: of('p999'), memory: of('memory'), processor: of('processor'),
    failed: samples.reduce((sum, sample) => sum + sample.failed + sample.lost, 0),
  };
}

const { requests, candidates, bytes } = await startAll();
const atRest = Object.fromEntries(candidates.map((candidate) => [candidate.name, candidate.memory()]));
const samples = new Map();
const noise = [];
try {
  for (let round = 0; round < Number(options.rounds); ++round) {
    for (const call of calls) {
      for (const connections of options.connections.split(',').map(Number)) {
        for (const candidate of candidates) {
          if (!takesPart(candidate, call, connections)) continue;
          const key = JSON.stringify([call, connections, candidate.name]);
          const sample = await measure(candidate, call, requests[call], connections, noise);
          samples.set(key, [...(samples.get(key) ?? []), sample]);
        }
      }
    }
  }
} finally {
  for (const candidate of candidates) await candidate.stop();
}
const rows = [...samples].map(([key, taken]) => {
  const [call, connections, name] = JSON.parse(key);
  return { call, connections, name, ...summary(taken) };
});
const result = { store: storeName(), bytes, atRest, rows, noise };
printLoad(result);
if (options.out) {
  mkdirSync(options.out.replace(/[^/]*$/, ''), { recursive: true });
  writeFileSync(options.out, JSON.stringify(result, null, 2));
}
