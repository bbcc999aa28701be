// What the program can be told by file, environment and flags, which of them counts, and what it says
// when something is wrong.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { binary, startServer, temporaryFolder } from './harness.mjs';

let folder;
before(async () => { folder = await temporaryFolder(); });
after(() => rm(folder, { recursive: true, force: true }));

/** Runs the program with that environment, and no other PCC_ variable. */
async function run(words, env = {}) {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PCC_')));
  const child = spawn(binary, words, { env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (part) => (output.stdout += part));
  child.stderr.on('data', (part) => (output.stderr += part));
  const [code] = await once(child, 'close');
  return { code, ...output };
}

async function configured(text, mode = 0o640) {
  const file = path.join(folder, 'pcc.conf');
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

/** Runs `serve` with that file and environment. */
async function serve(text, { flags = ['--print-config'], env = {}, file, mode } = {}) {
  const written = await configured(text, mode);
  file ??= written;
  return { file, ...(await run(['serve', '--config', file, ...flags], env)) };
}

const linesOf = (text) => Object.fromEntries(text.trim().split('\n').map((line) => {
  const [, key, value, origin] = /^#? ?(\S+)(?: = (.*?)| is not set) +# (.*)$/.exec(line) ?? assert.fail(line);
  return [key, { value, origin }];
}));

test('a flag counts before the environment, that before the file, and that before the default', async () => {
  const text = 'data = "/srv/pcc"\nport = 1001\nlog-level = "error"\nlog-format = text\n';
  const { code, stdout, stderr, file } = await serve(text, {
    flags: ['--print-config', '--port', '1003'], env: { PCC_PORT: '1002', PCC_LOG_LEVEL: 'debug' } });
  assert.equal(code, 0, stderr);
  const lines = linesOf(stdout);
  assert.deepEqual(lines.port, { value: '1003', origin: 'flag' });
  assert.deepEqual(lines['log-level'], { value: '"debug"', origin: 'environment PCC_LOG_LEVEL' });
  assert.deepEqual(lines['log-format'], { value: '"text"', origin: `${file}:4` });
  assert.deepEqual(lines.data, { value: '"/srv/pcc"', origin: `${file}:1` });
  assert.deepEqual(lines.host, { value: '"127.0.0.1"', origin: 'default' });
  assert.deepEqual(lines['tls-cert'], { value: undefined, origin: 'default' });
  assert.deepEqual(lines.demo, { value: 'false', origin: 'default' });
});

test('what is printed can be read again, and says the same', async () => {
  const text = '# the whole of it\n\ndata = /srv/pcc folder\ntrusted-proxy = [ "10.0.0.0/8" , "::1" ]\ndemo = true\nstop-wait = 5 # seconds\n';
  const first = await serve(text.replace('/srv/pcc folder', '"/srv/pcc folder"'));
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stdout, /^trusted-proxy = \["10.0.0.0\/8", "::1"\]/m);
  assert.match(first.stdout, /^data = "\/srv\/pcc folder" /m);
  assert.match(first.stdout, /^stop-wait = 5 /m);
  const again = await serve(first.stdout);
  const values = ({ stdout }) => Object.entries(linesOf(stdout)).map(([key, { value }]) => [key, value]);
  assert.deepEqual(values(again), values(first));
});

test('every option of serve can be set by file and by environment', async () => {
  const { stdout } = await serve('data = x\n', { flags: ['--help'] });
  const known = [...stdout.matchAll(/^ +--([a-z-]+)[^\[]*(?:\[\d[^\[]*)?\[(PCC_[A-Z_]+)\]/gm)].map(([, key, name]) => [key, name]);
  const printed = Object.keys(linesOf((await serve('data = x\n')).stdout));
  assert.deepEqual(known.map(([key]) => key).filter((key) => key !== 'config').sort(), printed.sort());
  for (const [key, name] of known) assert.equal(name, `PCC_${key.toUpperCase().replaceAll('-', '_')}`);
});

const wrong = [
  ['an unknown key', 'data = x\nprot = 80\n', 2, /there is no setting "prot"/],
  ['a key of the command line alone', 'data = x\nprint-config = true\n', 2, /there is no setting "print-config"/],
  ['a value that is no number', 'data = x\n\n# a comment\nport = many\n', 4, /port: /],
  ['a value out of range', 'port = 70000\ndata = x\n', 1, /port: .*70000/],
  ['a word that is none of the known', 'data = x\nlog-level = loud\n', 2, /log-level: /],
  ['a flag that is neither', 'data = x\ndemo = perhaps\n', 2, /demo: it is true or false/],
  ['a key without a value', 'data = x\nport =\n', 2, /port: there is no value/],
  ['a line that is no setting', 'data = x\nport 80\n', 2, /no setting/],
  ['a section', 'data = x\n[serve]\nport = 80\n', 2, /no setting/],
  ['a key twice', 'port = 80\ndata = x\nport = 81\n', 3, /port was set in line 1 already/],
  ['several values for one', 'data = x\nport = [80, 81]\n', 2, /one value/],
  ['a list that goes on', 'data = x\ntrusted-proxy = [10.0.0.0/8,\n10.1.0.0/16]\n', 2, /same line/],
  ['a network that is none', 'data = x\ntrusted-proxy = [10.0.0.0/8, 10.0.0.0/40]\n', 2, /trusted-proxy: .*10\.0\.0\.0\/40/],
  ['a place for metrics that is none', 'data = x\nmetrics-listen = 9464\n', 2, /metrics-listen: /],
  ['a certificate that is not there', 'data = x\ntls-cert = /nowhere/cert.pem\n', 2, /tls-cert: .*\/nowhere\/cert.pem/],
  ['a database of another kind', 'data = x\ndatabase = mysql://u:canary-7@h/d\n', 2, /database: /],
  ['a # within quotes', 'data = x\ndatabase = "postgresql://u:canary#7@h/d"\n', 2, /#/],
];
for (const [what, text, line, sentence] of wrong) {
  test(`${what} is told with its file and line`, async () => {
    const { code, stdout, stderr, file } = await serve(text);
    assert.equal(code, 2, stdout + stderr);
    assert.equal(stdout, '');
    assert.ok(stderr.includes(`${file}:${line}: `), stderr);
    assert.match(stderr, sentence);
    assert.doesNotMatch(stderr, /canary/, 'a value that may be a secret');
    assert.match(stderr, /--help/);
  });
}

test('all that is wrong is told at once', async () => {
  const { code, stderr, file } = await serve('data = x\nport = 0\nhots = 1\nlog-level = loud\n', { env: { PCC_HOST: 'here' } });
  assert.equal(code, 2);
  for (const place of [`${file}:2: port`, `${file}:3: `, `${file}:4: log-level`, 'PCC_HOST: host']) {
    assert.ok(stderr.includes(place), `${place} is not in ${stderr}`);
  }
});

test('a wrong value of the environment is told with its variable', async () => {
  const { code, stderr } = await serve('data = x\n', { env: { PCC_PORT: '0' } });
  assert.equal(code, 2);
  assert.match(stderr, /PCC_PORT: port: /);
});

test('a file that cannot be read is told', async () => {
  for (const [file, reason] of [[path.join(folder, 'none.conf'), 'No such file'], [folder, 'Is a directory']]) {
    const { code, stderr } = await serve('', { file });
    assert.equal(code, 2);
    assert.ok(stderr.includes(`${file} cannot be read (${reason}`), stderr);
  }
});

test('what goes together is told where half of it is missing', async () => {
  assert.match((await serve('port = 80\n')).stderr, /data: it has to be given/);
  const half = await serve(`data = x\ntls-cert = ${path.join(folder, 'pcc.conf')}\n`);
  assert.equal(half.code, 2);
  assert.match(half.stderr, /tls-key/);
});

test('plain HTTP where others can reach it is refused, unless TLS stands in front', async () => {
  for (const host of ['0.0.0.0', '::', '192.0.2.1']) {
    const bare = await serve(`data = x\nhost = "${host}"\n`);
    assert.equal(bare.code, 2, host);
    assert.match(bare.stderr, /in the clear/);
    for (const more of ['behind-tls = true', 'trusted-proxy = 10.0.0.0/8']) {
      assert.equal((await serve(`data = x\nhost = "${host}"\n${more}\n`)).code, 0, more);
    }
  }
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) {
    assert.equal((await serve(`data = x\nhost = "${host}"\n`)).code, 0, host);
  }
});

test('passwords are not printed', async () => {
  const addresses = ['postgresql://pcc:canary-1@db.example/pcc', 'postgresql://pcc@db/pcc?password=canary-2&sslmode=require',
    'postgres://pcc:canary:3@db/pcc'];
  for (const address of addresses) {
    const { code, stdout } = await serve(`data = x\ndatabase = "${address}"\n`);
    assert.equal(code, 0);
    assert.match(stdout, /^database = "postgres(ql)?:\/\/pcc.*\*\*\*/m);
    assert.doesNotMatch(stdout, /canary/);
  }
});

test('a file with a password in it that others may read is refused', async () => {
  const text = 'data = x\ndatabase = "postgresql://pcc:canary-1@db.example/pcc"\n';
  const open = await serve(text, { mode: 0o644 });
  assert.equal(open.code, 2);
  assert.match(open.stderr, /others may read it/);
  assert.doesNotMatch(open.stderr, /canary/);
  assert.equal((await serve(text, { mode: 0o640 })).code, 0);
  assert.equal((await serve('data = x\ndatabase = "postgresql://pcc@db.example/pcc"\n', { mode: 0o644 })).code, 0);
});

test('the file may be named by the environment', async () => {
  const { file } = await serve('data = x\nport = 4711\n');
  const { code, stdout } = await run(['serve', '--print-config'], { PCC_CONFIG: file });
  assert.equal(code, 0);
  assert.match(stdout, /^port = 4711 /m);
});

test('the other commands find the installation in the file of the server', async () => {
  const data = path.join(folder, 'installed');
  const database = `sqlite:${path.join(data, 'pcc.sqlite')}`;
  const options = ['--demo', '--database', database, '--tombstones', path.join(folder, 'kept.ends')];
  await (await startServer({ data, options })).stop();
  const settings = (more = '') => `data = "${data}"\nport = 1001\ntrusted-proxy = ["10.0.0.1"]\n`
    + `tombstones = "${path.join(folder, 'kept.ends')}"\n${more}`;
  const file = await configured(settings());
  const verified = await run(['verify-audit', '--config', file]);
  assert.equal(verified.code, 0, verified.stderr);
  assert.equal((await run(['verify-audit'], { PCC_CONFIG: file })).code, 0);
  const backup = path.join(folder, 'backup');
  assert.equal((await run(['backup', '--config', file, '--to', backup])).code, 0);
  await rm(path.join(data, 'pcc.sqlite'));
  const restored = await run(['restore', '--config', file, '--from', backup]);
  assert.equal(restored.code, 0, restored.stdout + restored.stderr);
  assert.equal((await run(['verify-audit', '--config', file, '--database', database])).code, 0, 'a flag goes with it');
  const elsewhere = await run(['verify-audit', '--config', file, '--data', path.join(folder, 'nothing')]);
  assert.notEqual(elsewhere.code, 0, 'a flag counts before the file');
  const wrong = await run(['verify-audit', '--config', await configured(settings('database = "mysql:x"\n'))]);
  assert.match(wrong.stderr, /postgresql:/);
  assert.notEqual(wrong.code, 0);
});

test('a command without a data folder says how to name it', async () => {
  for (const words of [['verify-audit'], ['backup', '--to', 'x'], ['reseal'], ['rotate-keys']]) {
    const { code, stderr } = await run(words);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /--data.*--config/);
  }
  const { code, stderr } = await run(['verify-audit', '--config', path.join(folder, 'none.conf')]);
  assert.equal(code, 2);
  assert.match(stderr, /none\.conf/);
});
