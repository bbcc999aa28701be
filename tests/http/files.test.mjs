// The console's files: which one answers an address, compressed how, kept how long, under which policy.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import { assertProblem, httpRequest, startServer, temporaryFolder } from './harness.mjs';

let server;
let folder;
const script = `"use strict";\n${'let a = 1;\n'.repeat(500)}`;
const inside = { script: ['\nlet a = "é";\n', ' '], style: ['a { color: red }'] };
const page = `<!doctype html><title>PCC console</title><style>${inside.style[0]}</style><script src="/console-0123456789.js"></script>
  <script>${inside.script[0]}</script><script>${inside.script[1]}</script>`.padEnd(900, ' ');

before(async () => {
  folder = await temporaryFolder();
  const files = { 'index.html': page, 'console-0123456789.js': script, 'console-abcdef0123.wasm': 'wasm '.repeat(300),
    'favicon.svg': '<svg/>', '.hidden': 'secret', 'licences/inter.txt': 'licence' };
  await mkdir(path.join(folder, 'licences'));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(path.join(folder, name), text);
    if (!/html|js|wasm/.test(name)) continue;
    await writeFile(path.join(folder, `${name}.br`), zlib.brotliCompressSync(text));
    await writeFile(path.join(folder, `${name}.gz`), zlib.gzipSync(text));
  }
  server = await startServer({ consoleFolder: folder, options: [] });
});
after(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

const get = (target, headers = {}) => httpRequest(server.port, 'GET', target, headers);

test('addresses of the console are the page, addresses of files are the files', async () => {
  for (const target of ['/', '/networks', '/networks/net_x', '/configure/organization/tokens', '/audit?action=x', '/index.html']) {
    const answer = await get(target);
    assert.equal(answer.status, 200, target);
    assert.equal(answer.text, page);
    assert.equal(answer.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(answer.headers['cache-control'], 'no-cache');
  }
  assert.equal((await get('/licences/inter.txt')).text, 'licence');
});

test('what is not there is not there', async () => {
  for (const target of ['/favicon.png', '/console-9999999999.js', '/.hidden', '/console-0123456789.js.br', '/index.html.gz',
    '/licences/other.txt', '/x.y']) {
    assertProblem(await get(target), 404, 'not_found');
  }
  for (const target of ['/licences/../.hidden', '/%2e%2e/pcc.keys', '/..%2fpcc.keys', '/licences//inter.txt', '/a%00.txt']) {
    assertProblem(await get(target), 400, 'path_malformed');
  }
});

test('names that change with the content are kept for good, and have the right type', async () => {
  for (const [target, type] of [['/console-0123456789.js', 'text/javascript; charset=utf-8'],
    ['/console-abcdef0123.wasm', 'application/wasm']]) {
    const answer = await get(target);
    assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(answer.headers['content-type'], type);
  }
  assert.equal((await get('/favicon.svg')).headers['cache-control'], 'no-cache');
  assert.equal((await get('/favicon.svg')).headers['content-type'], 'image/svg+xml');
});

test('the smallest form that the browser takes', async () => {
  const asked = (accept) => get('/console-0123456789.js', accept === undefined ? {} : { 'Accept-Encoding': accept });
  const brotli = await asked('gzip, deflate, br, zstd');
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.equal(zlib.brotliDecompressSync(brotli.bytes).toString(), script);
  const gzip = await asked('gzip');
  assert.equal(gzip.headers['content-encoding'], 'gzip');
  assert.equal(zlib.gunzipSync(gzip.bytes).toString(), script);
  assert.equal((await asked('gzip;q=0.5, br;q=0')).headers['content-encoding'], 'gzip');
  for (const accept of [undefined, '', 'identity', 'br;q=0, gzip;q=0.0', 'brotli']) {
    const plain = await asked(accept);
    assert.equal(plain.headers['content-encoding'], undefined, accept);
    assert.equal(plain.text, script);
  }
  for (const answer of [brotli, gzip]) {
    assert.equal(answer.headers.vary, 'Accept-Encoding');
    assert.equal(Number(answer.headers['content-length']), answer.bytes.length);
  }
  assert.equal((await get('/favicon.svg', { 'Accept-Encoding': 'br' })).headers['content-encoding'], undefined);
});

test('a tag saves sending it again, and differs between forms', async () => {
  const brotli = { 'Accept-Encoding': 'br' };
  const first = await get('/', brotli);
  const plain = await get('/');
  assert.notEqual(first.headers.etag, plain.headers.etag);
  for (const tag of [first.headers.etag, `"x", ${first.headers.etag}`, `W/${first.headers.etag}`, '*']) {
    const again = await get('/', { ...brotli, 'If-None-Match': tag });
    assert.equal(again.status, 304, tag);
    assert.equal(again.bytes.length, 0);
    assert.equal(again.headers.etag, first.headers.etag);
    assert.equal(again.headers['cache-control'], 'no-cache');
  }
  assert.equal((await get('/', { 'If-None-Match': first.headers.etag })).status, 200);
});

test('HEAD is GET without the body', async () => {
  const [head, full] = [await httpRequest(server.port, 'HEAD', '/networks'), await get('/networks')];
  assert.equal(head.status, 200);
  assert.equal(head.bytes.length, 0);
  for (const name of ['content-length', 'content-type', 'etag', 'cache-control', 'content-security-policy']) {
    assert.equal(head.headers[name], full.headers[name], name);
  }
});

const hashesOf = (texts) => texts.map((text) => ` 'sha256-${createHash('sha256').update(text).digest('base64')}'`).join('');

test('the page may run our scripts and nothing else, and stands in no frame', async () => {
  for (const target of ['/', '/networks', '/console-0123456789.js']) {
    const [scripts, styles] = target.endsWith('.js') ? ['', ''] : [hashesOf(inside.script), hashesOf(inside.style)];
    const { headers } = await get(target);
    const policy = Object.fromEntries(headers['content-security-policy'].split('; ').map((part) => {
      const [name, ...values] = part.split(' ');
      return [name, values.join(' ')];
    }));
    assert.deepEqual(policy, {
      'default-src': "'none'", 'script-src': `'self' 'wasm-unsafe-eval'${scripts}`, 'connect-src': "'self'", 'style-src': `'self'${styles}`,
      'img-src': "'self' data:", 'font-src': "'self'", 'base-uri': "'none'", 'form-action': "'self'",
      'frame-ancestors': "'none'", 'require-trusted-types-for': "'script'", 'trusted-types': "'none'",
    });
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['x-frame-options'], 'DENY');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
  }
});

test('without a built console the page says so, and the interface answers', async () => {
  const bare = await startServer({ options: [] });
  try {
    for (const target of ['/', '/networks']) {
      const answer = await httpRequest(bare.port, 'GET', target);
      assert.equal(answer.status, 503);
      assert.match(answer.text, /The console is not built[\s\S]*scripts\/run/);
    }
    assertProblem(await httpRequest(bare.port, 'GET', '/favicon.svg'), 404, 'not_found');
    assertProblem(await httpRequest(bare.port, 'GET', '/api/v1/session'), 401, 'not_signed_in');
  } finally {
    await bare.stop();
  }
});

const memory = async () => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${server.child.pid}/status`, 'utf8'))[1]) / 1024;

/** A client that asks for `target` as often as it can, and reads nothing. Resolves once it is cut off. */
const askUnread = (target) => new Promise((resolve, reject) => {
  const request = `GET ${target} HTTP/1.1\r\nHost: localhost:${server.port}\r\n\r\n`.repeat(200);
  const socket = net.connect(server.port, '127.0.0.1');
  const patience = setTimeout(() => { socket.destroy(); reject(new Error('it was never cut off')); }, 20_000);
  const ask = () => { while (!socket.destroyed && socket.write(request)); };
  socket.pause();
  socket.on('connect', ask).on('drain', ask).on('error', () => {});
  socket.on('close', () => { clearTimeout(patience); resolve(); });
});

test('whoever asks on and never reads is cut off before the memory goes, and keeps nobody waiting', async () => {
  await writeFile(path.join(folder, 'large.txt'), 'x'.repeat(450_000));
  const large = await startServer({ consoleFolder: folder, options: [] });
  const small = server;
  server = large;
  try {
    const before = await memory();
    const others = Array.from({ length: 4 }, () => askUnread('/large.txt'));
    assert.equal((await get('/')).status, 200);
    await Promise.all(others);
    const grown = await memory() - before;
    assert.ok(grown < 500, `${grown} MiB more`);
    const whole = await get('/large.txt');
    assert.equal(whole.text.length, 450_000);
  } finally {
    server = small;
    await large.stop();
  }
});
