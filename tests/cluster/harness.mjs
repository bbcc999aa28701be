// Brings the cluster up for one test file, on ports of its own, and says where each part is.
// Needs Node.js 18 and no packages. PCC_SERVER names the binary.
import { execFile } from 'node:child_process';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { binary, root } from '../http/harness.mjs';

const run = promisify(execFile);
const parts = 6; // a balancer, three replicas, two databases

const isFree = (port) => new Promise((resolve) => {
  const probe = net.createServer().on('error', () => resolve(false));
  probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
});

/** The first of as many free ports in a row, below those that the system gives to whoever asks. */
export async function freePorts() {
  for (let tries = 0; tries < 200; tries += 1) {
    const first = 12_000 + Math.floor(Math.random() * 18_000);
    const free = await Promise.all(Array.from({ length: parts }, (_, i) => isFree(first + i)));
    if (free.every(Boolean)) return first;
  }
  throw new Error('there are no six free ports in a row');
}

/** A short path, that PostgreSQL's account can reach too. */
export const shortFolder = () => mkdtemp('/tmp/pcc-c-');

/** `room` and `port` where one is to be brought up again. */
export async function startCluster({ room, port } = {}) {
  const home = room ?? (await shortFolder());
  const first = port ?? (await freePorts());
  const ready = path.join(home, 'ready.json');
  const cluster = { room: home, port: first, replicas: [1, 2, 3].map((n) => ({ port: first + n, number: n })),
    databases: { a: first + 4, b: first + 5 } };
  cluster.run = (command, ...more) => run(path.join(root, 'scripts/cluster'), [command, '--state', home, ...more],
    { env: { ...process.env, PCC_SERVER: binary }, timeout: 240_000 });
  cluster.up = () => cluster.run('up', '--port', String(first), '--no-install', '--ready-file', ready);
  cluster.pid = async (name) => parseInt(await readFile(path.join(home, `${name}.pid`), 'utf8'), 10);
  cluster.primary = async () => (await readFile(path.join(home, 'primary'), 'utf8')).trim();
  cluster.stop = async () => {
    await cluster.run('down', '--data');
    await rm(home, { recursive: true, force: true });
  };
  try {
    cluster.said = (await cluster.up()).stdout;
  } catch (error) {
    await cluster.stop().catch(() => {});
    throw error;
  }
  return Object.assign(cluster, JSON.parse(await readFile(ready, 'utf8')));
}
