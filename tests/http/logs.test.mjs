// The log: each line a JSON object, each request told with its ID and route, and of all that people and
// clients send, nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf, assume, Client, generate, httpRequest, rawRequest, runProgram, startServer, temporaryFolder,
  until } from './harness.mjs';

const known = new Set(['server.started', 'server.stopping', 'server.stopped', 'request', 'store.failed',
  'transport.complaint']);
const linesOf = (server) => server.stderr.trimEnd().split('\n').map((line) => {
  const entry = JSON.parse(line);
  assert.ok(known.has(entry.event), line);
  assert.match(entry.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.match(entry.level, /^(debug|info|warning|error)$/);
  return entry;
});

async function withServer(options, use) {
  const server = await startServer({ options: ['--demo', ...options] });
  try {
    await use(server);
  } finally {
    await server.stop();
  }
}

test('a request is told with its ID, route, status, duration, and who did what', () => withServer([], async (server) => {
  const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
  const made = await admin.post('/tokens', { validity: '2h' });
  const { handle } = made.json.token;
  await admin.post(`/tokens/${handle}/expire`);
  const id = made.headers['x-request-id'];
  await until(() => server.stderr.includes('token.expired'), 'the lines');
  const lines = linesOf(server);
  const line = lines.find((entry) => entry.request_id === id);
  assert.equal(line.method, 'POST');
  assert.equal(line.route, '/api/v1/tokens');
  assert.equal(line.status, 201);
  assert.equal(line.client, '127.0.0.1');
  assert.equal(line.actor, admin.session.user.id);
  assert.equal(line.organization, admin.session.organization.id);
  assert.equal(line.acts, 'token.generated');
  assert.ok(Number.isInteger(line.duration_us) && line.duration_us > 0);
  const expired = lines.find((entry) => entry.acts === 'token.expired');
  assert.equal(expired.route, '/api/v1/tokens/{tok}/expire');
  assert.equal(lines[0].event, 'server.started');
  assert.ok(!server.stderr.includes(handle), 'the path itself');
}));

test('what happens all the time is told at the level debug alone', async () => {
  const count = async (options) => {
    let lines;
    await withServer(options, async (server) => {
      for (const path of ['/livez', '/readyz', '/', '/no-such-file.js']) await httpRequest(server.port, 'GET', path);
      await new Client(server).get('/session');
      await until(() => server.stderr.includes('/api/v1/session'), 'the last line');
      lines = linesOf(server).filter((entry) => entry.event === 'request' && entry.status < 500);
    });
    return lines.length;
  };
  assert.equal(await count([]), 1);
  assert.equal(await count(['--log-level', 'debug']), 4);
});

test('lines of text, for people', () => withServer(['--log-format', 'text'], async (server) => {
  await new Client(server).get('/session');
  await until(() => server.stderr.includes('/api/v1/session'), 'the line');
  const line = server.stderr.trimEnd().split('\n').at(-1);
  assert.match(line, /^\S+Z info request request_id=req_\S+ method=GET route=\/api\/v1\/session status=401 duration_us=\d+ client=127\.0\.0\.1$/);
}));

// Each of the makers sends one request that has canaries wherever it can hold one.
const makers = [
  (c, tabs) => tabs.nobody.post('/session', { email: `${c()}@${c()}.example`, password: c().padEnd(20, c()), [c()]: c() }),
  (c, tabs) => tabs.nobody.post('/session', `{"email":"${c()}","password":"${c()}`, { headers: { [c()]: c() } }),
  (c, tabs) => tabs.admin.get(`/tokens?q=${c()}&cursor=${c()}&${c()}=${c()}`),
  (c, tabs) => tabs.admin.get(`/tokens?q=${c()}`, { headers: { Cookie: `${tabs.admin.cookie}; ${c()}=${c()}`, 'X-Request-Id': c() } }),
  (c, tabs) => tabs.admin.get(`/networks/net_${c()}`, { headers: { 'PCC-Assumption': `asm_${c()}`, Authorization: `Bearer ${c()}` } }),
  (c, tabs) => tabs.admin.post('/tokens', { validity: c(), note: c() }, { headers: { 'Idempotency-Key': `${c()}-${c()}` } }),
  (c, tabs) => tabs.admin.post(`/tokens/tok_${c()}/reveal`, { password: c() }, { headers: { 'X-PCC-CSRF': c() } }),
  (c, tabs) => tabs.admin.patch('/organization', { name: c() }, { headers: { Referer: `https://${c()}.example/${c()}` } }),
  (c, tabs) => tabs.engineer.post('/assumptions/preflight', { token_id: `pcc_${c()}` }, { headers: { Origin: `http://${c()}` } }),
  (c, tabs) => tabs.engineer.post('/assumptions', { token_id: c(), [c()]: { [c()]: c() } }, { headers: { 'X-Forwarded-For': c() } }),
  (c, tabs) => tabs.engineer.get(`/audit?actor=${c()}&action=${c()}&from=${c()}`),
  (c, tabs) => tabs.engineer.send('DELETE', `/assumptions/asm_${c()}?${c()}`, `{"${c()}`),
  (c, tabs) => tabs.nobody.get(`/${c()}/%2e%2e/${c()}//${c()}`, { headers: { Cookie: `pcc_session=${c()}` } }),
  (c, tabs) => tabs.nobody.get(`/${c()}.js?${c()}`, { base: '', headers: { 'If-None-Match': c(), 'User-Agent': c() } }),
  (c, tabs) => tabs.nobody.get(`/readyz?${c()}`, { base: '', headers: { Host: c() } }),
  (c, { port }) => rawRequest(port, `GET /${c()} HTTP/1.1\r\n${c()}\r\n\r\n`, { silence: 400 }),
  (c, { port }) => rawRequest(port, `${c()} /${c()} HTTP/1.1\r\nHost: ${c()}\r\nContent-Length: ${c()}\r\n\r\n${c()}`, { silence: 400 }),
  (c, { port }) => rawRequest(port, `GET /${c()} ${c()}\r\nHost: ${c()}\r\n\r\n`, { silence: 400 }),
  (c, { port }) => rawRequest(port, `GET /a\n{"event":"${c()}"} HTTP/1.1\r\nHost: x\r\n\r\n`, { silence: 400 }),
  (c, { port }) => rawRequest(port, `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${c()}\n{"level":"error","event":"${c()}"}\r\n\r\n`, { silence: 400 }),
  (c, { port }) => rawRequest(port, `GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: ${c()}\u001b[2J\r\n\r\n`, { silence: 400 }),
  (c, { port }) => rawRequest(port, `${c()}\r\n\r\n`, { silence: 400 }),
];

test('of 10,000 things that were sent, in every place of a request, none is in the log', () =>
  withServer(['--log-level', 'debug'], async (server) => {
    const admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
    const engineer = await new Client(server).signIn(accountOf(server, 'network_admin', 'NetCare Support'));
    const tabs = { admin, engineer, port: server.port, nobody: new Client(server) };
    const mark = 'kanarie';
    let sent = 0;
    const canary = () => `${mark}${(++sent).toString(36).padStart(6, '0')}`;
    for (let round = 0; sent < 10_000; round += 16) {
      await Promise.all(Array.from({ length: 16 }, (_, i) => makers[(round + i) % makers.length](canary, tabs)));
    }
    const secrets = [admin.cookie.split('=')[1], engineer.cookie.split('=')[1], admin.csrf, engineer.csrf];
    const { token, token_id: tokenId } = await generate(admin, '8h');
    const password = accountOf(server, 'admin', 'Aurora Hotels').password;
    await admin.post(`/tokens/${token.handle}/reveal`, { password });
    const tab = await assume(engineer, tokenId);
    await tab.get(`/networks?q=${tokenId}`);
    await new Client(server).get(`/${tokenId}?${tokenId}`, { base: '' });
    await tab.delete(`/assumptions/${tab.assumption}`);
    await admin.delete('/session');
    secrets.push(tokenId, tokenId.slice(4), token.hint);
    for (const { email, password: own } of server.accounts) secrets.push(email, own);
    secrets.push(admin.session.user.name, engineer.session.user.name, 'Aurora', 'NetCare');
    await until(() => server.stderr.includes('session.ended'), 'the last line');
    const lines = linesOf(server);
    assert.ok(lines.filter((entry) => entry.event === 'request').length > 1000, 'nothing was told');
    assert.ok(lines.some((entry) => entry.route === 'refused' && entry.fault));
    assert.ok(lines.some((entry) => entry.route === 'unmatched'));
    const text = server.stderr.toLowerCase();
    assert.ok(!text.includes(mark), text.slice(text.indexOf(mark) - 300, text.indexOf(mark) + 100));
    for (const secret of secrets) assert.ok(!text.includes(secret.toLowerCase()), `${secret} is in the log`);
  }));

test('a password in an address that cannot be read, or where nobody listens, is not told', async () => {
  for (const address of ['postgresql://pcc:kanarie1@127.0.0.1:1/pcc', 'postgresql://pcc:kanarie%zz@127.0.0.1:1/pcc',
    'postgresql://pcc:kanarie2@[::1/pcc', 'postgresql://pcc@127.0.0.1:1/pcc?password=kanarie3&sslmode=kanarie4']) {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await runProgram(['serve', '--data', folder, '--port', '65000', '--database', address]);
    assert.equal(code, 1, stdout + stderr);
    assert.doesNotMatch(stdout + stderr, /kanarie[123%]/, stderr);
  }
});
