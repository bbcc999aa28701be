// Two servers on one PostgreSQL: what is done on the one holds on the other, at once.
import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { accountOf, assertProblem, assume, Client, databaseName, databaseOf, folderBeside, freePort, generate,
  httpRequest, onPostgres, openEvents, postgres, runProgram, runSql, startServer, temporaryFolder, until } from './harness.mjs';

let scratch;
let first;
let second;

/** The same person, with the same cookie, at the other server. */
const elsewhere = (client) => Object.assign(Object.create(Object.getPrototypeOf(client)), client, { port: second.port });

before(async () => {
  if (!postgres) return;
  first = await startServer();
  scratch = await temporaryFolder();
  const data = await folderBeside(first, path.join(scratch, 'data'));
  second = await startServer({ data, options: [], database: first.folder });
});
after(async () => {
  await second?.stop();
  await first?.stop();
  if (scratch) await rm(scratch, { recursive: true, force: true });
});

const admin = () => new Client(first).signIn(accountOf(first, 'admin', 'Aurora Hotels'));
const engineer = () => new Client(first).signIn(accountOf(first, 'network_admin', 'NetCare Support'));

test('an end on one server holds on the other with the next request', onPostgres, async () => {
  const ana = await admin();
  const sam = await engineer();
  for (let i = 0; i < 20; i += 1) {
    const { token, token_id } = await generate(ana);
    const tab = elsewhere(await assume(sam, token_id));
    assert.equal((await tab.get('/networks')).status, 200);
    assert.equal((await ana.post(`/tokens/${token.handle}/expire`)).status, 200);
    assertProblem(await tab.get('/networks'), 410, 'assumption_ended');
  }
  const there = elsewhere(sam);
  assert.equal((await there.get('/session')).status, 200);
  assert.equal((await sam.delete('/session')).status, 204);
  assertProblem(await there.get('/session'), 401, 'not_signed_in');
});

test('an end on one server closes the streams of the other, and is told there', onPostgres, async () => {
  const ana = await admin();
  const { token, token_id } = await generate(ana);
  const tab = elsewhere(await assume(await engineer(), token_id));
  const streams = [await openEvents(tab), await openEvents(elsewhere(ana))];
  await Promise.all(streams.map((stream) => stream.next('ping')));
  assert.equal((await ana.post(`/tokens/${token.handle}/expire`)).status, 200);
  const [ended, told] = await Promise.all([streams[0].next('assumption.ended'), streams[1].next('token.expired')]);
  await streams[0].ended();
  assert.equal(ended.data.assumption.id ?? ended.data.assumption, tab.assumption);
  assert.equal(told.data.token, token.handle);
  streams[1].close();
});

test('a server whose connections were cut answers the next request', onPostgres, async () => {
  const ana = await admin();
  await runSql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${databaseName(first.folder)}'`);
  assert.equal((await ana.get('/tokens')).status, 200);
  assert.equal((await elsewhere(ana).get('/tokens')).status, 200);
});

test('a server without the keys of the others does not start', onPostgres, async () => {
  const empty = path.join(scratch, 'empty');
  const { PCC_DATABASE: url } = await databaseOf(first.folder);
  const port = String(await freePort());
  const { code, stderr } = await runProgram(['serve', '--port', port, '--data', empty, '--database', url]);
  assert.equal(code, 1);
  assert.match(stderr, /There is no keys file at .*pcc\.keys/);
  assert.deepEqual(await readdir(empty), []);
});

test('a step that a later program took leaves these in service, or takes them out of it', onPostgres, async () => {
  const database = databaseName(first.folder);
  const known = Number(await runSql('SELECT MAX(number) FROM schema_migrations', database));
  const ready = (server) => httpRequest(server.port, 'GET', '/readyz');
  const empty = await folderBeside(first, path.join(scratch, 'third'));
  const ana = await admin();
  const sam = await engineer();

  // The half of a change that adds: old servers go on beside the new ones, and may be started again.
  await runSql("ALTER TABLE tokens ADD COLUMN shade TEXT NOT NULL DEFAULT ''", database);
  await runSql(`INSERT INTO schema_migrations (number, needs) VALUES (${known + 1}, ${known})`, database);
  const third = await startServer({ data: empty, options: [], database: first.folder });
  try {
    for (const server of [first, second, third]) assert.equal((await ready(server)).status, 200);
    const { token, token_id } = await generate(ana);
    const tab = await assume(sam, token_id);
    assert.equal((await tab.get('/networks')).status, 200);
    assert.equal((await elsewhere(ana).post(`/tokens/${token.handle}/expire`)).status, 200);
    assertProblem(await tab.get('/networks'), 410, 'assumption_ended');
    assert.equal((await elsewhere(ana).get('/tokens?state=expired')).status, 200);
  } finally {
    await third.stop();
  }

  // The half that takes away: whoever does not know it is not ready, and is not started.
  await runSql(`INSERT INTO schema_migrations (number) VALUES (${known + 2})`, database);
  for (const server of [first, second]) {
    await until(async () => (await ready(server)).status === 503, 'a server that is not ready');
    assert.match((await ready(server)).text, /schema/);
  }
  const { PCC_DATABASE: url } = await databaseOf(first.folder);
  const { code, stderr } = await runProgram(
    ['serve', '--port', String(await freePort()), '--data', empty, '--database', url]);
  assert.equal(code, 1);
  assert.match(stderr, /Pcc-server of a later version wrote/);
});
