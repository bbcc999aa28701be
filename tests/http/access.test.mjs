// Route x role x organization: what each caller gets from each call, cross-organization included.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accountOf, assertProblem, assume, Client, generate, startServer } from './harness.mjs';

let server;
const who = {}; // a client for each column of the table
const world = {}; // the ids of Aurora that the calls name

before(async () => {
  server = await startServer();
  const signedIn = (role, organization) =>
    new Client(server).signIn(accountOf(server, role, organization));
  who.admin = await signedIn('admin', 'Aurora Hotels');
  who.network_admin = await signedIn('network_admin', 'Aurora Hotels');
  who.guest = await signedIn('guest', 'Aurora Hotels');
  who.engineer = await signedIn('network_admin', 'NetCare Support');
  who.other_admin = await signedIn('admin', 'Fieldworks');
  who.signed_out = new Client(server);
  world.session_token = await generate(who.admin, '8h');
  // An admin at home: what is refused here is refused because of the assumption.
  who.assuming = await assume(await signedIn('admin', 'NetCare Support'), world.session_token.token_id);
  await learnAurora();
});
after(() => server?.stop());

// The network admin and the guest reach Lisbon and Porto, but not Faro.
async function learnAurora() {
  const networks = (await who.admin.get('/networks')).json.items;
  const named = (name) => networks.find((n) => n.name === name).id;
  world.network = named('Aurora Lisbon');
  world.far_network = named('Aurora Faro');
  const lisbon = (await who.admin.get(`/networks/${world.network}`)).json;
  const faro = (await who.admin.get(`/networks/${world.far_network}`)).json;
  world.ssid = lisbon.ssids[0];
  world.far_ssid = faro.ssids[0];
  world.point = await onlinePoint(world.network);
  world.far_point = await onlinePoint(world.far_network);
}

async function onlinePoint(network) {
  const points = (await who.admin.get(`/networks/${network}/access-points`)).json.items;
  return points.find((p) => p.state === 'online').id;
}

const freshToken = async () => (await generate(who.admin)).token.handle;

// [call, what it needs, then the statuses]. `out` is always 401.
//                  admin, network admin, guest, engineer, engineer assuming, admin of another org.
const table = [
  ['GET /session', 200, 200, 200, 200, 200, 200],
  ['GET /organization', 200, 200, 200, 200, 200, 200],
  ['PATCH /organization', 200, 403, 403, 403, 403, 200, async (client) => ({
    body: { name: client.session.organization.name } })],
  ['GET /organization/policy', 200, 403, 403, 403, 403, 200],
  ['GET /tokens', 200, 403, 403, 403, 403, 200],
  ['POST /tokens', 201, 403, 403, 403, 403, 201, async () => ({ body: { validity: '2h' } })],
  ['GET /tokens/{token}', 200, 403, 403, 403, 403, 404, async () => ({ token: await freshToken() })],
  ['POST /tokens/{token}/reveal', 200, 403, 403, 403, 403, 404, async () => ({
    token: await freshToken(), body: {} })],
  ['POST /tokens/{token}/expire', 200, 403, 403, 403, 403, 404, async () => ({
    token: await freshToken() })],
  ['DELETE /tokens/{token}', 204, 403, 403, 403, 403, 404, async () => ({ token: await freshToken() })],
  // One's own organization needs no token; another's opens with it.
  ['POST /assumptions/preflight', 409, 409, 409, 200, 403, 200, async () => ({
    body: { token_id: world.session_token.token_id } })],
  ['POST /assumptions', 409, 409, 409, 201, 403, 201, async () => ({
    body: { token_id: world.session_token.token_id } })],
  ['GET /assumptions', 200, 200, 200, 200, null, 200],
  ['DELETE /assumptions/{assumption}', 204, 404, 404, 204, null, 404, async () => ({
    assumption: (await assume(who.engineer, world.session_token.token_id)).assumption })],
  ['GET /networks', 200, 200, 200, 200, 200, 200],
  ['GET /networks/{network}', 200, 200, 200, 404, 200, 404],
  ['GET /networks/{far_network}', 200, 404, 404, 404, 200, 404],
  ['PATCH /networks/{network}', 200, 200, 403, 404, 200, 404, async () => ({
    body: { tags: ['lobby', 'guest'] } })],
  ['PATCH /networks/{far_network}', 200, 404, 404, 404, 200, 404, async () => ({
    body: { tags: ['guest', 'pool'] } })],
  ['GET /networks/{network}/access-points', 200, 200, 200, 404, 200, 404],
  ['GET /networks/{far_network}/access-points', 200, 404, 404, 404, 200, 404],
  ['POST /access-points/{point}/restart', 202, 202, 403, 404, 202, 404],
  ['POST /access-points/{far_point}/restart', 202, 404, 404, 404, 202, 404],
  ['PATCH /networks/{network}/ssids/{ssid}', 200, 200, 403, 404, 200, 404, async () => ({
    body: { enabled: true } })],
  ['PATCH /networks/{far_network}/ssids/{far_ssid}', 200, 404, 404, 404, 200, 404, async () => ({
    body: { enabled: true } })],
  ['GET /audit', 200, 403, 403, 403, 403, 200],
];
const columns = ['admin', 'network_admin', 'guest', 'engineer', 'assuming', 'other_admin'];

async function call(client, route, needs) {
  const [method, pattern] = route.split(' ');
  const extra = needs ? await needs(client) : {};
  const names = { ...world, ssid: world.ssid.id, far_ssid: world.far_ssid.id, ...extra };
  const target = pattern.replace(/\{(\w+)\}/g, (_, name) => names[name]);
  return client.send(method, target, extra.body);
}

for (const [route, ...rest] of table) {
  const needs = typeof rest.at(-1) === 'function' ? rest.at(-1) : undefined;
  for (const [i, column] of columns.entries()) {
    const wanted = rest[i];
    if (wanted === null) continue;
    test(`${route} as ${column}: ${wanted}`, async () => {
      const answer = await call(who[column], route, needs);
      if (wanted >= 400) assertProblem(answer, wanted);
      else assert.equal(answer.status, wanted, answer.text);
    });
  }
  test(`${route} signed out: 401`, async () => {
    const client = new Client(server);
    client.session = who.admin.session;
    assertProblem(await call(client, route, needs), 401, 'not_signed_in');
  });
}

test('every call needs its CSRF value to change anything', async () => {
  for (const [route, ...rest] of table) {
    if (route.startsWith('GET')) continue;
    const needs = typeof rest.at(-1) === 'function' ? rest.at(-1) : undefined;
    for (const csrf of ['', 'wrong', who.engineer.csrf]) {
      const forged = Object.assign(who.admin.tab(), { csrf });
      assertProblem(await call(forged, route, needs), 403, 'csrf_failed');
    }
  }
});

test('an assumed session says so when it is refused, and only then', async () => {
  const refused = await who.assuming.post('/tokens', { validity: '2h' });
  assertProblem(refused, 403, 'forbidden_while_assuming');
  assertProblem(await who.engineer.post('/tokens', { validity: '2h' }), 403, 'forbidden');
});

test('an assumption works for its own session alone', async () => {
  for (const stranger of [who.other_admin, who.admin, who.network_admin, who.engineer]) {
    const answer = await stranger.tab(who.assuming.assumption).get('/networks');
    assertProblem(answer, 404, 'assumption_unknown');
  }
  assertProblem(await who.engineer.tab('asm_nobody').get('/networks'), 404, 'assumption_unknown');
  const second = await new Client(server).signIn(accountOf(server, 'admin', 'NetCare Support'));
  assertProblem(await second.tab(who.assuming.assumption).get('/networks'), 404, 'assumption_unknown');
});

test('an organization that a request names is passed over', async () => {
  const aurora = who.admin.session.organization.id;
  const headers = { 'X-Org-Id': aurora, 'X-Forwarded-For': '10.0.0.1', 'PCC-Organization': aurora };
  const own = await who.other_admin.get('/organization', { headers });
  assert.equal(own.json.name, 'Fieldworks');
  const body = { validity: '2h', org_id: aurora, organization: aurora, role: 'admin' };
  const made = await who.other_admin.post('/tokens', body, { headers });
  assert.equal(made.status, 201, made.text);
  assertProblem(await who.admin.get(`/tokens/${made.json.token.handle}`), 404, 'not_found');
});

test('what is not there and what is another organization\'s read the same', async () => {
  const unlike = (answer) => ({ ...answer.json, request_id: '' });
  const theirs = await who.other_admin.get(`/networks/${world.network}`);
  const nobodys = await who.other_admin.get('/networks/net_nobody');
  assert.deepEqual(unlike(theirs), unlike(nobodys));
});

test('lists hold what is within reach and nothing else', async () => {
  const names = async (client) => (await client.get('/networks')).json.items.map((n) => n.name);
  assert.equal((await names(who.admin)).length, 12);
  assert.deepEqual((await names(who.guest)).sort(), ['Aurora Lisbon', 'Aurora Porto']);
  assert.deepEqual(await names(who.assuming), await names(who.admin));
  assert.ok((await names(who.other_admin)).every((name) => name.startsWith('Fieldworks')));
  const audit = await who.other_admin.get('/audit');
  assert.ok(audit.json.items.every((e) => !JSON.stringify(e).includes('Aurora')));
});
