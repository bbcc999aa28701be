// `pcc-server verify-audit`: beside a running server, and after somebody changed the database.
import assert from 'node:assert/strict';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { accountOf, Client, databaseName, generate, postgres, runProgram, runSql, startServer,
  temporaryFolder } from './harness.mjs';

const verify = (data, ...more) => runProgram(['verify-audit', '--data', data, ...more]);

/** Somebody who can write the database, but has no keys. */
async function change(data, from, to) {
  if (postgres) {
    return runSql(`UPDATE audit_events SET summary = replace(summary, '${from}', '${to}')`, databaseName(data));
  }
  const file = path.join(data, 'pcc.sqlite');
  const bytes = await readFile(file);
  const at = bytes.indexOf(from);
  assert.ok(at > 0, `no ${from} in the file`);
  bytes.write(to, at);
  return writeFile(file, bytes);
}

test('the audit is whole while the server runs, and a change of one letter is named', async () => {
  const scratch = await temporaryFolder();
  const data = path.join(scratch, 'data');
  const kept = path.join(scratch, 'checkpoints');
  try {
    const server = await startServer({ data });
    const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
    await generate(admin, '12h');
    const running = await verify(data);
    assert.equal(running.code, 0, running.stderr);
    assert.match(running.stdout, /^The audit is whole: \d+ organizations\.$/m);
    assert.equal((await admin.get('/session')).status, 200);
    await server.stop();

    const first = await verify(data, '--checkpoints', kept);
    assert.equal(first.code, 0, first.stderr);
    assert.equal((await stat(kept)).mode & 0o777, 0o600);
    const lines = (await readFile(kept, 'utf8')).trim().split('\n');
    assert.equal(lines[0], 'pcc-checkpoints 1');
    assert.ok(lines.length >= 3);
    assert.equal((await verify(data, '--checkpoints', kept)).code, 0);

    // What was kept is looked at as well: with a letter of it changed, nothing agrees, and it is not replaced.
    const forged = [lines[0], `${lines[1].slice(0, -1)}${lines[1].endsWith('A') ? 'B' : 'A'}`, ...lines.slice(2), ''].join('\n');
    await writeFile(kept, forged);
    const damaged = await verify(data, '--checkpoints', kept);
    assert.equal(damaged.code, 1);
    assert.match(damaged.stderr, /What was kept is damaged, or of other keys, in line 2/);
    assert.equal(await readFile(kept, 'utf8'), forged);
    await writeFile(kept, `${lines.join('\n')}\n`);

    // There is more to keep now; but not of an audit that is not as it was written.
    const again = await startServer({ data });
    await generate(await new Client(again).signIn(accountOf(again, 'admin', 'Aurora Hotels')), '8h');
    await again.stop();
    await change(data, 'Generated a token, 12 Hours', 'Generated a token, 13 Hours');
    const changed = await verify(data, '--checkpoints', kept);
    assert.equal(changed.code, 1);
    assert.match(changed.stderr, /org_\w+, event \d+ \(evt_\w+\): the event was changed/);
    assert.equal((await readFile(kept, 'utf8')).trim(), lines.join('\n'));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});

test('without a database or keys there is nothing to look at, and it says so', async () => {
  const scratch = await temporaryFolder();
  try {
    const { code, stderr } = await verify(path.join(scratch, 'nowhere'));
    assert.equal(code, 1);
    assert.match(stderr, postgres ? /pcc\.keys/ : /There is no database at/);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});
