// The main story over HTTP: generate, hand over, look at it, assume, work, and the end, which is at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accountOf, assertProblem, assume, Client, generate, openEvents, startServer, until } from './harness.mjs';

let server;
let admin;
let engineer;
let longTab; // open from the beginning of these tests to their end

before(async () => {
  server = await startServer();
  admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
  engineer = await new Client(server).signIn(accountOf(server, 'network_admin', 'NetCare Support'));
  longTab = await openEvents(engineer);
});
after(() => server?.stop());

const hasEnded = async (tab) => {
  for (const target of ['/networks', '/organization', '/session', '/networks/net_x']) {
    assertProblem(await tab.get(target), 410, 'assumption_ended');
  }
  assertProblem(await tab.patch('/networks/net_x', { name: 'Late' }), 410, 'assumption_ended');
};

test('generate, hand over, look, assume, work', async () => {
  const { token, token_id } = await generate(admin, '2h');
  assert.equal(token.state, 'active');
  assert.equal(Date.parse(token.expires_at) - Date.parse(token.generated_at), 2 * 3600 * 1000);

  const pasted = ` ${token_id.toLowerCase().replace(/(.{5})/g, '$1-')}\r\n`;
  const preflight = await engineer.post('/assumptions/preflight', { token_id: pasted });
  assert.equal(preflight.status, 200, preflight.text);
  assert.equal(preflight.json.organization.name, 'Aurora Hotels');
  assert.equal(preflight.json.granted_by.name, 'Ana Reyes');
  assert.deepEqual(preflight.json.reach, { networks: 12, write: true });
  assert.equal((await admin.get(`/tokens/${token.handle}`)).json.use_count, 0);

  const tab = await assume(engineer, pasted);
  assert.equal((await tab.get('/organization')).json.name, 'Aurora Hotels');
  assert.equal((await engineer.get('/organization')).json.name, 'NetCare Support');
  assert.equal((await tab.get('/session')).json.assumption.id, tab.assumption);

  const braga = (await tab.get('/networks?q=braga')).json.items[0];
  const renamed = await tab.patch(`/networks/${braga.id}`, { name: 'Aurora Braga Centro' });
  assert.equal(renamed.status, 200, renamed.text);
  const seen = (await admin.get(`/networks/${braga.id}`)).json;
  assert.equal(seen.name, 'Aurora Braga Centro');

  const used = (await admin.get(`/tokens/${token.handle}`)).json;
  assert.equal(used.live_count, 1);
  assert.match(used.last_used_by, /^Sam Ortiz/);
  const audit = (await admin.get('/audit?action=network.updated')).json.items[0];
  assert.equal(audit.actor.name, 'Sam Ortiz');
  assert.equal(audit.actor.organization, 'NetCare Support');
  assert.equal(audit.on_behalf_of.name, 'Aurora Hotels');
  assert.equal(audit.assumption, tab.assumption);
});

for (const [how, end, reason] of [
  ['Expire', (handle) => admin.post(`/tokens/${handle}/expire`), 'token_expired'],
  ['Delete', (handle) => admin.delete(`/tokens/${handle}`), 'token_deleted'],
]) {
  test(`${how}: the next request is refused, and the open tab hears of it`, async () => {
    const { token, token_id } = await generate(admin, '8h');
    const tab = await assume(engineer, token_id);
    const events = await openEvents(tab);
    assert.equal(events.status, 200);
    await events.next('ping');
    const answer = await end(token.handle);
    const acknowledged = Date.now();
    assert.ok([200, 204].includes(answer.status), answer.text);
    await hasEnded(tab);
    const heard = await events.next('assumption.ended');
    assert.ok(heard.at - acknowledged < 2000, `heard after ${heard.at - acknowledged} ms`);
    assert.equal(heard.data.ended_assumption.ended.reason, reason);
    await events.ended();
    assertProblem(await engineer.post('/assumptions', { token_id }), 410, 'token_ended');
    assert.equal((await engineer.get('/networks')).status, 200, 'one\'s own organization goes on');
  });
}

test('an end is final: expired again is the same, deleted again too, nothing revives it', async () => {
  const { token, token_id } = await generate(admin);
  const first = await admin.post(`/tokens/${token.handle}/expire`);
  const again = await admin.post(`/tokens/${token.handle}/expire`);
  assert.deepEqual(again.json, first.json);
  assertProblem(await admin.post(`/tokens/${token.handle}/reveal`, {}), 410, 'token_ended');
  assert.equal((await admin.delete(`/tokens/${token.handle}`)).status, 204);
  assert.equal((await admin.delete(`/tokens/${token.handle}`)).status, 204);
  assertProblem(await admin.post(`/tokens/${token.handle}/expire`), 404, 'not_found');
  assertProblem(await admin.get(`/tokens/${token.handle}`), 404, 'not_found');
  assertProblem(await engineer.post('/assumptions', { token_id }), 410, 'token_ended');
});

test('four that delete at once: it is deleted and recorded once', async () => {
  const { token } = await generate(admin);
  const answers = await Promise.all([1, 2, 3, 4].map(() => admin.delete(`/tokens/${token.handle}`)));
  assert.deepEqual(answers.map((a) => a.status), [204, 204, 204, 204]);
  const rows = (await admin.get(`/audit?action=token.deleted&token=${token.handle}`)).json.items;
  assert.equal(rows.length, 1);
});

test('Go Back ends one assumption and leaves the token and the others', async () => {
  const { token, token_id } = await generate(admin);
  const [one, two] = [await assume(engineer, token_id), await assume(engineer, token_id)];
  assert.equal((await one.delete(`/assumptions/${one.assumption}`)).status, 204);
  assertProblem(await one.get('/networks'), 410, 'assumption_ended');
  assert.equal((await two.get('/networks')).status, 200);
  assert.equal((await admin.get(`/tokens/${token.handle}`)).json.state, 'active');
});

test('an admin ends one session and the engineer hears it', async () => {
  const tab = await assume(engineer, (await generate(admin)).token_id);
  const events = await openEvents(tab);
  await events.next('ping');
  assert.equal((await admin.delete(`/assumptions/${tab.assumption}`)).status, 204);
  await hasEnded(tab);
  const heard = await events.next('assumption.ended');
  assert.equal(heard.data.ended_assumption.ended.reason, 'ended_by_admin');
  assert.equal(heard.data.ended_assumption.ended.by.name, 'Ana Reyes');
  await events.ended();
});

test('the admin\'s open tab hears what happens to tokens, the engineer\'s does not', async () => {
  const [hers, his] = [await openEvents(admin), await openEvents(engineer)];
  await Promise.all([hers.next('ping'), his.next('ping')]);
  const { token, token_id } = await generate(admin);
  assert.equal((await hers.next('token.generated')).data.token, token.handle);
  const tab = await assume(engineer, token_id);
  assert.equal((await hers.next('assumption.started')).data.assumption, tab.assumption);
  await admin.post(`/tokens/${token.handle}/expire`);
  assert.equal((await hers.next('token.expired')).data.token, token.handle);
  assert.ok(!his.seen.some((e) => e.name.startsWith('token.')), JSON.stringify(his.seen));
  hers.close();
  his.close();
});

test('sign-out ends the session, its streams and its assumptions, and a replay is refused', async () => {
  const account = accountOf(server, 'admin', 'NetCare Support');
  const visitor = await new Client(server).signIn(account);
  const { token, token_id } = await generate(admin);
  const tab = await assume(visitor, token_id);
  const events = await openEvents(visitor);
  await events.next('ping');
  const kept = { cookie: visitor.cookie, csrf: visitor.csrf };
  assert.equal((await visitor.delete('/session')).status, 204);
  await events.next('session.ended');
  await events.ended();
  for (const replay of [Object.assign(visitor.tab(), kept), Object.assign(tab.tab(tab.assumption), kept)]) {
    assertProblem(await replay.get('/networks'), 401, 'not_signed_in');
    assertProblem(await replay.post('/assumptions', { token_id }), 401, 'not_signed_in');
  }
  assert.equal((await admin.get(`/tokens/${token.handle}`)).json.live_count, 0);
});

test('a stream takes at most eight tabs of a session, and a closed one makes room', async () => {
  const visitor = await new Client(server).signIn(accountOf(server, 'admin', 'Fieldworks'));
  const open = [];
  for (let i = 0; i < 8; i++) open.push(await openEvents(visitor));
  assert.ok(open.every((events) => events.status === 200));
  const oneMore = await openEvents(visitor);
  assert.equal(oneMore.status, 429);
  oneMore.close();
  const ninth = await visitor.get('/events');
  assertProblem(ninth, 429, 'too_many_streams');
  assert.ok(Number(ninth.headers['retry-after']) > 0);
  open.pop().close();
  let again = { status: 429 };
  for (let i = 0; i < 100 && again.status === 429; i++) again = await openEvents(visitor);
  assert.equal(again.status, 200);
  for (const events of [...open, again]) events.close();
});

test('a stream is an event stream, and pings with the server\'s time', async () => {
  const events = await openEvents(admin);
  assert.match(events.headers['content-type'], /^text\/event-stream/);
  assert.equal(events.headers['cache-control'], 'no-store');
  const ping = await events.next('ping');
  assert.ok(Math.abs(Date.parse(ping.data.at) - Date.now()) < 60_000);
  events.close();
  assertProblem(await new Client(server).get('/events'), 401, 'not_signed_in');
});

test('a retried Generate makes one token', async () => {
  const headers = { 'Idempotency-Key': 'story-key-0123456789' };
  const first = await admin.post('/tokens', { validity: '2h' }, { headers });
  const again = await admin.post('/tokens', { validity: '2h' }, { headers });
  assert.equal(first.status, 201, first.text);
  assert.equal(again.json.token.handle, first.json.token.handle);
  assertProblem(await admin.post('/tokens', { validity: '8h' }, { headers }), 422, 'idempotency_conflict');
  assertProblem(await admin.post('/tokens', { validity: '2h' }, { headers: { 'Idempotency-Key': 'short' } }),
    400, 'idempotency_key_invalid');
});

// Each 15 seconds; the test waits for what is left of them.
test('a tab that stays open hears the time again and again', async () => {
  const pings = () => longTab.seen.filter((e) => e.name === 'ping');
  await until(() => pings().length >= 2, 'a second ping');
  const [first, second] = pings().map((e) => Date.parse(e.data.at));
  assert.ok(second - first >= 14_000, `after ${second - first} ms`);
  assert.ok(!longTab.over);
  longTab.close();
});
