// TLS spoken by the server itself, with a certificate made here, and one that takes its place.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { after, before, test } from 'node:test';
import { accountOf, freePort, httpRequest, runProgram, startServer, temporaryFolder, until } from './harness.mjs';

let folder;
before(async () => {
  folder = await temporaryFolder();
  for (const name of ['first', 'second']) {
    await promisify(execFile)('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
      '-keyout', path.join(folder, `${name}.key`), '-out', path.join(folder, `${name}.pem`), '-days', '2', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']);
  }
});
after(() => rm(folder, { recursive: true, force: true }));

async function use(name) {
  await copyFile(path.join(folder, `${name}.pem`), path.join(folder, 'cert.pem'));
  await copyFile(path.join(folder, `${name}.key`), path.join(folder, 'key.pem'));
}

async function withTls(act, env) {
  await use('first');
  const server = await startServer({ options: ['--demo', '--tls-cert', path.join(folder, 'cert.pem'),
    '--tls-key', path.join(folder, 'key.pem')], env });
  try {
    await act(server);
  } finally {
    await server.stop();
  }
}

async function ask(port, method, target, { headers = {}, body, ca = 'first' } = {}) {
  const request = https.request({ host: '127.0.0.1', port, method, path: target, headers, agent: false,
    ca: await readFile(path.join(folder, `${ca}.pem`)) });
  request.end(body);
  const [response] = await once(request, 'response');
  let text = '';
  for await (const part of response) text += part;
  return { status: response.statusCode, headers: response.headers, text };
}

async function connect(port, options = {}) {
  const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

test('the whole of it goes over TLS', () => withTls(async (server) => {
  assert.equal(server.url, `https://127.0.0.1:${server.port}`);
  assert.equal((await ask(server.port, 'GET', '/readyz')).status, 200);
  const { email, password } = accountOf(server, 'admin', 'Aurora Hotels');
  const signedIn = await ask(server.port, 'POST', '/api/v1/session', { body: JSON.stringify({ email, password }),
    headers: { 'Content-Type': 'application/json', Origin: `https://127.0.0.1:${server.port}` } });
  assert.equal(signedIn.status, 200, signedIn.text);
  const cookie = signedIn.headers['set-cookie'][0];
  assert.match(cookie, /^__Host-pcc_session=.*; Secure/);
  for (const target of ['/api/v1/session', '/livez', '/']) {
    const answer = await ask(server.port, 'GET', target, { headers: { Cookie: cookie.split(';')[0] } });
    assert.match(answer.headers['strict-transport-security'], /^max-age=\d{7,}$/, target);
  }
}));

test('what is odd is refused within TLS as it is without', () => withTls(async (server) => {
  const socket = await connect(server.port);
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n');
  const [bytes] = await once(socket, 'data');
  assert.match(bytes.toString(), /^HTTP\/1\.1 400 /);
  socket.destroy();
}));

test('old TLS and no TLS are not spoken, whatever the library would allow', async () => {
  const lenient = path.join(folder, 'openssl.cnf');
  await writeFile(lenient, ['openssl_conf = all', '[all]', 'ssl_conf = modules', '[modules]', 'system_default = lenient',
    '[lenient]', 'MinProtocol = TLSv1', 'CipherString = ALL:@SECLEVEL=0', ''].join('\n'));
  await withTls(async (server) => {
    await assert.rejects(connect(server.port, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }));
    const modern = await connect(server.port, { minVersion: 'TLSv1.3' });
    modern.destroy();
    await assert.rejects(httpRequest(server.port, 'GET', '/livez'));
    assert.equal((await ask(server.port, 'GET', '/livez')).status, 200);
  }, { OPENSSL_CONF: lenient });
});

test('a renewed certificate is used from SIGHUP on, and what was open stays so', () => withTls(async (server) => {
  const kept = await connect(server.port);
  await use('second');
  await ask(server.port, 'GET', '/livez');
  server.child.kill('SIGHUP');
  await until(() => server.stderr.includes('"tls.renewed"'), 'the renewal');
  await until(async () => (await ask(server.port, 'GET', '/livez', { ca: 'second' })).status === 200, 'the new certificate');
  await assert.rejects(ask(server.port, 'GET', '/livez', { ca: 'first' }));
  kept.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n');
  const [bytes] = await once(kept, 'data');
  assert.match(bytes.toString(), /^HTTP\/1\.1 200 /);
  kept.destroy();
}));

test('one that cannot be used is told at SIGHUP, and the old one kept', () => withTls(async (server) => {
  await writeFile(path.join(folder, 'cert.pem'), 'no certificate\n');
  server.child.kill('SIGHUP');
  await until(() => server.stderr.includes('"tls.kept"'), 'the refusal');
  assert.match(server.stderr, /"level":"error","event":"tls\.kept","reason":"The certificate /);
  assert.equal((await ask(server.port, 'GET', '/livez')).status, 200);
}));

test('certificates and keys that do not go together are told at the start', async () => {
  await use('first');
  await copyFile(path.join(folder, 'second.key'), path.join(folder, 'key.pem'));
  const start = async () => runProgram(['serve', '--data', path.join(folder, 'data'), '--port', String(await freePort()),
    '--tls-cert', path.join(folder, 'cert.pem'), '--tls-key', path.join(folder, 'key.pem')]);
  const mismatch = await start();
  assert.equal(mismatch.code, 1, mismatch.stderr);
  assert.match(mismatch.stderr, /^pcc-server: The private key .* cannot be used with the certificate .*\n$/);
  await writeFile(path.join(folder, 'cert.pem'), 'no certificate\n');
  assert.match((await start()).stderr, /^pcc-server: The certificate .* cannot be used \(.*\n$/);
});

test('whoever drags the handshake out is cut off, and whoever is through is not', () => withTls(async (server) => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  const askOn = async () => {
    const request = https.get({ host: '127.0.0.1', port: server.port, path: '/livez', agent });
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
    return { status: response.statusCode, reused: request.reusedSocket };
  };
  assert.equal((await askOn()).status, 200);
  const began = Date.now();
  const slow = net.connect(server.port, '127.0.0.1').on('error', () => {});
  // A record of 16 KB is announced, and comes byte by byte.
  slow.write(Buffer.from([0x16, 3, 1, 0x40, 0]));
  const drip = setInterval(() => slow.write(Buffer.from([1])), 500);
  await once(slow, 'close');
  clearInterval(drip);
  const took = (Date.now() - began) / 1000;
  assert.ok(took > 25 && took < 50, `${took} s`);
  assert.deepEqual(await askOn(), { status: 200, reused: true });
  agent.destroy();
}));
