// assets/openapi.yaml against the running server: every route of the one is in the other, and what is
// answered has the members that the file says.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { accountOf, assume, Client, generate, httpRequest, openEvents, root, startServer } from './harness.mjs';
import { faultsOf } from './schema.mjs';
import { parseYaml } from './yaml.mjs';

const contract = parseYaml(await readFile(path.join(root, 'assets/openapi.yaml'), 'utf8'));
const methods = ['get', 'post', 'put', 'patch', 'delete'];
const operations = Object.entries(contract.paths).flatMap(([pattern, item]) =>
  methods.filter((m) => item[m]).map((m) => ({ pattern, method: m.toUpperCase(), ...item[m] })));

let server;
let admin;
let engineer;
const ids = {};

before(async () => {
  server = await startServer();
  admin = await new Client(server).signIn(accountOf(server, 'admin', 'Aurora Hotels'));
  engineer = await new Client(server).signIn(accountOf(server, 'network_admin', 'NetCare Support'));
  ids.network = (await admin.get('/networks?q=lisbon')).json.items[0].id;
  ids.ssid = (await admin.get(`/networks/${ids.network}`)).json.ssids[0].id;
  const points = (await admin.get(`/networks/${ids.network}/access-points`)).json.items;
  ids.access_point = points.find((p) => p.state === 'online').id;
});
after(() => server?.stop());

// Who asks and what with, so that the call succeeds.
async function caseOf(operation) {
  const { token, token_id } = await generate(admin);
  switch (operation.operationId) {
    case 'signIn': {
      const { email, password } = accountOf(server, 'guest', 'Aurora Hotels');
      return { client: new Client(server), body: { email, password } };
    }
    case 'signOut': return { client: await new Client(server).signIn(accountOf(server, 'admin', 'Fieldworks')) };
    case 'getSession': return { client: await assume(engineer, token_id) };
    case 'renameOrganization': return { client: admin, body: { name: 'Aurora Hotels' } };
    case 'generateToken': return { client: admin, body: { validity: '12h' } };
    case 'preflight': case 'assume': return { client: engineer, body: { token_id } };
    case 'endAssumption': return { client: admin, id: (await assume(engineer, token_id)).assumption };
    case 'revealToken': return { client: admin, handle: token.handle, body: {} };
    case 'changeNetwork': return { client: admin, body: { tags: ['lobby', 'guest'] } };
    case 'changeSsid': return { client: admin, body: { enabled: true } };
    default: return { client: admin, handle: token.handle };
  }
}

const resolve = (part) => (part.$ref ? part.$ref.slice(2).split('/').reduce((at, key) => at[key], contract) : part);

for (const operation of operations) {
  const { method, pattern, operationId } = operation;
  if (operationId === 'listen') continue;
  test(`${method} ${pattern} answers as the file says`, async () => {
    const { client, body, ...names } = await caseOf(operation);
    const target = pattern.replace(/\{(\w+)\}/g, (_, name) => names[name] ?? ids[name]);
    const answer = await client.send(method, target, body, { base: '' });
    const described = operation.responses[String(answer.status)];
    assert.ok(described && answer.status < 400, `${answer.status} ${answer.text}`);
    const content = resolve(described).content;
    if (!content) return assert.equal(answer.text, '');
    const [[type, { schema }]] = Object.entries(content);
    assert.equal(answer.headers['content-type'].split(';')[0], type);
    assert.deepEqual(faultsOf(contract, schema, answer.json), []);
    if (body) {
      const wanted = resolve(operation.requestBody).content['application/json'].schema;
      assert.deepEqual(faultsOf(contract, wanted, body), []);
    }
  });

  test(`${method} ${pattern} refuses as the file says`, async () => {
    if (!operation.responses['4XX']) return;
    const target = pattern.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? 'tok_nobody');
    const answer = await new Client(server).send(method, target, method === 'GET' ? undefined : '{', {
      base: '', headers: { 'Content-Type': 'application/json' } });
    assert.ok(answer.status >= 400 && answer.status < 500 && answer.status !== 405, answer.text);
    const schema = resolve(operation.responses['4XX']).content['application/problem+json'].schema;
    assert.deepEqual(faultsOf(contract, schema, answer.json), []);
  });
}

test('GET /api/v1/events sends events as the file says', async () => {
  const { token, token_id } = await generate(admin);
  const tab = await assume(engineer, token_id);
  const [hers, his] = [await openEvents(admin), await openEvents(tab)];
  await Promise.all([hers.next('ping'), his.next('ping')]);
  await generate(admin);
  await admin.delete(`/tokens/${token.handle}`);
  await Promise.all([hers.next('token.generated'), hers.next('token.deleted'), his.next('assumption.ended')]);
  const named = contract.paths['/api/v1/events'].get.description;
  for (const event of [...hers.seen, ...his.seen]) {
    assert.ok(event.name === 'ping' || named.includes(event.name), `${event.name} is not in the file`);
    assert.deepEqual(faultsOf(contract, { $ref: '#/components/schemas/Event' }, event.data), [], event.name);
  }
  hers.close();
});

test('lists of every kind of row are as the file says', async () => {
  for (const [target, name] of [['/tokens?state=expired', 'TokenPage'], ['/assumptions?state=ended', 'AssumptionPage'],
    ['/audit', 'AuditPage'], ['/networks', 'NetworkPage']]) {
    const answer = await admin.get(target);
    assert.ok(answer.json.items.length > 0, `${target} is empty`);
    assert.deepEqual(faultsOf(contract, { $ref: `#/components/schemas/${name}` }, answer.json), [], target);
  }
});

test('a list takes the orders of the file and no others, and a cursor serves its own order', async () => {
  const valuesOf = (list, name) => list.parameters?.find((p) => p.name === name)?.schema.enum;
  const lists = operations.filter((one) => valuesOf(one, 'sort'));
  assert.equal(lists.length, 4);
  const words = [...new Set(lists.flatMap((list) => valuesOf(list, 'sort')))];
  await generate(admin);
  await generate(admin);
  for (const list of lists) {
    const [state] = valuesOf(list, 'state') ?? [];
    const ask = (query) => admin.send('GET',
      `${list.pattern}?${new URLSearchParams({ limit: 1, ...(state && { state }), ...query })}`, undefined, { base: '' });
    const known = valuesOf(list, 'sort');
    for (const sort of words) {
      const answer = await ask({ sort });
      assert.equal(answer.status, known.includes(sort) ? 200 : 400, `${list.pattern} ${sort}`);
      const cursor = answer.json.next;
      if (!cursor) continue;
      assert.equal((await ask({ sort, cursor })).status, 200);
      const refused = await ask({ sort: known.find((one) => one !== sort), cursor });
      assert.equal(refused.json.code, 'cursor_invalid', `${list.pattern} ${sort}`);
    }
  }
});

// The server's own list of routes is core/api/endpoint.cpp; Allow tells what a path takes.
test('every route of the server is in the file, and the other way round', async () => {
  const source = await readFile(path.join(root, 'core/api/endpoint.cpp'), 'utf8');
  const built = [...source.matchAll(/\{Method::(\w+), "([^"]+)",/g)].map(([, method, pattern]) =>
    `${method.toUpperCase()} /api/v1${pattern.replace(/(?<=\/)[a-z]+_(?=\/|$)/g, '{}')}`);
  const written = operations.filter((o) => o.pattern.startsWith('/api/'))
    .map((o) => `${o.method} ${o.pattern.replace(/\{\w+\}/g, '{}')}`);
  assert.ok(built.length > 20);
  assert.deepEqual(written.sort(), built.sort());
});

test('a path takes the methods of the file and no others', async () => {
  for (const [pattern, item] of Object.entries(contract.paths)) {
    if (!pattern.startsWith('/api/')) continue;
    const target = pattern.replace('{handle}', 'tok_x').replace('{id}', 'asm_x').replace('{network}', 'net_x')
      .replace('{ssid}', 'ssid_x').replace('{access_point}', 'ap_x');
    const answer = await httpRequest(server.port, 'OPTIONS', target);
    assert.equal(answer.status, 405);
    const wanted = methods.filter((m) => item[m]).map((m) => m.toUpperCase());
    assert.deepEqual(answer.headers.allow.split(', ').sort(), wanted.sort(), pattern);
  }
});

test('every code that the server can answer is in the file', async () => {
  const known = contract.components.schemas.Problem.properties.code.enum;
  const sources = ['core/api/api_error.hpp', 'server/transport/answers.hpp'];
  for (const file of sources) {
    const source = await readFile(path.join(root, file), 'utf8');
    const codes = [...source.matchAll(/string_view \w+ = "(\w+)"/g)].map(([, code]) => code);
    assert.ok(codes.length > 2, file);
    const sent = codes.filter((code) => !['offline', 'answer_malformed'].includes(code));
    for (const code of sent) assert.ok(known.includes(code), `${code} is not in the file`);
  }
});
