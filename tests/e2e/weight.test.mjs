// Light and fast to open: what comes over the wire, once, compressed and kept; the form works before the program is there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { httpRequest } from '../http/harness.mjs';
import { assertNoComplaints, openTab, signIn, startWorld } from './harness.mjs';
import { watchLoading, weightFaults } from './checks/weight.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';
const most = 204_800;  // Source: issue "The canvas is a real web page"; Units: bytes

const listStands = (page) => page.getByRole('table', { name: 'Active Tokens List' }).getByRole('cell').first().waitFor();

test('all that it takes until the list can be used is light, comes once, and the second time not at all', async (t) => {
  const page = await openTab(world, { at: 'about:blank' });
  const first = await watchLoading(page);
  await page.goto(tokens);
  await signIn(page, world.ana);
  await listStands(page);
  for (const load of first.all()) t.diagnostic(`${load.bytes} ${load.encoding} ${load.method} ${new URL(load.url).pathname}`);
  assert.ok(first.files().some((load) => load.url.endsWith('.wasm') && load.bytes > 50_000), 'the program was seen');
  assert.deepEqual(weightFaults(first, most), []);

  const other = await page.context().newPage();
  const second = await watchLoading(other);
  await other.goto(tokens);
  await listStands(other);
  const files = second.files().filter((load) => !load.url.endsWith('.svg'));  // icons have no hash in their names
  assert.ok(files.some((load) => load.url.endsWith('.wasm')));
  for (const load of files) assert.equal(load.cached ? 0 : load.bytes, 0, `${load.url} on the second visit`);
  assertNoComplaints(page);
  await page.context().close();
});

test('files are kept for good under names with their hash, and lie there in brotli and gzip', async () => {
  const page = await httpRequest(world.server.port, 'GET', '/', { 'Accept-Encoding': 'br' });
  assert.equal(page.headers['content-encoding'], 'br');
  assert.match(page.headers['cache-control'], /no-cache/);
  const plain = (await httpRequest(world.server.port, 'GET', '/')).text;
  const names = [...plain.matchAll(/(?:href|src)="(\/[a-z]+-[0-9a-f]{10}\.(?:js|css|wasm))"/g)].map((found) => found[1]);
  assert.ok(names.length >= 3 && names.some((name) => name.endsWith('.wasm')), names.join(' '));
  for (const name of names) {
    const sizes = {};
    for (const encoding of ['br', 'gzip', 'identity']) {
      const answer = await httpRequest(world.server.port, 'GET', name, { 'Accept-Encoding': encoding });
      assert.equal(answer.status, 200, name);
      assert.equal(answer.headers['content-encoding'] ?? 'identity', encoding, name);
      assert.match(answer.headers['cache-control'], /max-age=31536000.*immutable/, name);
      sizes[encoding] = answer.bytes.length;
    }
    assert.ok(sizes.br < sizes.gzip && sizes.gzip < sizes.identity, `${name}: ${JSON.stringify(sizes)}`);
  }
  const program = await httpRequest(world.server.port, 'GET', names.find((name) => name.endsWith('.wasm')));
  assert.equal(program.headers['content-type'], 'application/wasm');
});

test('the form is the first paint, and signs in while the program is still on its way', async () => {
  const page = await openTab(world, { at: 'about:blank' });
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(/console-[^/]*\.(js|wasm)$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(tokens, { waitUntil: 'commit' });
  await page.locator('#form').waitFor();
  const painted = await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  assert.ok(painted);
  await page.getByLabel('E-mail').fill(world.ana.email);
  await page.getByLabel('Password').fill(world.ana.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('You are signed in. Opening the console…').waitFor();
  assert.equal(await page.locator('#mirror').locator('*').count(), 0, 'the program is not there');
  assert.equal(await page.getByLabel('Password').inputValue(), '', 'and the password is gone');
  release();
  await listStands(page);
  assertNoComplaints(page);
  await page.context().close();
});

test('the program is compiled while it streams, and is asked for once', async () => {
  const page = await openTab(world, { at: 'about:blank' });
  await page.addInitScript(() => {
    window.compiled = [];
    for (const name of ['instantiateStreaming', 'instantiate', 'compile', 'compileStreaming']) {
      const real = WebAssembly[name];
      WebAssembly[name] = async (...given) => {
        const made = await real.apply(WebAssembly, given);
        window.compiled.push(name);
        return made;
      };
    }
  });
  await page.goto(tokens);
  await signIn(page, world.ana);
  assert.deepEqual(await page.evaluate(() => window.compiled), ['compileStreaming', 'instantiate']);
  const asked = await page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.wasm')).length);
  assert.equal(asked, 1);
  await page.context().close();
});
