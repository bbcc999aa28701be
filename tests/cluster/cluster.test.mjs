// scripts/cluster: one command brings up all of it, and what is done on one replica holds on the others,
// also when a replica or the primary is killed.
import assert from 'node:assert/strict';
import net from 'node:net';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { accountOf, assertProblem, assume, Client, generate, openEvents, until } from '../http/harness.mjs';
import { shortFolder, startCluster } from './harness.mjs';

let cluster;

before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** The same person, with the same cookie, at another port. */
const at = (client, port) => Object.assign(Object.create(Object.getPrototypeOf(client)), client, { port });
const admin = () => new Client(cluster).signIn(accountOf(cluster, 'admin', 'Aurora Hotels'));
const engineer = () => new Client(cluster).signIn(accountOf(cluster, 'network_admin', 'NetCare Support'));

test('up says how to sign in, and status how each part is', async () => {
  for (const { email, password } of cluster.accounts) {
    assert.ok(cluster.said.split('\n').some((line) => line.includes(email) && line.includes(password)), email);
  }
  assert.ok(cluster.said.includes(`http://127.0.0.1:${cluster.port}\n`));
  const { stdout } = await cluster.run('status');
  assert.equal(stdout.trim().split('\n').length, 6);
  assert.equal(stdout.match(/ready|takes writes|in step/g).length, 6, stdout);
  assert.equal((await stat(path.join(cluster.room, 'servers/pcc.keys'))).mode & 0o777, 0o600);
});

test('up once more changes nothing', async () => {
  const pids = () => Promise.all(['balancer', 'replica-1', 'replica-2', 'replica-3'].map(cluster.pid));
  const first = await pids();
  const { stdout } = await cluster.up();
  assert.ok(stdout.includes(cluster.url));
  assert.deepEqual(await pids(), first);
});

test('a taken port is told, and nothing is made', async () => {
  const other = path.join(await shortFolder(), 'none');
  await assert.rejects(cluster.run('up', '--state', other, '--port', String(cluster.port), '--no-install'), (error) => {
    assert.match(error.stderr, /Port \d+, for the balancer, is taken/);
    return error.code === 1;
  });
  await assert.rejects(stat(other));
});

test('what is generated on one replica is assumed on another, and ended on the third', async () => {
  const ana = await admin();
  const sam = await engineer();
  const [one, two, three] = cluster.replicas;
  const { token, token_id } = await generate(at(ana, one.port));
  const tab = await assume(at(sam, two.port), token_id);
  assert.equal((await at(tab, cluster.port).get('/networks')).status, 200);
  assert.equal((await at(ana, three.port).post(`/tokens/${token.handle}/expire`)).status, 200);
  for (const port of [cluster.port, one.port, two.port, three.port]) {
    assertProblem(await at(tab, port).get('/networks'), 410, 'assumption_ended');
  }
});

test('an event stream passes the balancer, and ends with the assumption', async () => {
  const ana = await admin();
  const { token, token_id } = await generate(ana);
  const tab = await assume(await engineer(), token_id);
  const streams = [await openEvents(tab), await openEvents(ana)];
  await Promise.all(streams.map((stream) => stream.next('ping')));
  assert.equal((await ana.post(`/tokens/${token.handle}/expire`)).status, 200);
  await streams[0].next('assumption.ended');
  await streams[0].ended();
  assert.ok(streams[0].whole);
  assert.equal((await streams[1].next('token.expired')).data.token, token.handle);
  streams[1].close();
});

/** A server that takes a request and goes away: what a replica that was killed looks like to the balancer. */
async function brittleServer(port) {
  const seen = [];
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const line = bytes.toString().split('\r\n')[0];
      if (line.includes('/readyz')) return socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
      seen.push(line);
      return socket.destroy();
    });
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { seen, close: () => new Promise((resolve) => server.close(resolve)) };
}

async function killReplica(number) {
  process.kill(await cluster.pid(`replica-${number}`), 'SIGKILL');
}

test('a replica is killed: nobody notices, status says so, and up starts it again', async () => {
  const ana = await admin();
  await killReplica(2);
  for (let i = 0; i < 12; i += 1) {
    assert.equal((await ana.get('/tokens')).status, 200);
    await generate(ana);
  }
  await assert.rejects(cluster.run('status'), (error) => /replica 2 .* stopped/.test(error.stdout));
  await cluster.up();
  await cluster.run('status');
});

test('the balancer repeats a read that a replica dropped, and never a write', async () => {
  const ana = await admin();
  await killReplica(3);
  const { port } = cluster.replicas[2];
  await until(async () => !(await at(ana, port).get('/tokens').catch(() => null)), 'the end of replica 3');
  const brittle = await brittleServer(port);
  try {
    await until(async () => (await cluster.run('status').catch((error) => error)).stdout.includes('balancer') &&
      ((await ana.post('/tokens', { validity: '2h' })).status, brittle.seen.length > 0), 'a request at the brittle server');
    brittle.seen.length = 0;
    const outcomes = [];
    for (let i = 0; i < 9; i += 1) {
      assert.equal((await ana.get('/tokens')).status, 200);
      outcomes.push(await ana.post('/tokens', { validity: '2h' }));
    }
    const dropped = brittle.seen.filter((line) => line.startsWith('POST')).length;
    assert.ok(dropped > 0);
    assert.ok(brittle.seen.some((line) => line.startsWith('GET')));
    const refused = outcomes.filter((answer) => answer.status !== 201);
    assert.equal(refused.length, dropped, 'a write was sent twice');
    for (const answer of refused) assertProblem(answer, 502, 'unavailable');
  } finally {
    await brittle.close();
  }
  await cluster.up();
});

test('the primary is killed: the standby takes over, and nothing acknowledged is lost', async () => {
  const ana = await admin();
  const { token } = await generate(ana);
  const { token: live } = await generate(ana);
  assert.equal((await ana.post(`/tokens/${token.handle}/expire`)).status, 200);
  const before = await cluster.primary();
  await cluster.run('promote');
  assert.notEqual(await cluster.primary(), before);
  await until(async () => (await ana.get('/tokens')).status === 200, 'the new primary');
  for (const { port } of cluster.replicas) {
    assert.equal((await at(ana, port).get(`/tokens/${token.handle}`)).json.state, 'expired');
    assert.equal((await at(ana, port).get(`/tokens/${live.handle}`)).json.state, 'active');
  }
  await generate(ana);
  await cluster.run('status');
});

test('restart takes one replica after another, and nobody is refused meanwhile', async () => {
  const ana = await admin();
  const before = await cluster.pid('replica-1');
  let over = false;
  let asked = 0;
  const asking = (async () => {
    for (; !over; asked += 1) {
      assert.equal((await ana.get('/tokens')).status, 200);
      await generate(ana);
    }
  })();
  await Promise.all([asking, cluster.run('restart').finally(() => (over = true))]);
  assert.ok(asked > 3);
  assert.notEqual(await cluster.pid('replica-1'), before);
});

test('down stops all of it and keeps the data; up has it again', async () => {
  const ana = await admin();
  const { token } = await generate(ana);
  await cluster.run('down');
  await assert.rejects(ana.get('/tokens'));
  await cluster.up();
  assert.equal((await (await admin()).get(`/tokens/${token.handle}`)).status, 200);
});

test('a promotion that was cut short is finished by up, and nothing acknowledged is lost', async () => {
  const { token } = await generate(await admin());
  const before = await cluster.primary();
  await cluster.run('down');
  // As far as it had come: the other one was chosen, and is a standby still.
  await writeFile(path.join(cluster.room, 'primary'), before === 'a' ? 'b\n' : 'a\n');
  const { stdout } = await cluster.up();
  assert.match(stdout, /Finishing what was cut short/);
  assert.notEqual(await cluster.primary(), before);
  assert.equal((await (await admin()).get(`/tokens/${token.handle}`)).status, 200);
  const { stdout: status } = await cluster.run('status');
  assert.match(status, /takes writes/);
  assert.match(status, /in step/);
});
