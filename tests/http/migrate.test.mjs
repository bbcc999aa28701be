// `pcc-server migrate`: a server's SQLite database moved to PostgreSQL, with the real program.
import assert from 'node:assert/strict';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { accountOf, assertProblem, assume, Client, databaseOf, generate, onPostgres, runProgram, startServer,
  temporaryFolder } from './harness.mjs';

test('a demo moved from SQLite to PostgreSQL goes on where it was', onPostgres, async () => {
  const scratch = await temporaryFolder();
  const data = path.join(scratch, 'data');
  const { PCC_DATABASE: url } = await databaseOf(data);
  try {
    const file = ['--database', `sqlite:${path.join(data, 'pcc.sqlite')}`];
    const first = await startServer({ data, options: ['--demo', ...file] });
    const ana = await new Client(first).signIn(accountOf(first, 'admin', 'Aurora Hotels'));
    const sam = await new Client(first).signIn(accountOf(first, 'network_admin', 'NetCare Support'));
    const ended = await generate(ana);
    const gone = await assume(sam, ended.token_id);
    await ana.post(`/tokens/${ended.token.handle}/expire`);
    const living = await generate(ana);
    const tab = await assume(sam, living.token_id);
    const before = (await ana.get('/audit')).json.total;

    const busy = await runProgram(['migrate', '--data', data, '--to', url]);
    assert.equal(busy.code, 1);
    assert.match(busy.stderr, /Another server uses the database/);
    await first.stop();
    const moved = await runProgram(['migrate', '--data', data, '--to', url]);
    assert.equal(moved.code, 0, moved.stderr);
    assert.match(moved.stdout, /^\d+ audit_events$/m);
    assert.ok((await readdir(data)).includes('pcc.sqlite.moved'));

    const second = await startServer({ data, options: ['--demo'] });
    try {
      const at = (client) => Object.assign(Object.create(Object.getPrototypeOf(client)), client, { port: second.port });
      assert.deepEqual(second.accounts, first.accounts);
      assert.equal((await at(ana).get('/audit')).json.total, before);
      assert.equal((await at(tab).get('/networks')).status, 200);
      assertProblem(await at(gone).get('/networks'), 410, 'assumption_ended');
      assertProblem(await at(sam).post('/assumptions', { token_id: ended.token_id }), 410, 'token_ended');
      await generate(at(ana));
    } finally {
      await second.stop();
    }
    const again = await runProgram(['migrate', '--data', data, '--to', url]);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /There is no database/);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});

test('migrate says what it needs', async () => {
  const { code, stderr } = await runProgram(['migrate']);
  assert.equal(code, 2);
  assert.match(stderr, /--help/);
});
