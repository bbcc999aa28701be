// The bad-input catalogue, its token and JSON part: a documented refusal each time, nothing changed,
// nothing echoed, and the next good request succeeds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { accountOf, assertProblem, Client, generate, startServer } from './harness.mjs';

let server;
let admin;
let engineer;
let good;

before(async () => {
  server = await startServer();
  admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
  engineer = await new Client(server).signIn(accountOf(server, 'network_admin', 'NetCare Support'));
  good = await generate(admin, '8h');
});
after(() => server?.stop());

async function stillWorks() {
  const answer = await engineer.post('/assumptions/preflight', { token_id: good.token_id });
  assert.equal(answer.status, 200, answer.text);
}

const swapped = (text, at) => text.slice(0, at) + text[at + 1] + text[at] + text.slice(at + 2);
const otherThan = (c) => (c === 'A' ? 'B' : 'A');

// What people paste by mistake. Each is refused by its form alone, before anything is looked up.
const malformed = {
  empty: () => '',
  'spaces only': () => ' \t ',
  'prefix only': () => 'pcc_',
  '42 characters': (id) => id.slice(0, -1),
  '44 characters': (id) => `${id}0`,
  'a character changed': (id) => id.slice(0, 20) + otherThan(id[20]) + id.slice(21),
  'two characters swapped': (id) => {
    let at = 4;
    while (id[at] === id[at + 1]) at++;
    return swapped(id, at);
  },
  'a letter that no Token ID has': (id) => id.slice(0, 20) + 'U' + id.slice(21),
  'full-width letters': (id) => id.replace(/[0-9A-Z]/, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)),
  'a Cyrillic look-alike': (id) => `${id.slice(0, 10)}А${id.slice(11)}`,
  'an embedded NUL': (id) => `${id.slice(0, 10)}\u0000${id.slice(10)}`,
  'the handle': () => good.token.handle,
  'the hint': () => good.token.hint,
  'a web address': (id) => `https://pcc.example/assume?token=${id}`,
  'twice the same': (id) => id + id,
  'a long text': () => 'pcc_'.repeat(5000),
  'SQL': () => "pcc_' OR 1=1 --",
};

for (const [name, make] of Object.entries(malformed)) {
  test(`Token ID: ${name} is told to be malformed`, async () => {
    const token_id = make(good.token_id);
    for (const target of ['/assumptions/preflight', '/assumptions']) {
      const answer = await engineer.post(target, { token_id });
      assertProblem(answer, 422, 'token_id_malformed');
      assert.equal(answer.json.field, 'token_id');
      if (token_id.length > 8) assert.ok(!answer.text.includes(token_id), 'what was pasted is echoed');
    }
    await stillWorks();
  });
}

const tolerated = {
  'lower case': (id) => id.toLowerCase(),
  'hyphens and spaces': (id) => id.replace(/(.{4})/g, '$1- '),
  'O for 0, I and L for 1': (id) => id.slice(0, 4) + id.slice(4).replace(/0/g, 'O').replace(/1/g, 'l'),
  'a trailing line end': (id) => `${id}\r\n`,
  'a no-break space, a byte order mark, a zero-width space': (id) => `\uFEFF${id.slice(0, 9)}\u200B${id.slice(9)}\u00A0`,
  quotes: (id) => `"${id}"`,
};

for (const [name, make] of Object.entries(tolerated)) {
  test(`Token ID: ${name} is read`, async () => {
    const answer = await engineer.post('/assumptions/preflight', { token_id: make(good.token_id) });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.token, good.token.handle);
  });
}

test('a well-formed Token ID that was never made is unknown, not malformed', async () => {
  const gone = await generate(admin);
  assert.equal((await admin.delete(`/tokens/${gone.token.handle}`)).status, 204);
  const ended = await engineer.post('/assumptions/preflight', { token_id: gone.token_id });
  assertProblem(ended, 410, 'token_ended');
  const answer = await engineer.post('/assumptions/preflight', { token_id: neverMade() });
  assertProblem(answer, 404, 'token_unknown');
});

// A Token ID with a right checksum that no server made. Source: CRC-32, Crockford base32.
function neverMade() {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const body = 'Z'.repeat(32);
  return `pcc_${body}${checksum(body, alphabet)}`;
}

function checksum(body, alphabet) {
  const learned = good.token_id;
  for (const variant of checksums(body, alphabet)) if (variant.of(learned.slice(4, 36)) === learned.slice(36)) return variant.of(body);
  throw new Error('the checksum is computed in a way this test does not know');
}

// Over the characters or over the bytes, the bits aligned to the left or to the right.
function checksums(_, alphabet) {
  const bytesOf = (text) => {
    let bits = '';
    for (const c of text) bits += alphabet.indexOf(c).toString(2).padStart(5, '0');
    return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  };
  const write = (crc, shift) => {
    let number = BigInt(crc) << BigInt(shift);
    let text = '';
    for (let i = 0; i < 7; i++, number >>= 5n) text = alphabet[Number(number & 31n)] + text;
    return text;
  };
  const variants = [];
  for (const input of [bytesOf, (text) => Buffer.from(text), (text) => Buffer.from(`pcc_${text}`)]) {
    for (const shift of [0, 3]) variants.push({ of: (text) => write(crc32(input(text)), shift) });
  }
  return variants;
}

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const deep = (open, close, depth) => open.repeat(depth) + close.repeat(depth);

// [what, the bytes, status, code] for a body that should be {"validity": ...}.
const bodies = [
  ['an empty body', '', 400, 'body_malformed'],
  ['a truncated body', '{"validity":"2h"', 400, 'body_malformed'],
  ['duplicate keys', '{"validity":"2h","validity":"8h"}', 400, 'body_malformed'],
  ['a depth of 10,000', deep('[', ']', 10_000), 400, 'body_malformed'],
  ['a deep object in an unknown member', `{"validity":"2h","x":${deep('{"a":', '}', 5000).replace('}', '1}')}}`, 400, 'body_malformed'],
  ['1e999', '{"validity":1e999}', 422, 'field_invalid', 400],
  ['2^53+1', '{"validity":9007199254740993}', 400, 422],
  ['a lone surrogate', '{"validity":"\\ud800"}', 400, 'body_malformed', 422],
  ['invalid UTF-8', Buffer.from('{"validity":"\xff"}', 'latin1'), 400, 'body_malformed'],
  ['UTF-16 with a byte order mark', Buffer.from('\ufeff{"validity":"2h"}', 'utf16le'), 400, 'body_malformed'],
  ['an array for an object', '["2h"]', 400, 'body_malformed'],
  ['null for an object', 'null', 400, 'body_malformed'],
  ['trailing garbage', '{"validity":"2h"} x', 400, 'body_malformed'],
  ['two documents', '{"validity":"2h"}{"validity":"2h"}', 400, 'body_malformed'],
  ['a NUL in the middle', '{"validity":\u0000"2h"}', 400, 'body_malformed'],
  ['a missing member', '{}', 422, 'field_missing'],
  ['__proto__ instead', '{"__proto__":{"validity":"2h"}}', 422, 'field_missing'],
  ['null for a text', '{"validity":null}', 422, 'field_missing', 'field_invalid'],
  ...['0h', '-2h', '2.5h', '2', ' 2h', 'lifetime ', 'Lifetime', '1000000000h', '02h', '2H', ''].map((v) =>
    [`the validity "${v}"`, JSON.stringify({ validity: v }), 422]),
  ['the validity "3h", which is not offered', '{"validity":"3h"}', 422, 'validity_not_allowed'],
  ['a number as validity', '{"validity":2}', 422, 'field_invalid'],
];

for (const [name, body, ...expected] of bodies) {
  test(`JSON: ${name} is refused and makes nothing`, async () => {
    const before = (await admin.get('/tokens')).json.total;
    const answer = await admin.post('/tokens', body, { headers: { 'Content-Type': 'application/json' } });
    const statuses = expected.filter((e) => typeof e === 'number');
    const codes = expected.filter((e) => typeof e === 'string');
    assert.ok(statuses.includes(answer.status), `${answer.status} ${answer.text}`);
    assertProblem(answer, answer.status, codes.length === 1 && statuses.length === 1 ? codes[0] : undefined);
    assert.equal((await admin.get('/tokens')).json.total, before);
    assert.equal((await admin.post('/tokens', { validity: '2h' })).status, 201);
  });
}

test('JSON: members nobody asked for are passed over', async () => {
  const answer = await admin.post('/tokens', { validity: '2h', role: 'admin', org_id: 'org_x', expires_at: null });
  assert.equal(answer.status, 201, answer.text);
  assert.notEqual(answer.json.token.expires_at, null);
});

test('JSON: another Content-Type is refused', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', null]) {
    const answer = await admin.post('/tokens', '{"validity":"2h"}', { headers: { 'Content-Type': type } });
    assertProblem(answer, 415, 'media_type_not_supported');
  }
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  assert.equal((await admin.post('/tokens', '{"validity":"2h"}', { headers })).status, 201);
});

// [target, status, code]
const queries = [
  ['/tokens?limit=-1', 400], ['/tokens?limit=0', 400], ['/tokens?limit=101', 400],
  ['/tokens?limit=9223372036854775808', 400], ['/tokens?limit=1&limit=2', 400], ['/tokens?state=all', 400],
  ['/tokens?sort=hint;DROP', 400], ['/tokens?nobody=1', 400], ['/tokens?q=%ff', 400], ['/tokens?q=%00', 400],
  ['/tokens?q=%', 400], ['/tokens?cursor=edited', 400], [`/tokens?q=${'a'.repeat(121)}`, 400],
  ['/audit?from=yesterday', 400], ['/audit?token=pcc_x', 400], ['/audit?action=%27', 400],
];

for (const [target, status] of queries) {
  test(`query: ${target.slice(0, 60)} is refused`, async () => {
    assertProblem(await admin.get(target), status);
  });
}

test('query: SQL and LIKE characters and right-to-left text are only text', async () => {
  for (const text of ["'; DROP TABLE tokens; --", '%', '_', '\\', 'Ana%', 'مرحبا', '"', '=cmd()', '\u202e']) {
    const answer = await admin.get(`/networks?q=${encodeURIComponent(text)}`);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.items.length, 0, `${text} found ${answer.json.items.map((n) => n.name)}`);
  }
  assert.equal((await admin.get('/networks')).json.total, 12);
});

test('query: a cursor of another organization or another list is refused', async () => {
  const page = (await admin.get('/networks?limit=2')).json;
  assert.ok(page.next);
  const second = await admin.get(`/networks?limit=2&cursor=${encodeURIComponent(page.next)}`);
  assert.equal(second.status, 200, second.text);
  assert.notEqual(second.json.items[0].id, page.items[0].id);
  const stranger = await new Client(server).signIn(accountOf(server, 'admin', 'Fieldworks'));
  const cursor = encodeURIComponent(page.next);
  assertProblem(await stranger.get(`/networks?limit=2&cursor=${cursor}`), 400, 'cursor_invalid');
  assertProblem(await admin.get(`/tokens?limit=2&cursor=${cursor}`), 400, 'cursor_invalid');
  assertProblem(await admin.get(`/networks?limit=2&cursor=${cursor.slice(0, -3)}AAA`), 400, 'cursor_invalid');
});

test('names: what a network may not be called', async () => {
  const { id, name } = (await admin.get('/networks')).json.items[0];
  for (const bad of ['', '   ', 'a'.repeat(81), 'two\nlines', 'bell\u0007']) {
    assertProblem(await admin.patch(`/networks/${id}`, { name: bad }), 422, 'field_invalid');
  }
  assertProblem(await admin.patch(`/networks/${id}`, { tags: Array(13).fill('x').map((t, i) => t + i) }), 422);
  assertProblem(await admin.patch(`/networks/${id}`, { tags: 'guest' }), 422);
  assertProblem(await admin.patch(`/networks/${id}`, { name: { toString: 1 } }), 422);
  assert.equal((await admin.get(`/networks/${id}`)).json.name, name);
  for (const odd of ['=cmd()|calc', 'فندق', '<b>Lisbon</b>', "O'Neill"]) {
    const answer = await admin.patch(`/networks/${id}`, { name: odd });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.name, odd);
  }
  assert.equal((await admin.patch(`/networks/${id}`, { name })).status, 200);
});

test('sign-in: an unknown account and a wrong password get the same answer', async () => {
  const { email } = accountOf(server, 'guest', 'Aurora Hotels');
  const password = 'wrong wrong wrong wrong';
  const wrong = await new Client(server).post('/session', { email, password });
  const unknown = await new Client(server).post('/session', { email: 'nobody@nowhere.example', password });
  assertProblem(wrong, 401, 'sign_in_failed');
  assertProblem(unknown, 401, 'sign_in_failed');
  assert.deepEqual({ ...wrong.json, request_id: '' }, { ...unknown.json, request_id: '' });
  assert.ok(!wrong.text.includes(password) && !wrong.headers['set-cookie']);
});

test('sign-in: ten failures, then one has to wait, and only that account', async () => {
  const email = 'somebody@nowhere.example';
  const tries = [];
  for (let i = 0; i < 12; i++) {
    tries.push(await new Client(server).post('/session', { email, password: `wrong wrong wrong ${i}` }));
  }
  assertProblem(tries[0], 401, 'sign_in_failed');
  assertProblem(tries.at(-1), 429, 'rate_limited');
  assert.ok(Number(tries.at(-1).headers['retry-after']) > 0);
  await new Client(server).signIn(accountOf(server, 'guest', 'Aurora Hotels'));
});
