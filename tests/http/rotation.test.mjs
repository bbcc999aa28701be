// `pcc-server rotate-keys` beside a running server, and keys of another installation.
import assert from 'node:assert/strict';
import { chown, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { accountOf, assertProblem, assume, Client, freePort, generate, httpRequest, runProgram, startServer,
  temporaryFolder, until } from './harness.mjs';

test('keys are rotated under load: no request fails, nobody is signed out, no token is lost', async () => {
  const scratch = await temporaryFolder();
  const data = path.join(scratch, 'data');
  const server = await startServer({ data });
  try {
    const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
    const engineer = await new Client(server).signIn(accountOf(server, 'network_admin', 'NetCare Support'));
    const old = await generate(admin);
    const tab = await assume(engineer, old.token_id);
    const ended = await generate(admin);
    assert.equal((await admin.post(`/tokens/${ended.token.handle}/expire`)).status, 200);
    let working = true;
    let done = 0;
    const load = Promise.all([1, 2].map(async () => {
      while (working) {
        const { token } = await generate(admin);
        assert.equal((await admin.post(`/tokens/${token.handle}/expire`)).status, 200);
        assert.equal((await tab.get('/networks')).status, 200);
        done += 1;
      }
    }));
    for (const version of [2, 3]) {
      const { code, stdout, stderr } = await runProgram(['rotate-keys', '--data', data, '--wait', '1']);
      assert.equal(code, 0, stderr);
      assert.match(stdout, new RegExp(`^Version ${version} was added`));
      const before = done;
      await until(() => done > before + 20, 'more work');
      await new Promise((resolve) => setTimeout(resolve, 2500));
    }
    working = false;
    await load;
    assert.equal((await stat(path.join(data, 'pcc.keys'))).mode & 0o777, 0o600);
    assert.equal((await admin.post(`/tokens/${old.token.handle}/reveal`)).json.token_id, old.token_id);
    await assume(engineer, old.token_id);
    await assume(engineer, (await generate(admin)).token_id);
    assertProblem(await engineer.post('/assumptions', { token_id: ended.token_id }), 410, 'token_ended');
    assert.doesNotMatch(server.stderr, /"level":"(warning|error)"/);
    await server.stop();
    const audit = await runProgram(['verify-audit', '--data', data]);
    assert.equal(audit.code, 0, audit.stderr);
    const resealed = await runProgram(['reseal', '--data', data]);
    assert.match(resealed.stdout, /^0 tokens were sealed under version 3/);
    // The tokens of the last seconds, and the file of ends, need all versions that made them.
    const again = await startServer({ data });
    assert.equal((await httpRequest(again.port, 'GET', '/readyz')).status, 200);
    await again.stop();
  } finally {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
});

test('a server whose keys are not those of its database does not start, and says so', async () => {
  const scratch = await temporaryFolder();
  const data = path.join(scratch, 'data');
  try {
    const server = await startServer({ data });
    await server.stop();
    const file = path.join(data, 'pcc.keys');
    const right = await readFile(file, 'utf8');
    const serve = async () => runProgram(['serve', '--data', data, '--port', String(await freePort())]);
    await writeFile(file, `pcc-keys 1\n1 ${'5a'.repeat(32)}\n`);
    const other = await serve();
    assert.equal(other.code, 1);
    assert.match(other.stderr, /other keys than this database was used with/);
    await writeFile(file, right);
    assert.equal((await runProgram(['rotate-keys', '--data', data, '--wait', '0'])).code, 0);
    const again = await startServer({ data });
    await again.stop();
    await writeFile(file, right);
    const behind = await serve();
    assert.equal(behind.code, 1);
    assert.match(behind.stderr, /lacks version 2 of the keys/);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});

test('what another account would write beside the keys is refused', { skip: process.getuid?.() !== 0 }, async () => {
  const folder = await temporaryFolder();
  const data = path.join(folder, 'data');
  await (await startServer({ data })).stop();
  const keys = path.join(data, 'pcc.keys');
  const before = await readFile(keys);
  await chown(keys, 65534, 65534);
  for (const parameters of [['rotate-keys'], ['unlock', '--end-all-tokens'], ['reseal'],
    ['backup', '--to', path.join(folder, 'copy')], ['restore', '--from', path.join(folder, 'copy')]]) {
    const { code, stderr } = await runProgram([...parameters, '--data', data]);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /pcc\.keys belongs to the account \w+\. .* runuser -u \w+ -- pcc-server/);
  }
  assert.deepEqual(await readFile(keys), before);
  assert.equal((await stat(keys)).uid, 65534);
  await rm(folder, { recursive: true });
});
