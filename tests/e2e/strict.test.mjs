// The strict page: its policy is never violated, nobody frames it, markup in a name stays words,
// and nothing secret outlives the dialog that showed it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoComplaints, openAs, openTab, signIn, startWorld } from './harness.mjs';
import { screens, settled } from './places.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const markup = '<img src=x onerror=alert(1)>';

/** A tab that remembers each violation of its policy, also across reloads. */
async function watched(at) {
  const page = await openTab(world, { at: 'about:blank' });
  page.violations = [];
  await page.exposeFunction('tellViolation', (words) => page.violations.push(words));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) =>
    window.tellViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  await page.goto(at);
  await signIn(page, world.ana);
  return page;
}

test('no violation of the policy over a full run, and a name of markup stays words', async () => {
  const page = await watched('/configure/organization/settings');
  await page.locator('#mirror main input').first().fill(markup);
  await page.getByRole('button', { name: 'Update', exact: true }).click();
  await page.getByText(markup).first().waitFor({ state: 'attached' });
  assert.equal(await page.locator('img').count(), 0);
  for (const at of screens) {
    await page.goto(at);
    await settled(page);
  }
  assert.deepEqual(page.violations, []);
  assertNoComplaints(page);
  await page.context().close();
});

test('the policy is sent with Trusted Types, and bites', async () => {
  const page = await watched('/configure/organization/tokens');
  const answer = await page.request.get('/');
  const policy = answer.headers()['content-security-policy'];
  assert.match(policy, /require-trusted-types-for 'script'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'/);
  const refused = await page.evaluate((words) => {
    try {
      document.createElement('p').innerHTML = words;
      return false;
    } catch (error) {
      return error instanceof TypeError;
    }
  }, markup);
  assert.ok(refused, 'markup cannot be parsed');
  await page.context().close();
});

test('framing is refused', async () => {
  const context = await world.browser.newContext();
  const page = await context.newPage();
  await page.route('http://elsewhere.example/', (route) => route.fulfill({
    contentType: 'text/html', body: `<iframe src="${world.server.url}/"></iframe>` }));
  await page.goto('http://elsewhere.example/');
  assert.equal(page.frames().length, 2);
  assert.ok(!page.frames()[1].url().startsWith(world.server.url), 'the frame shows the console');
  await context.close();
});

/** All the places where a page can keep something. */
async function keptBy(page) {
  const inPage = await page.evaluate(async () => JSON.stringify([location.href, history.state, { ...localStorage },
    { ...sessionStorage }, document.cookie, await indexedDB.databases(), await caches.keys().catch(() => []),
    document.documentElement.outerHTML, [...document.querySelectorAll('input')].map((input) => input.value)]));
  return inPage + JSON.stringify(await page.evaluate(() => performance.getEntries().map((entry) => entry.name)));
}

test('nothing secret is kept once the dialog is closed', async () => {
  const page = await openAs(world, world.ana, { at: '/configure/organization/tokens' });
  await page.getByRole('button', { name: 'Generate New Token' }).click();
  await page.getByRole('button', { name: 'Generate Token', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Token generated' });
  await dialog.waitFor();
  const tokenId = await page.locator('code').first().textContent();
  assert.match(tokenId, /^pcc_/);
  await page.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  const kept = await keptBy(page);
  assert.ok(!kept.includes(tokenId), 'no Token ID');
  assert.ok(!kept.includes(world.ana.password), 'no password');
  await page.context().close();
});
