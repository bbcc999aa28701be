// Where a torture runs: one server on SQLite, one on PostgreSQL, or the cluster. Each place is brought up when
// the first driver asks for it, and says how to reach its servers.
import path from 'node:path';
import { accountOf, Client, startServer, temporaryFolder } from '../../http/harness.mjs';
import { startCluster } from '../../cluster/harness.mjs';
import { Wire } from './wire.mjs';

/** What is loaded before the C library, so that a disk fails or a server stops where it is told to. */
export const shim = path.join(process.env.PCC_TORTURE_BUILD ?? 'build/release', 'libtorture_shim.so');

const sqliteIn = (data) => ['--database', `sqlite:${path.join(data, 'pcc.sqlite')}`];

/** A server with a data folder of its own on that store; `again` starts it once more after its end. */
export async function startAlone(store, { data, env } = {}) {
  const folder = data ?? path.join(await temporaryFolder(), 'data');
  const options = ['--demo', ...(store === 'sqlite' ? sqliteIn(folder) : [])];
  const start = () => startServer({ data: folder, options, env });
  const server = await start();
  server.again = start;
  return server;
}

/** Ana, who generates and ends; Sam, who assumes. `at(person, port)` is the same person elsewhere. */
export async function signInAll(server) {
  const ana = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
  const sam = await new Client(server).signIn(accountOf(server, 'network_admin', 'NetCare Support'));
  return { ana, sam };
}

export const at = (person, port) => Object.assign(Object.create(Object.getPrototypeOf(person)), person, { port });

let cluster;
export async function theCluster() {
  cluster ??= await startCluster();
  return cluster;
}

export async function endCluster() {
  await cluster?.stop();
  cluster = undefined;
}

/** Servers that share one database: the cluster's replicas, or one alone. `close` leaves the cluster up. */
export async function servers(store) {
  if (store === 'cluster') {
    const shared = await theCluster();
    return { server: shared, ports: shared.replicas.map((replica) => replica.port), close: async () => {} };
  }
  const server = await startAlone(store);
  return { server, ports: [server.port], close: () => server.stop() };
}

export const wiresOf = (person, ports, options = {}) => ports.map((port) => new Wire(person, { port, ...options }));
