// Backups: made while people work, put back elsewhere, and reviving nothing that has ended since.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { after, before, test } from 'node:test';
import { accountOf, assertProblem, assume, Client, generate, httpRequest, postgres, runProgram, startServer,
  temporaryFolder } from './harness.mjs';

let scratch;
let data;
let backup;
let keys;
let ends;
let tokens;
let admin; // a browser that was signed out after the backup

const file = (...names) => path.join(scratch, ...names);
const accounts = (server) => ({
  ana: accountOf(server, 'admin', 'Aurora Hotels'), sam: accountOf(server, 'network_admin', 'NetCare Support'),
});

/** A data folder with the keys, and with a file of ends where one is given. */
async function folderWith(name, endsText) {
  const folder = file(name);
  await mkdir(folder, { mode: 0o700 });
  await writeFile(path.join(folder, 'pcc.keys'), keys, { mode: 0o600 });
  if (endsText) await writeFile(path.join(folder, 'pcc.ends'), endsText, { mode: 0o600 });
  return folder;
}

const restore = (folder, ...more) => runProgram(['restore', '--data', folder, '--from', backup, ...more]);

/** The restored server, with the people of the first one. */
async function startRestored(folder, people) {
  const server = await startServer({ data: folder, options: [] });
  server.accounts = people;
  return server;
}

let people;

before(async () => {
  scratch = await temporaryFolder();
  data = file('first');
  backup = file('backup');
  const server = await startServer({ data });
  people = server.accounts;
  const { ana, sam } = accounts(server);
  const boss = await new Client(server).signIn(ana);
  admin = await new Client(server).signIn(ana);
  const engineer = await new Client(server).signIn(sam);
  tokens = [];
  for (const validity of ['lifetime', '24h', '24h', '24h']) tokens.push(await generate(boss, validity));
  const tab = await assume(engineer, tokens[2].token_id);

  // Others work meanwhile.
  let working = true;
  let done = 0;
  const load = Promise.all([1, 2, 3].map(async () => {
    while (working) {
      const made = await generate(boss, '2h');
      assert.equal((await boss.post(`/tokens/${made.token.handle}/expire`)).status, 200);
      done += 1;
    }
  }));
  const made = await runProgram(['backup', '--data', data, '--to', backup]);
  working = false;
  await load;
  assert.equal(made.code, 0, made.stderr);
  assert.ok(done > 0);

  assert.equal((await boss.post(`/tokens/${tokens[0].token.handle}/expire`)).status, 200);
  assert.equal((await boss.delete(`/tokens/${tokens[1].token.handle}`)).status, 204);
  assert.equal((await tab.delete(`/assumptions/${tab.assumption}`)).status, 204);
  assert.equal((await admin.delete('/session')).status, 204);
  await server.stop();
  keys = await readFile(path.join(data, 'pcc.keys'));
  ends = await readFile(path.join(data, 'pcc.ends'), 'utf8');
});
after(() => rm(scratch, { recursive: true, force: true }));

/** What stands in the backup: PostgreSQL's programs pack it. */
async function unpacked() {
  if (!postgres) return readFile(backup, 'latin1');
  return (await promisify(execFile)('pg_restore', ['--file=-', backup], { encoding: 'latin1', maxBuffer: 1 << 28 })).stdout;
}

test('a backup is private, and neither keys nor ends are in it', async () => {
  assert.equal((await stat(backup)).mode & 0o777, 0o600);
  const bytes = await unpacked();
  assert.ok(bytes.includes('Aurora Hotels'));
  const key = keys.toString().split('\n')[1].split(' ')[1];
  assert.ok(!bytes.includes(key));
  for (const { token_id } of tokens) assert.ok(!bytes.includes(token_id.slice(4)) && !ends.includes(token_id.slice(4)));
});

test('what ended after the backup is refused after it was put back, and what did not works', async () => {
  const folder = await folderWith('restored', ends);
  const put = await restore(folder);
  assert.equal(put.code, 0, put.stderr);
  assert.match(put.stdout, /[1-9]\d* ends that came after it were written into it once more/);
  const checkpoints = file('checkpoints');
  const whole = await runProgram(['verify-audit', '--data', folder, '--checkpoints', checkpoints]);
  assert.equal(whole.code, 0, whole.stderr);
  const signed = (await readFile(checkpoints, 'utf8')).split('\n').map((line) => line.split(' '));
  const server = await startRestored(folder, people);
  try {
    const { ana, sam } = accounts(server);
    const engineer = await new Client(server).signIn(sam);
    for (const token of tokens.slice(0, 2)) {
      assertProblem(await engineer.post('/assumptions', { token_id: token.token_id }), 410, 'token_ended');
    }
    await assume(engineer, tokens[3].token_id);
    admin.port = server.port;
    assertProblem(await admin.get('/tokens'), 401, 'not_signed_in');
    const boss = await new Client(server).signIn(ana);
    const listed = (await boss.get('/tokens?state=expired&limit=100')).json.items;
    const ended = listed.find((token) => token.handle === tokens[0].token.handle);
    assert.equal(ended.ended.reason, 'expired');
    assertProblem(await boss.get(`/tokens/${tokens[1].token.handle}`), 404);
    const rows = (await boss.get(`/audit?token=${tokens[0].token.handle}`)).json.items;
    assert.equal(rows.filter((row) => row.action === 'token.expired').length, 1);
    assert.match(rows[0].summary, /older database was put back/);
    // Signed before anybody was served: the row's number is no greater than the checkpoint's.
    const all = (await boss.get('/audit?limit=100')).json;
    const number = all.total - all.items.findIndex((row) => row.id === rows[0].id);
    const own = signed.find(([organization]) => organization === boss.session.organization.id);
    assert.ok(Number(own[2]) >= number, `${own} does not sign event ${number}`);
  } finally {
    await server.stop();
  }
});

test('ends that were kept elsewhere are gone on with, unless the configuration says that they stay there', async () => {
  const apart = file('apart.ends');
  await writeFile(apart, ends, { mode: 0o600 });
  const kept = (folder) => stat(path.join(folder, 'pcc.ends')).then(() => true, () => false);

  const told = await folderWith('told');
  const put = await restore(told, '--tombstones', apart);
  assert.equal(put.code, 0, put.stderr);
  // Where servers share a database each goes on with a file of its own.
  assert.equal(await kept(told), !postgres);

  const configured = await folderWith('configured');
  const configuration = file('pcc.conf');
  await writeFile(configuration, `tombstones = "${apart}"\n`, { mode: 0o600 });
  const again = await restore(configured, '--config', configuration);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stdout, /[1-9]\d* ends that came after it/);
  assert.ok(!await kept(configured));

  const both = await folderWith('both');
  const own = file('own.ends');
  await writeFile(configuration, `tombstones = "${own}"\n`, { mode: 0o600 });
  const third = await restore(both, '--config', configuration, '--tombstones', apart);
  assert.equal(third.code, 0, third.stderr);
  assert.ok(!await kept(both));
  if (!postgres) assert.equal(await readFile(own, 'utf8'), ends);
});

/** That nothing is served but the reason, and what it takes to go on. */
async function assertLocked(folder, words) {
  const server = await startRestored(folder, people);
  try {
    const ready = await httpRequest(server.port, 'GET', '/readyz');
    assertProblem(ready, 503, 'locked');
    assert.match(ready.json.detail, words);
    assert.equal((await httpRequest(server.port, 'GET', '/livez')).status, 200);
    const { ana } = accounts(server);
    assertProblem(await new Client(server).post('/session', { email: ana.email, password: ana.password }), 503, 'locked');
    assertProblem(await httpRequest(server.port, 'GET', '/'), 503, 'locked');
    assert.match(server.stderr, /locked and serves nothing/);
    assert.match(server.stderr, /unlock --end-all-tokens/);
  } finally {
    await server.stop();
  }
}

const flipped = (text) => {
  const at = Math.floor(text.length / 2);
  return text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1);
};

for (const [what, text, words] of [
  ['gone', () => undefined, /it is missing/],
  ['changed in one byte', () => flipped(ends), /its line \d+ is damaged/],
  ['cut off', () => ends.slice(0, -10), /not whole|damaged/]]) {
  test(`a file of ends that is ${what} locks the installation until all tokens are ended`, async () => {
    const folder = await folderWith(`locked ${what}`, text());
    const put = await restore(folder);
    assert.equal(put.code, 1);
    assert.match(put.stderr, /The installation is locked/);
    await assertLocked(folder, words);
    const refused = await runProgram(['unlock', '--data', folder]);
    assert.equal(refused.code, 2);
    const unlocked = await runProgram(['unlock', '--data', folder, '--end-all-tokens']);
    assert.equal(unlocked.code, 0, unlocked.stderr);
    const server = await startRestored(folder, people);
    try {
      const engineer = await new Client(server).signIn(accounts(server).sam);
      for (const { token_id } of tokens) {
        assertProblem(await engineer.post('/assumptions', { token_id }), 410, 'token_ended');
      }
      const boss = await new Client(server).signIn(accounts(server).ana);
      await assume(engineer, (await generate(boss)).token_id);
    } finally {
      await server.stop();
    }
  });
}

test('a running installation whose file of ends went is locked at its next start, and not without reason', async () => {
  const away = file('away.ends');
  await rename(path.join(data, 'pcc.ends'), away);
  await assertLocked(data, /it is missing/);
  await rename(away, path.join(data, 'pcc.ends'));
  const server = await startRestored(data, people);
  try {
    assert.equal((await httpRequest(server.port, 'GET', '/readyz')).status, 200);
  } finally {
    await server.stop();
  }
});

test('a backup is not put over a database in use, nor from a file that is none', async () => {
  const server = await startServer({ data: file('busy') });
  try {
    const { code, stderr } = await restore(file('busy'));
    assert.equal(code, 1);
    assert.match(stderr, postgres ? /is not empty/ : /uses the database/);
    await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
  } finally {
    await server.stop();
  }
  const folder = await folderWith('odd', ends);
  await writeFile(file('odd file'), 'no database');
  const odd = await runProgram(['restore', '--data', folder, '--from', file('odd file')]);
  assert.equal(odd.code, 1);
});
