// The bad-input catalogue, its HTTP part, byte by byte: one meaning for each request, or a refusal.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';
import { accountOf, assertProblem, Client, httpRequest, rawRequest, startServer } from './harness.mjs';

let server;
let admin;

before(async () => {
  server = await startServer();
  admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
});
after(() => server?.stop());

async function stillWorks() {
  assert.equal((await admin.get('/organization')).status, 200);
  assert.equal((await httpRequest(server.port, 'GET', '/readyz')).status, 200);
}

const head = (lines) => `${lines.join('\r\n')}\r\n\r\n`;
const get = (target, ...more) => head([`GET ${target} HTTP/1.1`, 'Host: x', `Cookie: ${admin.cookie}`,
  'Connection: close', ...more]);
const post = (...more) => [`POST /api/v1/tokens HTTP/1.1`, 'Host: x', `Cookie: ${admin.cookie}`,
  `X-PCC-CSRF: ${admin.csrf}`, 'Content-Type: application/json', ...more];

// Other spellings of /api/v1/organization, which the admin may read.
const confusing = [
  '//api/v1/organization', '/api//v1/organization', '/api/v1//organization', '/./api/v1/organization',
  '/api/./v1/organization', '/api/v1/x/../organization', '/api/v1/./organization', '/api/v1/organization/.',
  '/api/v1/%6frganization', '/%61pi/v1/organization', '/api%2fv1/organization', '/api/v1%2Forganization',
  '/api/v1/%2e%2e/v1/organization', '/api/v1/%2e/organization', '/api/v1/organization%00',
  '/api/v1/organization%20', '/api/v1/organization%0d%0a', '/api\\v1\\organization', '/api/v1/organization;x=1',
  '/api/v1/%c0%ae%c0%ae/organization', '/api/v1/organization%3fx', '/..%2f/api/v1/organization',
];

for (const target of confusing) {
  test(`path: ${target} is refused, not mended`, async () => {
    const answer = await rawRequest(server.port, get(target));
    assertProblem(answer, 400, 'path_malformed');
    assert.ok(!answer.text.includes('Aurora'));
  });
}

test('path: other addresses are not there, in whatever case', async () => {
  const targets = ['/api', '/api/', '/api/v1', '/api/v1/', '/api/v2/organization', '/API/v1/organization',
    '/api/V1/organization', '/api/v1/Organization', '/api/v1/organization/', '/api/v1/organizations',
    '/openapi.yaml', '/console.map', '/.env', '/pcc.sqlite'];
  for (const target of targets) {
    const answer = await rawRequest(server.port, get(target));
    assertProblem(answer, 404, 'not_found');
  }
});

test('path: an absolute address, an asterisk and a fragment are no targets', async () => {
  for (const target of ['http://x/api/v1/organization', '*', 'api/v1/organization', '/api/v1/organization#x',
    '/api/v1/organization\u00e9', '/api/v1/organi\tzation', '@/api/v1/organization']) {
    assertProblem(await rawRequest(server.port, get(target)), 400);
  }
  await stillWorks();
});

// [what, the bytes, status, code]
const body = '{"validity":"2h"}';
const framing = () => [
  ['two Content-Lengths', head(post('Content-Length: 17', 'Content-Length: 0')) + body, 400],
  ['two equal Content-Lengths', head(post('Content-Length: 17', 'Content-Length: 17')) + body, 400],
  ['a list of Content-Lengths', head(post('Content-Length: 17, 17')) + body, 400],
  ['a signed Content-Length', head(post('Content-Length: +17')) + body, 400],
  ['a negative Content-Length', head(post('Content-Length: -1')) + body, 400],
  ['a hexadecimal Content-Length', head(post('Content-Length: 0x11')) + body, 400],
  ['an empty Content-Length', head(post('Content-Length:')) + body, 400],
  ['CL and TE', head(post('Content-Length: 17', 'Transfer-Encoding: chunked')) + `0\r\n\r\n${body}`, 400],
  ['TE and CL', head(post('Transfer-Encoding: chunked', 'Content-Length: 4')) + '11\r\n', 400],
  ['TE alone', head(post('Transfer-Encoding: chunked')) + `11\r\n${body}\r\n0\r\n\r\n`, 411],
  ['an odd TE', head(post('Transfer-Encoding: xchunked')) + body, 411],
  ['two TEs', head(post('Transfer-Encoding: chunked', 'Transfer-Encoding: identity')) + body, 400],
  ['a space before the colon', head(post('Content-Length : 17')) + body, 400],
  ['a folded header', head(post('X-A: b\r\n c', 'Content-Length: 17')) + body, 400],
  ['a header without a colon', head(post('Content-Length: 17', 'nonsense')) + body, 400],
  ['a bare line feed', head(post('X-A: b\nContent-Length: 17')) + body, 400],
  ['a NUL in a header', head(post('X-A: b\u0000c')), 400],
  ['no Host', head(['GET /api/v1/organization HTTP/1.1', `Cookie: ${admin.cookie}`]), 400],
  ['two Hosts', get('/api/v1/organization', 'Host: y'), 400],
  ['two Cookie headers', get('/api/v1/organization', `Cookie: ${admin.cookie}`), 400],
  ['two CSRF headers', head(post('X-PCC-CSRF: other', 'Content-Length: 17')) + body, 400],
  ['two assumptions', get('/api/v1/organization', 'PCC-Assumption: asm_a', 'PCC-Assumption: asm_b'), 400],
  ['two session cookies', get('/api/v1/organization').replace(admin.cookie, `${admin.cookie}; ${admin.cookie}x`), 401],
  ['a gzip body', head(post('Content-Encoding: gzip', 'Content-Length: 17')) + body, 415],
  ['a WebSocket', get('/api/v1/events', 'Upgrade: websocket', 'Sec-WebSocket-Key: x'), 400],
  ['a body that is expected and does not come', head(post('Expect: 100-continue', 'Content-Length: 0')), 417],
  ['an expectation in other letters', head(post('Expect: 100-Continue', 'Content-Length: 17')) + body, 417],
  ['an unknown expectation', head(post('Expect: coffee', 'Content-Length: 17')) + body, 417],
  ['a version nobody has', head(['GET /api/v1/organization HTTP/3.0', 'Host: x']), 400],
  ['no version', head(['GET /api/v1/organization', 'Host: x']), 400],
  ['a TLS greeting', Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3, 13, 10, 13, 10]), 400],
  ['a 64 KiB header', get('/api/v1/organization', `X-Big: ${'a'.repeat(65_536)}`), 431],
  ['10,000 headers', get('/api/v1/organization', ...Array(10_000).fill('X-Many: 1')), 431],
  ['101 headers', get('/api/v1/organization', ...Array(101).fill('X-Many: 1')), 431],
  ['a 64 KiB target', get(`/api/v1/tokens?q=${'a'.repeat(65_536)}`), 431],
  ['a body of 65 KiB', head(post('Content-Length: 66560')) + 'a'.repeat(66_560), 413],
  ['a body of 10 MB', head(post('Content-Length: 10000000')) + 'a'.repeat(10_000_000), 413],
  ['a body of 2^64 bytes', head(post('Content-Length: 18446744073709551616')), 413],
  ['a header of the gate\'s own', get('/api/v1/organization', 'PCC-Gate-Refusal: method'), 400],
  ['a cookie past the gate', get('/api/v1/organization', `PCC-Gate-Cookie: ${'x=y'}`), 400],
];

for (const [i, name] of framing0().entries()) {
  test(`framing: ${name} is refused, and nothing behind it is served`, async () => {
    const [, bytes, status] = framing()[i];
    const before = (await admin.get('/tokens')).json.total;
    const smuggled = get('/api/v1/organization');
    const answer = await rawRequest(server.port, typeof bytes === 'string' ? bytes + smuggled : bytes);
    assertProblem(answer, status);
    if (status !== 401) assert.equal(answer.headers.connection, 'close');
    if (status !== 401) assert.equal(answer.count, 1, 'a second answer came');
    assert.equal((await admin.get('/tokens')).json.total, before);
    await stillWorks();
  });
}

// The names alone, for the bytes need a session.
function framing0() {
  admin = { cookie: '', csrf: '' };
  return framing().map(([name]) => name);
}

test('methods: those the contract does not have are refused with what there is', async () => {
  for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'CONNECT', 'PROPFIND', 'BREW']) {
    const answer = await rawRequest(server.port,
      head([`${method} /api/v1/tokens HTTP/1.1`, 'Host: x', `Cookie: ${admin.cookie}`, 'Connection: close']));
    assert.equal(answer.status, 405, `${method}: ${answer.text}`);
    assert.deepEqual(answer.headers.allow?.split(', ').sort(), ['GET', 'POST'], method);
    assert.ok(!answer.text.includes(admin.cookie), `${method} echoes the cookie`);
    if (method !== 'HEAD') assertProblem(answer, 405, 'method_not_allowed');
  }
  assertProblem(await admin.patch('/session', {}), 405, 'method_not_allowed');
  assertProblem(await httpRequest(server.port, 'POST', '/'), 405, 'method_not_allowed');
  await stillWorks();
});

test('a known password does not help a forged page', async () => {
  const forged = [
    { Origin: 'null' }, { Origin: 'http://evil.example' }, { Origin: `http://localhost:${server.port}` },
    { 'Sec-Fetch-Site': 'cross-site' }, { 'Sec-Fetch-Site': 'same-site' },
  ];
  const before = (await admin.get('/tokens')).json.total;
  for (const headers of forged) {
    assertProblem(await admin.post('/tokens', { validity: '2h' }, { headers }), 403, 'csrf_failed');
    const { email, password } = accountOf(server, 'admin', 'Fieldworks');
    const signIn = await new Client(server).post('/session', { email, password }, { headers });
    assertProblem(signIn, 403, 'csrf_failed');
  }
  assert.equal((await admin.get('/tokens')).json.total, before);
  const headers = { Origin: `http://127.0.0.1:${server.port}`, 'Sec-Fetch-Site': 'same-origin' };
  assert.equal((await admin.post('/tokens', { validity: '2h' }, { headers })).status, 201);
});

test('X-Forwarded-For is not believed', async () => {
  const headers = { 'X-Forwarded-For': '203.0.113.9', 'X-Real-IP': '203.0.113.9', Forwarded: 'for=203.0.113.9' };
  assert.equal((await admin.post('/tokens', { validity: '2h' }, { headers })).status, 201);
  const [latest] = (await admin.get('/audit?action=token.generated&limit=1')).json.items;
  assert.equal(latest.ip, '127.0.0.1');
});

test('a request in pieces is read, and two on one connection are answered in order', async () => {
  const bytes = head(post('Content-Length: 17')) + body +
    head(['GET /api/v1/organization HTTP/1.1', 'Host: x', `Cookie: ${admin.cookie}`, 'Connection: close']);
  const socket = net.connect(server.port, '127.0.0.1');
  let text = '';
  socket.on('data', (part) => (text += part));
  for (let i = 0; i < bytes.length; i += 40) {
    socket.write(bytes.slice(i, i + 40));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await new Promise((resolve) => socket.on('close', resolve));
  assert.deepEqual(text.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 201', 'HTTP/1.1 200']);
});

test('a refusal behind a good request comes after its answer', async () => {
  const good = head(['GET /api/v1/organization HTTP/1.1', 'Host: x', `Cookie: ${admin.cookie}`]);
  const answer = await rawRequest(server.port, good + head(post('Content-Length: 1', 'Content-Length: 2')) + good);
  assert.equal(answer.status, 200);
  assert.equal(answer.json.name, 'Aurora Hotels');
  assert.equal(answer.count, 2);
});

test('clients that go away in the middle harm nobody', async () => {
  const parts = [get('/api/v1/organization').slice(0, 30), head(post('Content-Length: 1000')) + '{', get('/api/v1/events')];
  for (const part of parts) {
    for (let i = 0; i < 20; i++) {
      const socket = net.connect(server.port, '127.0.0.1', () => socket.end(part, () => socket.destroy()));
      socket.on('error', () => {});
    }
  }
  await stillWorks();
});

test('a hundred slow connections keep nobody waiting', async () => {
  const slow = Array.from({ length: 100 }, () => {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write('GET /api/v1/org'));
    socket.on('error', () => {});
    return socket;
  });
  await stillWorks();
  for (const socket of slow) socket.destroy();
});

test('100-continue is answered, and the body read', async () => {
  const answer = await new Promise((resolve) => {
    const socket = net.connect(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (part) => {
      if (!text && String(part).startsWith('HTTP/1.1 100')) socket.write(body);
      text += part;
    });
    socket.on('close', () => resolve(text));
    socket.write(head(post('Content-Length: 17', 'Expect: 100-continue', 'Connection: close')));
  });
  assert.match(answer, /^HTTP\/1\.1 100 [\s\S]*HTTP\/1\.1 201 /);
});

test('every answer is named, dated, and kept by no cache', async () => {
  const answers = [await admin.get('/session'), await admin.get('/nowhere'), await new Client(server).get('/session'),
    await rawRequest(server.port, get('//')), await httpRequest(server.port, 'GET', '/livez')];
  for (const answer of answers) {
    assert.match(answer.headers['x-request-id'], /^req_/);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.ok(Math.abs(Number(answer.headers['pcc-time']) - Date.now()) < 60_000);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['referrer-policy'], 'no-referrer');
    assert.equal(answer.headers.server, undefined);
  }
  assert.equal(new Set(answers.map((a) => a.headers['x-request-id'])).size, answers.length);
});

test('no header of an answer stands twice', async () => {
  for (const target of ['/api/v1/session', '/api/v1/nowhere', '/api/v1/events', '/livez', '/', '//']) {
    const answer = await rawRequest(server.port, get(target));
    assert.ok(answer.names.includes('content-type'), target);
    assert.equal(new Set(answer.names).size, answer.names.length, `${target}: ${answer.names}`);
  }
});

test('the cookie is read wherever its header stands, and however that is written', async () => {
  const line = 'GET /api/v1/organization HTTP/1.1';
  const { cookie } = admin;
  for (const written of [`cookie:${cookie}`, `COOKIE: \t${cookie} \t`, `Cookie: a=b; ${cookie}; c=d`]) {
    for (const headers of [[written, 'Host: x', 'Connection: close'], ['Host: x', 'Connection: close', written]]) {
      assert.equal((await rawRequest(server.port, head([line, ...headers]))).status, 200, written);
    }
  }
  const other = await rawRequest(server.port, head([line, 'Host: x', `X-Cookie: ${cookie}`, 'Connection: close']));
  assertProblem(other, 401, 'not_signed_in');
});

test('the session cookie is out of reach of scripts and other sites', async () => {
  const account = accountOf(server, 'guest', 'Aurora Hotels');
  const answer = await new Client(server).post('/session', { email: account.email, password: account.password });
  const cookie = answer.headers['set-cookie'].join();
  assert.match(cookie, /HttpOnly/i);
  assert.match(cookie, /SameSite=Strict/i);
  assert.match(cookie, /Path=\//i);
  assert.doesNotMatch(cookie, /Secure|Domain/i, 'plain http on the loopback address');
  assert.ok(!answer.text.includes(cookie.split(/[=;]/)[1]), 'the cookie is in the body');
});
