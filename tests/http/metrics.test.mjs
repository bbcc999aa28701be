// What Prometheus is told: in its format, on a listener of its own, true, and nothing of whom it concerns.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { test } from 'node:test';
import { accountOf, assume, Client, freePort, generate, httpRequest, openEvents, runProgram, startServer,
  temporaryFolder, until } from './harness.mjs';

async function withMetrics(use) {
  const port = await freePort();
  const server = await startServer({ options: ['--demo', '--metrics-listen', `127.0.0.1:${port}`] });
  try {
    await use(server, port);
  } finally {
    await server.stop();
  }
}

const unescape = (text) => text.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c));

/** The text format, read strictly. Source: Prometheus, "Exposition formats", 0.0.4. */
function parse(text) {
  assert.ok(text.endsWith('\n'));
  const families = new Map();
  let family;
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)$/.exec(line);
    if (comment) {
      const [, kind, name, rest] = comment;
      if (kind === 'HELP') {
        assert.ok(!families.has(name), `${name} twice`);
        family = { name, help: rest, samples: [] };
        families.set(name, family);
      } else {
        assert.equal(name, family.name, 'TYPE of another family than HELP');
        assert.equal(family.type, undefined);
        assert.match(rest, /^(counter|gauge|histogram|summary|untyped)$/);
        family.type = rest;
      }
      continue;
    }
    const sample = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/.exec(line) ?? assert.fail(`no sample: ${line}`);
    const [, name, labelText, number] = sample;
    const suffix = name.slice(family.name.length);
    assert.ok(name.startsWith(family.name), `${name} among ${family.name}`);
    const suffixes = { histogram: ['_bucket', '_sum', '_count'], summary: ['', '_sum', '_count'] }[family.type] ?? [''];
    assert.ok(suffixes.includes(suffix), `${name} of a ${family.type}`);
    const labels = {};
    const rest = (labelText ?? '').replace(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,|$)/g, (_, key, value) => {
      assert.ok(!(key in labels), `${key} twice in ${line}`);
      labels[key] = unescape(value);
      return '';
    });
    assert.equal(rest, '', line);
    const value = { '+inf': Infinity, '-inf': -Infinity, nan: NaN }[number.toLowerCase()] ?? Number(number);
    assert.ok(/^nan$/i.test(number) || !Number.isNaN(value), line);
    const key = name + JSON.stringify(Object.entries(labels).sort());
    assert.ok(!family.samples.some((other) => other.key === key), `${line} twice`);
    family.samples.push({ key, suffix, labels, value });
  }
  for (const each of families.values()) check(each);
  return families;
}

function check({ name, type, help, samples }) {
  assert.ok(type && help, name);
  if (type === 'counter') {
    assert.match(name, /_total$/);
    for (const { value } of samples) assert.ok(value >= 0, name);
  }
  if (type !== 'histogram') return;
  for (const { labels, value } of samples.filter((s) => s.suffix === '_count')) {
    const own = samples.filter((s) => s.suffix === '_bucket' && Object.entries(labels).every(([k, v]) => s.labels[k] === v));
    const bounds = own.map((s) => (s.labels.le === '+Inf' ? Infinity : Number(s.labels.le)));
    assert.deepEqual(bounds, [...bounds].sort((a, b) => a - b), name);
    assert.equal(bounds.at(-1), Infinity);
    assert.equal(own.at(-1).value, value, `${name}: +Inf is not the count`);
    own.reduce((before, { value: next }) => (assert.ok(next >= before, name), next), 0);
  }
}

async function scrape(port) {
  const answer = await httpRequest(port, 'GET', '/metrics');
  assert.equal(answer.status, 200);
  assert.match(answer.headers['content-type'], /^text\/plain/);
  return { text: answer.text, families: parse(answer.text) };
}

/** The value of a sample, `name{label=value}`; 0 where there is none yet. */
function valueOf(families, name, labels = {}, suffix = '') {
  const found = families.get(name).samples.find((s) => s.suffix === suffix &&
    Object.keys(s.labels).length === Object.keys(labels).length && Object.entries(labels).every(([k, v]) => s.labels[k] === v));
  return found?.value ?? 0;
}

test('the format is read strictly by this test', () => {
  const good = '# HELP a_total A.\n# TYPE a_total counter\na_total{x="1,\\"\\\\\\n"} 3\n';
  assert.equal(parse(good).get('a_total').samples[0].labels.x, '1,"\\\n');
  for (const bad of [good.slice(0, -1), good.replace('} 3', '}3'), good.replace('a_total{', 'b{'), good + good,
    good.replace('} 3', '} 3x'), good.replace('counter', 'number'), good.replace('x="1', '1="1'), good.replace('} 3', '} -3')]) {
    assert.throws(() => parse(bad), undefined, bad);
  }
});

test('what was done is counted', () => withMetrics(async (server, port) => {
  const before = (await scrape(port)).families;
  for (const act of ['token.generated', 'token.expired', 'assumption.started', 'assumption.ended']) {
    const own = before.get('pcc_acts_total')?.samples.find((sample) => sample.labels.act === act);
    assert.equal(own?.value, 0, `${act} from the start`);
  }
  const account = accountOf(server, 'admin', 'Aurora Hotels');
  const admin = await new Client(server).signIn(account);
  const engineer = await new Client(server).signIn(accountOf(server, 'network_admin', 'NetCare Support'));
  await new Client(server).post('/session', { email: account.email, password: 'not the right password' });
  await new Client(server).post('/session', { email: 'nobody@nowhere.example', password: 'not the right password' });
  const events = await openEvents(admin);
  await events.next('ping');
  const { token, token_id: tokenId } = await generate(admin);
  const repeated = { headers: { 'Idempotency-Key': 'the-same-key-of-24-letters' } };
  const first = await admin.post('/tokens', { validity: '8h' }, repeated);
  assert.equal((await admin.post('/tokens', { validity: '8h' }, repeated)).json.token.handle, first.json.token.handle);
  await assume(engineer, tokenId);
  await admin.post(`/tokens/${token.handle}/expire`);
  await admin.post(`/tokens/${token.handle}/expire`);
  const { text, families } = await scrape(port);
  const acts = (act) => valueOf(families, 'pcc_acts_total', { act });
  assert.equal(acts('token.generated'), 2, 'the repetition made none');
  assert.equal(acts('token.expired'), 1, 'the second made no difference');
  assert.equal(acts('assumption.started'), 1);
  assert.equal(acts('assumption.ended'), 1);
  assert.equal(acts('session.started'), 2);
  assert.equal(valueOf(families, 'pcc_sign_in_failures_total', { reason: 'credentials' }), 2);
  assert.equal(valueOf(families, 'pcc_event_streams_open'), 1);
  const expire = { route: '/api/v1/tokens/{tok}/expire', method: 'POST' };
  assert.equal(valueOf(families, 'pcc_http_requests_total', { ...expire, status: '2xx' }), 2);
  assert.equal(valueOf(families, 'pcc_http_request_duration_seconds', expire, '_count'), 2);
  assert.ok(valueOf(families, 'pcc_store_transaction_duration_seconds', { mode: 'write' }, '_count') >= 5);
  assert.equal(valueOf(families, 'pcc_build_info', { version: '0.1.0' }), 1);
  for (const pool of ['reads', 'writes', 'passwords']) {
    assert.equal(valueOf(families, 'pcc_worker_queue_length', { pool }), 0);
  }
  assert.ok(valueOf(families, 'process_resident_memory_bytes') > 1e6);
  assert.ok(valueOf(families, 'process_open_fds') > 5);
  assert.ok(valueOf(families, 'process_cpu_seconds_total') > 0);
  assert.ok(Math.abs(valueOf(families, 'process_start_time_seconds') - Date.now() / 1000) < 600);
  for (const said of [token.handle, tokenId, admin.session.organization.id, admin.session.user.id, 'Aurora', '@']) {
    assert.ok(!text.includes(said), `${said} is told`);
  }
  events.close();
  await until(async () => valueOf((await scrape(port)).families, 'pcc_event_streams_open') === 0, 'the stream to be missed');
}));

test('labels come from closed sets, whatever is asked for', () => withMetrics(async (server, port) => {
  const series = async () => [...(await scrape(port)).families.values()].reduce((n, { samples }) => n + samples.length, 0);
  const ask = async (i) => {
    await new Client(server).get(`/tokens/tok_${i}`);
    await new Client(server).get(`/nothing-${i}`);
    await new Client(server).get(`/file-${i}.js`, { base: '' });
    await httpRequest(server.port, 'REPORT', `/odd-${i}`).catch(() => {});
  };
  await ask(0);
  const before = await series();
  for (let i = 1; i <= 30; i += 1) await ask(i);
  assert.equal(await series(), before);
}));

test('whoever connects to the listener and says nothing keeps nobody out', () => withMetrics(async (_, port) => {
  const idle = Array.from({ length: 6 }, () => net.connect(port, '127.0.0.1').on('error', () => {}));
  await Promise.all(idle.map((socket) => once(socket, 'connect')));
  const asked = Date.now();
  assert.equal((await httpRequest(port, 'GET', '/metrics')).status, 200);
  assert.ok(Date.now() - asked < 15_000, 'not after all of their patience');
  for (const socket of idle) socket.destroy();
}));

test('the listener answers nothing else, and the other one no metrics', () => withMetrics(async (server, port) => {
  for (const target of ['/', '/api/v1/session', '/livez', '/readyz', '/index.html', '/../etc/passwd']) {
    assert.equal((await httpRequest(port, 'GET', target)).status, 404, target);
  }
  const others = await httpRequest(server.port, 'GET', '/metrics');
  assert.ok(!others.text.includes('pcc_http'));
}));

test('there is no such listener unless it was asked for, and one that cannot be is told', async () => {
  const server = await startServer();
  try {
    const folder = await temporaryFolder();
    const { code, stderr } = await runProgram(['serve', '--data', folder, '--port', String(await freePort()),
      '--metrics-listen', `127.0.0.1:${server.port}`]);
    assert.equal(code, 1, stderr);
    assert.match(stderr, /for metrics: .*--metrics-listen/);
  } finally {
    await server.stop();
  }
});
