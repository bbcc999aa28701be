// The end of a server: unready first, then drained, and nothing lost that was asked of it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import http from 'node:http';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { accountOf, assertProblem, Client, databaseName, httpRequest, onPostgres, openEvents, postgres, startServer,
  temporaryFolder, until } from './harness.mjs';

test('between SIGTERM and the draining it is unready, and answers', async () => {
  const server = await startServer({ options: ['--demo', '--stop-wait', '2'] });
  const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
  const events = await openEvents(admin);
  await events.next('ping');
  const kept = { headers: { Connection: 'keep-alive' } };
  assert.notEqual((await admin.get('/tokens', kept)).headers.connection, 'close');
  server.child.kill('SIGTERM');
  await until(() => server.stderr.includes('server.stopping'), 'the signal');
  const ready = await httpRequest(server.port, 'GET', '/readyz');
  assertProblem(ready, 503, 'unavailable');
  assert.equal(ready.json.field, 'draining');
  assert.equal((await httpRequest(server.port, 'GET', '/livez')).status, 200);
  const answer = await admin.get('/tokens', kept);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.connection, 'close');
  assert.equal(events.over, false);
  await events.ended();
  assert.ok(events.whole, 'the stream was cut off');
  assert.equal(events.seen.at(-1).name, 'ping');
  assert.deepEqual(await server.exited, { code: 0, signal: null });
  assert.doesNotMatch(server.stderr, /cut_off/);
  await server.stop();
});

test('a stream ends with an event, upon which it is opened elsewhere', async () => {
  const server = await startServer();
  const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
  const events = await openEvents(admin);
  await events.next('ping');
  const before = events.seen.length;
  server.child.kill('SIGTERM');
  await events.ended();
  assert.ok(events.whole);
  assert.ok(events.seen.length > before, 'no last event');
  assert.equal(events.seen.at(-1).name, 'ping');
  assert.deepEqual(await server.exited, { code: 0, signal: null });
  assert.doesNotMatch(server.stderr, /cut_off/);
  await server.stop();
});

test('a second signal does not wait', async () => {
  const server = await startServer({ options: ['--demo', '--stop-wait', '3600'] });
  server.child.kill('SIGTERM');
  await until(() => server.stderr.includes('server.stopping'), 'the first');
  server.child.kill('SIGINT');
  assert.deepEqual(await server.exited, { code: 0, signal: null });
  assert.match(server.stderr, /"event":"server\.cut_off","why":"a second SIGINT","under_way":0/);
  await server.stop();
});

/** One request after another on a connection that is kept, until nobody listens any more. */
async function generateUntilGone(admin, port, results) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (;;) {
    const outcome = await new Promise((resolve) => {
      const headers = admin.headers({}, {});
      const body = JSON.stringify({ validity: '2h' });
      const request = http.request({ host: '127.0.0.1', port, method: 'POST', path: '/api/v1/tokens', agent,
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } });
      request.on('error', (error) => resolve({ error: error.code }));
      request.on('response', async (response) => {
        let text = '';
        try {
          for await (const part of response) text += part;
          resolve({ status: response.statusCode, handle: JSON.parse(text).token?.handle, whole: response.complete });
        } catch (error) {
          resolve({ cut: error.code });
        }
      });
      request.end(body);
    });
    results.push(outcome);
    if (outcome.error === 'ECONNREFUSED' || results.length > 20_000) return agent.destroy();
  }
}

test('under load, all that was done was answered, and no answer was cut', async () => {
  const data = await temporaryFolder();
  const server = await startServer({ data, options: ['--demo', '--stop-wait', '1'] });
  const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
  const total = async (client) => (await client.get('/audit?action=token.generated&limit=1')).json.total;
  const before = await total(admin);
  const results = [];
  const clients = Array.from({ length: 8 }, () => generateUntilGone(admin, server.port, results));
  await until(() => results.length > 100, 'some load');
  server.child.kill('SIGTERM');
  await Promise.all(clients);
  assert.deepEqual(await server.exited, { code: 0, signal: null });
  const made = results.filter((r) => r.status === 201);
  const refused = results.filter((r) => r.status === 503);
  const unsent = results.filter((r) => r.error);
  assert.equal(results.filter((r) => r.cut || (r.status && !r.whole)).length, 0, 'answers were cut');
  assert.equal(made.length + refused.length + unsent.length, results.length);
  const again = await startServer({ data });
  try {
    const client = await new Client(again).signIn(accountOf(again, 'admin', 'Aurora Hotels'));
    assert.equal((await total(client)) - before, made.length, 'done without an answer');
    assert.equal(new Set(made.map((r) => r.handle)).size, made.length);
  } finally {
    await again.stop();
    await rm(data, { recursive: true, force: true });
  }
  const counted = unsent.reduce((all, { error }) => ({ ...all, [error]: (all[error] ?? 0) + 1 }), {});
  console.log(`${made.length} made, ${refused.length} refused with 503, not taken: ${JSON.stringify(counted)}`);
});

test('a database that hangs makes it unready within two seconds', onPostgres, async () => {
  const server = await startServer();
  try {
    const url = postgres.replace('/postgres?', `/${databaseName(server.folder)}?`);
    const held = promisify(execFile)('psql', ['-X', '-q', url, '-c',
      'BEGIN; LOCK TABLE clock_marks; SELECT pg_sleep(5); COMMIT']);
    await until(async () => (await httpRequest(server.port, 'GET', '/readyz')).status === 503, 'the hang');
    const began = Date.now();
    const answer = await httpRequest(server.port, 'GET', '/readyz');
    assertProblem(answer, 503, 'unavailable');
    assert.equal(answer.json.field, 'database');
    assert.ok(Date.now() - began < 4000, 'it waited for the database');
    assert.equal((await httpRequest(server.port, 'GET', '/livez')).status, 200);
    await held;
    await until(async () => (await httpRequest(server.port, 'GET', '/readyz')).status === 200, 'the recovery');
  } finally {
    await server.stop();
  }
});
