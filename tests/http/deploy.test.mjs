// What is handed to systemd, to a container and to whoever sets it up is true of the program as it is.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { binary, root, startServer, temporaryFolder } from './harness.mjs';

const run = promisify(execFile);
const deployed = (name) => path.join(root, 'server/deploy', name);
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PCC_')));
const printed = async (file) => (await run(binary, ['serve', '--config', file, '--print-config'], { env: clean })).stdout;

test('the configuration that is shipped is one, and so is what it has in comments', async () => {
  const out = await printed(deployed('pcc.conf'));
  assert.match(out, /^data = "\/var\/lib\/pcc" /m);
  assert.match(out, /^trusted-proxy = \["127.0.0.1", "::1"\]/m);
  const folder = await temporaryFolder();
  try {
    for (const name of ['fullchain.pem', 'privkey.pem']) await writeFile(path.join(folder, name), '');
    const text = (await readFile(deployed('pcc.conf'), 'utf8')).replaceAll('/etc/pcc/tls', folder);
    const shown = [...text.matchAll(/^# ([a-z-]+ = .*)$/gm)].map(([, line]) => line);
    const keys = new Set(shown.map((line) => line.split(' ')[0]));
    assert.ok(keys.has('tls-cert') && keys.has('database'));
    const kept = text.split('\n').filter((line) => !keys.has(line.split(' ')[0]));
    await writeFile(path.join(folder, 'pcc.conf'), [...kept, ...shown].join('\n'));
    assert.match(await printed(path.join(folder, 'pcc.conf')), /^tls-cert = /m);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const hasSystemd = await run('systemd-analyze', ['--version']).then(() => true, () => false);

test('systemd finds nothing wrong with the unit', { skip: hasSystemd ? false : 'no systemd-analyze' }, async () => {
  const folder = await temporaryFolder();
  try {
    const unit = (await readFile(deployed('pcc-server.service'), 'utf8')).replace('/usr/local/bin/pcc-server', binary);
    const file = path.join(folder, 'pcc-server.service');
    await writeFile(file, unit);
    const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', file]);
    assert.equal(stdout + stderr, '');
    const rated = await run('systemd-analyze', ['security', '--offline=yes', '--threshold=20', file]);
    assert.match(rated.stdout, /Overall exposure level/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('the unit starts the program in words it knows, and gives it the time that it takes to stop', async () => {
  const unit = await readFile(deployed('pcc-server.service'), 'utf8');
  const [, words] = /^ExecStart=\S+ (.*)$/m.exec(unit);
  const told = words.replace('/etc/pcc/pcc.conf', deployed('pcc.conf')).split(' ');
  const { stdout } = await run(binary, [...told, '--print-config'], { env: clean });
  const source = await readFile(path.join(root, 'server/transport/stopping.hpp'), 'utf8');
  const drain = Number(/seconds drain\{(\d+)\}/.exec(source)[1]);
  const wait = Number(/^stop-wait = (\d+)/m.exec(stdout)[1]);
  const granted = Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)[1]);
  assert.ok(granted > wait + drain, `${granted} s for ${wait} s and ${drain} s`);
});

/** What a Containerfile runs, with lines that are continued put together. */
const instructions = async () => (await readFile(deployed('Containerfile'), 'utf8')).replace(/\\\n/g, ' ')
  .split('\n').filter((line) => /^[A-Z]+ /.test(line)).map((line) => line.replace(/ +/g, ' '));

test('the container is built by the commands that build everything', async () => {
  const lines = await instructions();
  const runs = lines.filter((line) => line.startsWith('RUN ')).map((line) => line.slice(4));
  assert.ok(runs.includes('scripts/setup server web'));
  const presets = JSON.parse(await readFile(path.join(root, 'CMakePresets.json'), 'utf8')).buildPresets.map((p) => p.name);
  const used = runs.flatMap((line) => [...line.matchAll(/--preset (\S+)/g)].map(([, name]) => name));
  assert.deepEqual([...new Set(used)].sort(), ['release', 'web']);
  for (const name of used) assert.ok(presets.includes(name), name);
  const ignored = await readFile(deployed('Containerfile.dockerignore'), 'utf8');
  for (const name of ['build', 'data', '.git']) assert.ok(ignored.split('\n').includes(name));
});

test('the container has the libraries that the program is linked with', async () => {
  const packages = (await instructions()).find((line) => line.includes('--no-install-recommends')).split(' ');
  const { stdout } = await run('readelf', ['-d', binary]);
  const needed = [...stdout.matchAll(/NEEDED.*\[(.+)\]/g)].map(([, name]) => name)
    .filter((name) => !/^(libasan|libubsan|libm|libc|libgcc_s|ld-linux.*)\.so/.test(name));
  assert.ok(needed.length >= 8, stdout);
  for (const name of needed) {
    const found = await run('dpkg', ['-S', `*/${name}`]).then((o) => o.stdout.split('\n')[0].split(':')[0], () => '');
    assert.ok(packages.includes(found), `${name} is in ${found}, which the container has not`);
  }
});

test('the container\'s look at its health tells ready from not', async () => {
  const line = (await instructions()).find((each) => each.startsWith('HEALTHCHECK'));
  const [command, ...parameters] = JSON.parse(line.slice(line.indexOf('[')));
  const server = await startServer({ options: ['--demo', '--behind-tls', '--stop-wait', '3600'] });
  const look = async () => {
    const child = spawn(command, parameters, { env: { ...clean, PCC_PORT: String(server.port) }, stdio: 'ignore' });
    return (await once(child, 'close'))[0];
  };
  assert.equal(await look(), 0);
  server.child.kill('SIGTERM');
  for (let code = 0; code === 0;) code = await look();
  await server.stop();
  assert.notEqual(await look(), 0);
});

test('the container\'s environment is one the program starts in', async () => {
  const folder = await temporaryFolder();
  const line = (await instructions()).filter((each) => each.startsWith('ENV ')).at(-1);
  const env = Object.fromEntries(line.slice(4).trim().split(' ').map((pair) => pair.split('=')));
  await mkdir(path.join(folder, 'empty'));
  const { stdout } = await run(binary, ['serve', '--print-config'], { env: { ...clean, ...env } });
  assert.match(stdout, /^host = "0.0.0.0" +# environment PCC_HOST$/m);
  assert.match(stdout, /^behind-tls = true /m);
  await rm(folder, { recursive: true, force: true });
});

test('the operations page names options, events and metrics as they are', async () => {
  const page = await readFile(path.join(root, 'server/OPERATIONS.md'), 'utf8');
  const server = await startServer({ options: ['--demo'] });
  await server.stop();
  const sources = (await run('grep', ['-rhoE', '"(pcc|process)_[a-z_]+"|"(server|store|tls|transport)\\.[a-z_]+"', path.join(root, 'server')])).stdout;
  const known = new Set(sources.split('\n').map((name) => name.slice(1, -1)));
  const metrics = [...page.matchAll(/\b((?:pcc|process)_[a-z_]+)/g)].map(([, name]) => name.replace(/_bucket$/, ''));
  const events = [...page.matchAll(/`((?:server|store|tls|transport)\.[a-z_]+)`/g)].map(([, name]) => name);
  assert.ok(metrics.length > 8 && events.length > 6);
  for (const name of [...metrics, ...events]) assert.ok(known.has(name), `${name} is not in the program`);
  const options = Object.keys(Object.fromEntries([...(await printed(deployed('pcc.conf'))).matchAll(/^#? ?([a-z-]+) /gm)].map(([, k]) => [k, 1])));
  for (const name of ['trusted-proxy', 'tls-cert', 'tls-key', 'stop-wait', 'metrics-listen', 'database']) {
    assert.ok(options.includes(name) && page.includes(`\`${name}\``), name);
  }
});

test('the operations page gives commands as they can be given', async () => {
  const page = await readFile(path.join(root, 'server/OPERATIONS.md'), 'utf8');
  const inText = [...page.matchAll(/`pcc-server ([^`]+)`/g)];
  const inBlocks = [...page.matchAll(/^ {4}.*?pcc-server ((?:[^\n\\]|\\\n)+)$/gm)];
  const help = async (command) => (await run(binary, [command, '--help'], { env: clean })).stdout;
  const commands = [...inText, ...inBlocks].map(([, text]) => text.split(/\s+/)).filter(([command]) => /^[a-z-]+$/.test(command));
  assert.ok(commands.length > 6);
  for (const [command, ...words] of commands) {
    const known = await help(command);
    for (const option of words.filter((word) => word.startsWith('--'))) {
      assert.ok(known.includes(`${option} `), `${command} ${option}`);
    }
  }
  const serve = await help('serve');
  for (const [, name] of page.matchAll(/`([a-z]+-[a-z-]+)`/g)) {
    if (!['pcc-server', ...commands.map(([command]) => command)].includes(name)) assert.ok(serve.includes(`--${name} `), name);
  }
});
