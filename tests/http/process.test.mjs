// The program itself: start, ready file, what is said when it cannot start, stop, and what it leaves behind.
import assert from 'node:assert/strict';
import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { accountOf, assume, Client, freePort, generate, httpRequest, onSqlite, openEvents, postgres, runProgram, startServer,
  temporaryFolder, until } from './harness.mjs';

const modeOf = async (file) => (await stat(file)).mode & 0o777;

async function withFolder(use) {
  const folder = await temporaryFolder();
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('the ready file says where and how to sign in, to its owner alone', async () => {
  const server = await startServer();
  try {
    assert.equal(await modeOf(server.readyFile), 0o600);
    const ready = JSON.parse(await readFile(server.readyFile, 'utf8'));
    assert.deepEqual(Object.keys(ready), ['url', 'accounts']);
    assert.equal(ready.url, `http://127.0.0.1:${server.port}`);
    assert.ok(ready.accounts.length >= 5);
    for (const account of ready.accounts) {
      assert.deepEqual(Object.keys(account), ['role', 'email', 'password', 'organization']);
      assert.match(account.email, /\.example$/);
      assert.ok(account.password.length >= 15);
      await new Client(server).signIn(account);
    }
    assert.equal(new Set(ready.accounts.map((a) => a.password)).size, ready.accounts.length);
    assert.ok(server.stdout.includes(ready.url));
    for (const { email, password } of ready.accounts) {
      assert.ok(server.stdout.split('\n').some((line) => line.includes(email) && line.includes(password)));
    }
    for (const name of await readdir(server.folder)) {
      assert.equal((await modeOf(path.join(server.folder, name))) & 0o077, 0, `${name} is open to others`);
    }
  } finally {
    await server.stop();
  }
});

test('the demo data looks alive, and was made by the rules', async () => {
  const server = await startServer();
  try {
    const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
    const active = (await admin.get('/tokens')).json.items;
    const expired = (await admin.get('/tokens?state=expired')).json.items;
    assert.deepEqual(active.map((t) => t.validity), ['2h', '8h', '24h', 'lifetime']);
    assert.equal(expired.length, 3);
    assert.ok(active.some((t) => t.last_used_by?.startsWith('Sam Ortiz')));
    assert.ok(expired.some((t) => t.ended.reason === 'expired' && t.ended.by.name === 'Ana Reyes'));
    assert.ok(expired.some((t) => t.ended.reason === 'time' && t.use_count === 1));
    assert.ok([...active, ...expired].every((t) => Date.parse(t.generated_at) < Date.now()));
    const networks = (await admin.get('/networks')).json.items;
    assert.equal(networks.length, 12);
    const porto = networks.find((n) => n.name === 'Aurora Porto');
    assert.deepEqual(porto.access_points, { total: 10, online: 9 });
    assert.equal(porto.clients, 143);
    const actions = new Set((await admin.get('/audit')).json.items.map((e) => e.action));
    for (const action of ['token.generated', 'token.expired', 'assumption.started', 'assumption.ended']) {
      assert.ok(actions.has(action), `no ${action} in the audit`);
    }
  } finally {
    await server.stop();
  }
});

test('a second start has the same data and the same accounts', () => withFolder(async (folder) => {
  const data = path.join(folder, 'data');
  const first = await startServer({ data });
  const admin = await new Client(first).signIn(accountOf(first, 'admin', 'Aurora Hotels'));
  const { token } = await generate(admin, '8h');
  await admin.post(`/tokens/${token.handle}/expire`);
  assert.deepEqual(await first.stop(), { code: 0, signal: null });
  const second = await startServer({ data });
  try {
    assert.deepEqual(second.accounts, first.accounts);
    const again = await new Client(second).signIn(accountOf(second, 'admin', 'Aurora Hotels'));
    assert.equal((await again.get(`/tokens/${token.handle}`)).json.state, 'expired');
    assert.equal((await again.get('/networks')).json.total, 12);
  } finally {
    await second.stop();
  }
}));

for (const signal of ['SIGTERM', 'SIGINT']) {
  test(`${signal} ends open streams and exits with 0`, async () => {
    const server = await startServer();
    const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
    const events = await openEvents(admin);
    await events.next('ping');
    server.child.kill(signal);
    await events.ended();
    assert.ok(events.whole, 'the stream was cut off');
    assert.deepEqual(await server.exited, { code: 0, signal: null });
    await server.stop();
    for (const line of server.stderr.trim().split('\n')) assert.equal(JSON.parse(line).level, 'info', line);
  });
}

test('what was acknowledged before a kill is there after it', () => withFolder(async (folder) => {
  const data = path.join(folder, 'data');
  const first = await startServer({ data });
  const admin = await new Client(first).signIn(accountOf(first, 'admin', 'Aurora Hotels'));
  const { token } = await generate(admin, '8h');
  assert.equal((await admin.post(`/tokens/${token.handle}/expire`)).status, 200);
  first.child.kill('SIGKILL');
  await first.stop();
  const second = await startServer({ data });
  try {
    const again = await new Client(second).signIn(accountOf(second, 'admin', 'Aurora Hotels'));
    assert.equal((await again.get(`/tokens/${token.handle}`)).json.ended.reason, 'expired');
  } finally {
    await second.stop();
  }
}));

async function refusesToStart(parameters, sentence) {
  const { code, stdout, stderr } = await runProgram(parameters);
  assert.equal(code, 1, stdout + stderr);
  assert.match(stderr, sentence);
  assert.doesNotMatch(stderr, /terminate|exception|assert/i);
}

test('a taken port is told', () => withFolder(async (folder) => {
  const server = await startServer();
  try {
    await refusesToStart(['serve', '--port', String(server.port), '--data', path.join(folder, 'other')],
      /Port \d+ is taken/);
  } finally {
    await server.stop();
  }
}));

test('a data folder that another server has open is told, and it is not unlocked', async () => {
  const server = await startServer();
  const sentence = postgres ? /Another server writes the file of ends/ : /Another server uses the database/;
  try {
    await refusesToStart(['serve', '--port', String(await freePort()), '--data', server.folder], sentence);
    await refusesToStart(['unlock', '--end-all-tokens', '--data', server.folder], sentence);
    const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
    assert.equal((await admin.get('/tokens')).status, 200);
  } finally {
    await server.stop();
  }
});

test('a file of ends that cannot be made is told, and not taken for the database', () => withFolder(async (folder) => {
  await refusesToStart(['serve', '--demo', '--port', String(await freePort()), '--data', path.join(folder, 'data'),
    '--tombstones', path.join(folder, 'nowhere', 'kept.ends')],
  /^pcc-server: The file of ends .*nowhere.kept\.ends cannot be made: No such file or directory\.$/m);
}));

test('a data folder that cannot be made is told', () => withFolder(async (folder) => {
  const file = path.join(folder, 'file');
  await writeFile(file, '');
  const port = String(await freePort());
  await refusesToStart(['serve', '--port', port, '--data', file], /cannot be written/);
  await refusesToStart(['serve', '--port', port, '--data', path.join(file, 'below')], /cannot be written/);
}));

test('keys that others may read, or that are gone, are told', () => withFolder(async (folder) => {
  const data = path.join(folder, 'data');
  await (await startServer({ data })).stop();
  const keys = path.join(data, 'pcc.keys');
  const port = String(await freePort());
  await chmod(keys, 0o640);
  await refusesToStart(['serve', '--port', port, '--data', data], /pcc\.keys/);
  await rm(keys);
  await refusesToStart(['serve', '--port', port, '--data', data], /pcc\.keys/);
}));

test('a database that is none is told', onSqlite, () => withFolder(async (folder) => {
  const data = path.join(folder, 'data');
  await (await startServer({ data })).stop();
  await writeFile(path.join(data, 'pcc.sqlite'), 'this is no database, and never was one '.repeat(200));
  await refusesToStart(['serve', '--port', String(await freePort()), '--data', data], /database/);
}));

test('a ready file that cannot be written stops the server', () => withFolder(async (folder) => {
  await refusesToStart(['serve', '--port', String(await freePort()), '--data', path.join(folder, 'data'),
    '--ready-file', path.join(folder, 'nowhere', 'ready.json')], /ready\.json cannot be written/);
}));

test('help, version, and words it does not know', async () => {
  const help = await runProgram(['--help']);
  assert.equal(help.code, 0);
  assert.match(help.stdout, /serve[\s\S]*init/);
  assert.match((await runProgram(['serve', '--help'])).stdout, /--port[\s\S]*--data[\s\S]*--console[\s\S]*--demo/);
  assert.match((await runProgram(['--version'])).stdout, /^pcc-server \d+\.\d+\.\d+/);
  const wrong = [[], ['dance'], ['serve'], ['serve', '--data', 'x', '--port', '0'], ['serve', '--data', 'x', '--port', 'many'],
    ['serve', '--data', 'x', '--nobody']];
  for (const parameters of wrong) {
    const { code, stderr } = await runProgram(parameters);
    assert.equal(code, 2, parameters.join(' '));
    assert.match(stderr, /--help/);
  }
});

const init = (data, more = {}) => {
  const options = { '--data': data, '--organization': 'Harbour Inns', '--admin-email': 'ida@harbour-inns.example',
    '--admin-name': 'Ida Lund', ...more };
  return ['init', ...Object.entries(options).flat()];
};

test('init makes a real organization, and no demo data', () => withFolder(async (folder) => {
  const data = path.join(folder, 'data');
  const password = 'a long enough password';
  const made = await runProgram(init(data), `${password}\n`);
  assert.equal(made.code, 0, made.stderr);
  assert.ok(!(made.stdout + made.stderr).includes(password));
  const server = await startServer({ data, options: ['--demo'] });
  try {
    assert.deepEqual(server.accounts, []);
    const admin = await new Client(server).signIn({ email: 'ida@harbour-inns.example', password });
    assert.equal(admin.session.organization.name, 'Harbour Inns');
    assert.equal(admin.session.role, 'admin');
    assert.equal((await admin.get('/networks')).json.total, 0);
    assert.equal((await admin.get('/tokens')).json.total, 0);
  } finally {
    await server.stop();
  }
}));

test('init refuses what cannot be an account', () => withFolder(async (folder) => {
  const good = 'a long enough password\n';
  const cases = [[init(path.join(folder, 'a')), ''], [init(path.join(folder, 'b')), 'short\n'],
    [init(path.join(folder, 'c'), { '--admin-email': 'no address' }), good],
    [init(path.join(folder, 'd'), { '--organization': ' ' }), good]];
  for (const [parameters, input] of cases) {
    const { code, stderr } = await runProgram(parameters, input);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /\.\n$/, 'a sentence');
  }
}));

test('no secret is left in the data folder, in the output, or in an address', onSqlite, async () => {
  const server = await startServer();
  const account = accountOf(server, 'admin', 'Aurora Hotels');
  const admin = await new Client(server).signIn(account);
  const said = server.stdout.length;
  const engineer = await new Client(server).signIn(accountOf(server, 'network_admin', 'NetCare Support'));
  const secrets = [account.password, admin.cookie.split('=')[1], admin.csrf];
  for (const validity of ['2h', 'lifetime']) {
    const { token, token_id } = await generate(admin, validity);
    secrets.push(token_id, token_id.slice(4), token_id.toLowerCase());
    assert.equal((await admin.post(`/tokens/${token.handle}/reveal`, { password: account.password })).json.token_id, token_id);
    await assume(engineer, token_id);
    await engineer.get(`/networks?q=${token_id}`);
  }
  await new Client(server).post('/session', { email: account.email, password: `${account.password}x` });
  const folder = server.folder;
  await checkFolder(folder, secrets); // database and log as they are while it runs
  server.child.kill('SIGTERM');
  await server.exited;
  await checkFolder(folder, secrets);
  const output = server.stdout.slice(said) + server.stderr;
  for (const secret of secrets) assert.ok(!output.includes(secret), 'a secret is in the output');
  await server.stop();
});

async function checkFolder(folder, secrets) {
  let read = 0;
  for (const name of await readdir(folder)) {
    if (name === 'demo-accounts.txt') continue;
    const bytes = await readFile(path.join(folder, name));
    read += bytes.length;
    for (const secret of secrets) assert.ok(!bytes.includes(secret), `a secret is in ${name}`);
  }
  assert.ok(read > 10_000, 'nothing was looked through');
}

test('it listens on the loopback address alone unless told otherwise', async () => {
  const server = await startServer();
  try {
    const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n');
    const port = server.port.toString(16).toUpperCase().padStart(4, '0');
    const listening = lines.map((line) => line.trim().split(/\s+/)).filter((f) => f[3] === '0A' && f[1].endsWith(`:${port}`));
    assert.deepEqual(listening.map((f) => f[1]), [`0100007F:${port}`]);
    assert.equal((await httpRequest(server.port, 'GET', '/livez')).json.status, 'alive');
    assert.equal((await httpRequest(server.port, 'GET', '/readyz')).json.status, 'ready');
  } finally {
    await server.stop();
  }
});

test('its threads do not take the processor from one another', async () => {
  const server = await startServer();
  try {
    const tasks = `/proc/${server.child.pid}/task`;
    for (const task of await readdir(tasks)) {
      const fields = (await readFile(`${tasks}/${task}/stat`, 'utf8')).split(') ')[1].split(' ');
      assert.equal(fields[38], '3', 'a thread is not of SCHED_BATCH');
    }
  } finally {
    await server.stop();
  }
});

// A view holds a lock on one of the bytes 123 to 127 of the file beside the log (SQLite's WAL-mode file format, "Locks").
async function heldViews(server) {
  const inode = (await stat(path.join(server.folder, 'pcc.sqlite-shm'))).ino;
  const locks = (await readFile('/proc/locks', 'utf8')).split('\n').map((line) => line.trim().split(/\s+/));
  return locks.filter(([, , , , pid, file, from]) => Number(pid) === server.child.pid &&
    Number(file?.split(':')[2]) === inode && Number(from) >= 123 && Number(from) <= 127).length;
}

test('when nobody asks any more, no view of the database is held', onSqlite, async () => {
  const server = await startServer();
  try {
    const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
    await until(async () => {
      const asked = Array.from({ length: 50 }, () => admin.get('/tokens'));
      const held = await heldViews(server);
      await Promise.all(asked);
      return held > 0;
    }, 'a view to be held');
    // What the server looks at twice a second would end some, too; and this machine may be slow.
    let left = 0;
    for (let look = 0; look < 10; ++look) {
      await admin.get('/tokens');
      await new Promise((resolve) => setTimeout(resolve, 50));
      left += await heldViews(server);
    }
    assert.ok(left < 5, `in ${left} of 10 looks a view was held`);
  } finally {
    await server.stop();
  }
});
