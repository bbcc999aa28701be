// The client's address: the peer's own, or what a proxy says that was named as trusted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountOf, assertProblem, Client, httpRequest, rawRequest, startServer } from './harness.mjs';

async function behind(proxies, use) {
  const server = await startServer({ options: ['--demo', ...proxies.flatMap((proxy) => ['--trusted-proxy', proxy])] });
  try {
    await use(server, await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels')));
  } finally {
    await server.stop();
  }
}

/** The address that the audit has for an act that was done with these headers. */
async function recorded(admin, headers) {
  const answer = await admin.post('/tokens', { validity: '2h' }, { headers });
  assert.equal(answer.status, 201, answer.text);
  const { items } = (await admin.get('/audit?action=token.generated&limit=1')).json;
  assert.equal(items[0].target, answer.json.token.handle);
  return items[0].ip;
}

test('a trusted proxy is believed, as far back as proxies are trusted', () =>
  behind(['127.0.0.0/8', '10.0.0.0/8'], async (server, admin) => {
    assert.equal(await recorded(admin, {}), '127.0.0.1');
    for (const [chain, client] of [['203.0.113.5', '203.0.113.5'], ['127.0.0.1, 203.0.113.5', '203.0.113.5'],
      ['198.51.100.1, 203.0.113.5, 10.1.2.3', '203.0.113.5'], ['2001:DB8::0001', '2001:db8::1'], ['unknown', '127.0.0.1'],
      ['203.0.113.5, evil', '127.0.0.1'], ['203.0.113.5:1234', '203.0.113.5']]) {
      assert.equal(await recorded(admin, { 'X-Forwarded-For': chain, 'X-Forwarded-Proto': 'https' }), client, chain);
    }
    assert.equal(server.stderr.includes('"client":"203.0.113.5"'), true);
  }));

test('several lines of the header are one list', () => behind(['127.0.0.1'], async (server, admin) => {
  const lines = (...values) => values.map((value) => `X-Forwarded-For: ${value}\r\n`).join('');
  const ask = async (forwarded) => {
    const answer = await rawRequest(server.port, `GET /api/v1/session HTTP/1.1\r\nHost: x\r\n${forwarded}Connection: close\r\n\r\n`);
    assert.equal(answer.status, 401);
    const id = answer.headers['x-request-id'];
    return JSON.parse(server.stderr.split('\n').find((line) => line.includes(id))).client;
  };
  assert.ok(admin);
  assert.equal(await ask(lines('198.51.100.9', '203.0.113.5')), '203.0.113.5');
  assert.equal(await ask(lines('203.0.113.5', '127.0.0.1')), '203.0.113.5');
}));

test('what others say is passed over', async () => {
  for (const proxies of [[], ['10.0.0.0/8']]) {
    await behind(proxies, async (server, admin) => {
      for (const chain of ['203.0.113.5', '10.0.0.1', '203.0.113.5, 10.0.0.1']) {
        const headers = { 'X-Forwarded-For': chain, 'X-Forwarded-Proto': 'http', Forwarded: `for=${chain}`, 'X-Real-IP': chain };
        assert.equal(await recorded(admin, headers), '127.0.0.1', chain);
      }
    });
  }
});

test('the gate\'s own headers cannot be sent', () => behind(['127.0.0.1'], async (server) => {
  for (const name of ['pcc-gate-forwarded-for', 'PCC-Gate-Forwarded-Proto']) {
    assertProblem(await httpRequest(server.port, 'GET', '/api/v1/session', { [name]: '203.0.113.5' }), 400);
  }
}));

test('what reached a trusted proxy unencrypted is refused, but for health', () => behind(['127.0.0.1'], async (server, admin) => {
  const headers = { 'X-Forwarded-Proto': 'http' };
  assertProblem(await admin.get('/session', { headers }), 403);
  assertProblem(await httpRequest(server.port, 'GET', '/', headers), 403);
  assert.equal((await httpRequest(server.port, 'GET', '/readyz', headers)).status, 200);
  assert.equal((await admin.get('/session', { headers: { 'X-Forwarded-Proto': 'https' } })).status, 200);
  assert.match(admin.cookie, /^__Host-pcc_session=/);
  assert.match((await admin.get('/session')).headers['strict-transport-security'], /^max-age=\d{7,}$/);
}));
