// The strict page: its policy is never violated, nobody frames it, markup in a name stays words,
// and nothing secret outlives the dialog that showed it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoComplaints, openAs, openTab, screenOf, signIn, startWorld } from './harness.mjs';
import { boxOfInk, photograph } from './checks/pixels.mjs';
import { countFrames, dialogs, drawn, engineerScreens, goTo, inDialog, screensOf, settled } from './places.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const markup = '<img src=x onerror=alert(1)>';

/** A tab that remembers each violation of its policy, also across reloads. */
async function watched(at, account = world.ana) {
  const page = await openTab(world, { at: 'about:blank' });
  page.violations = [];
  await page.exposeFunction('tellViolation', (words) => page.violations.push(words));
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) =>
    window.tellViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  await page.goto(at);
  await signIn(page, account);
  return page;
}

test('no violation of the policy over a full run, and a name of markup stays words', async () => {
  const page = await watched('/configure/organization/settings');
  await page.locator('#mirror main input').first().fill(markup);
  await page.getByRole('button', { name: 'Update', exact: true }).click();
  await page.getByText(markup).first().waitFor({ state: 'attached' });
  assert.equal(await page.locator('img').count(), 0);
  for (const at of await screensOf(page)) {
    await page.goto(at);
    await settled(page);
  }
  assert.deepEqual(page.violations, []);
  assertNoComplaints(page);
  await page.context().close();
});

test('nor over every dialog, and the whole way of an engineer', async () => {
  const admin = await watched('/configure/organization/tokens');
  for (const dialog of dialogs) await inDialog(admin, dialog, () => settled(admin));
  const engineer = await watched('/configure/organization/assume', world.sam);
  await goTo(admin, '/configure/organization/tokens');
  await engineerScreens(admin, engineer, () => settled(engineer));
  assert.deepEqual([...admin.violations, ...engineer.violations], []);
  assertNoComplaints(admin, engineer);
  await admin.context().close();
  await engineer.context().close();
});

for (const screen of ['pixels', 'webgl']) {
  test(`markup in the name of a network is drawn letter by letter, ${screen}`, async () => {
    const page = await openAs(world, world.ana, { at: '/monitor/networks', screen, prepare: countFrames });
    assert.equal(await screenOf(page), screen);
    await page.getByRole('table').getByRole('link').first().waitFor();
    if (await page.getByRole('link', { name: markup, exact: true }).count() === 0) {
      await page.getByRole('link', { name: 'Aurora Sintra' }).click();
      await page.getByRole('button', { name: 'Edit name and tags' }).click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(markup);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { level: 1, name: markup }).waitFor();
      await goTo(page, '/monitor/networks');
    }
    const link = page.getByRole('table').getByRole('link', { name: markup, exact: true });
    await link.waitFor();
    await drawn(page);
    const box = await link.boundingBox();
    const row = await page.getByRole('row').filter({ has: page.getByRole('link', { name: markup, exact: true }) }).boundingBox();
    const ink = boxOfInk(await photograph(page), { x: box.x - 2, y: row.y + 4, width: 220, height: row.height - 8 });
    const wide = await page.evaluate((words) => {
      const pen = document.createElement('canvas').getContext('2d');
      pen.font = '600 13px Inter, "Segoe UI", system-ui, -apple-system, Roboto, "Noto Sans", sans-serif';
      return pen.measureText(words).width;
    }, markup);
    assert.ok(ink && Math.abs(ink.width - wide) < 6, `${ink?.width} px are drawn, its letters take ${wide}`);
    assert.equal(await page.locator('img').count(), 0);
    assertNoComplaints(page);
    await page.context().close();
  });
}

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
