// The address bar, Back, several tabs: what people expect of any page.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoComplaints, assume, generate, hintOf, openAs, openTab, phone, signIn, startWorld } from './harness.mjs';
import { settled } from './places.mjs';

const tokensPath = '/configure/organization/tokens';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const addressOf = (page) => page.url().slice(world.server.url.length);

/** A second tab of the same browser, where the person is signed in already. */
async function anotherTab(page, path) {
  const other = await page.context().newPage();
  await other.goto(path);
  await other.locator('#mirror main h1').first().waitFor();
  await settled(other);
  return other;
}

test('the state of a list stands in the query, and a reload or a deep link brings it back', async () => {
  const page = await openAs(world, world.ana, { at: tokensPath });
  const sought = hintOf(await generate(page));
  const other = hintOf(await generate(page, '8 Hours'));
  await page.getByRole('searchbox', { name: 'Search tokens' }).fill(sought);
  await page.getByRole('button', { name: `Expire ${other}` }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Time left/ }).first().click();
  await page.waitForURL(/[?&]active=ends/);
  assert.equal(new URL(page.url()).searchParams.get('q'), sought);
  await page.reload();
  await page.getByRole('button', { name: `Expire ${sought}` }).waitFor();
  assert.equal(await page.getByRole('searchbox', { name: 'Search tokens' }).inputValue(), sought);
  assert.equal(await page.getByRole('button', { name: `Expire ${other}` }).count(), 0);

  const elsewhere = await openTab(world, { at: addressOf(page) });
  await signIn(elsewhere, world.ana);
  await elsewhere.getByRole('button', { name: `Expire ${sought}` }).waitFor();
  assert.equal(addressOf(elsewhere), addressOf(page));
  assertNoComplaints(page, elsewhere);
  await page.context().close();
  await elsewhere.context().close();
});

test('Back closes a dialog first; closed otherwise, it leaves no entry behind', async () => {
  const page = await openAs(world, world.ana, { at: '/record/audit' });
  await page.getByRole('link', { name: 'Generated Tokens List' }).click();
  const open = page.getByRole('button', { name: 'Generate New Token' });
  const dialog = page.getByRole('dialog', { name: 'Generate New Token' });
  await open.click();
  await dialog.waitFor();
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(addressOf(page), tokensPath);
  for (const close of [() => page.keyboard.press('Escape'), () => page.getByRole('button', { name: 'Cancel' }).click()]) {
    await open.click();
    await dialog.waitFor();
    await close();
    await dialog.waitFor({ state: 'detached' });
  }
  await page.waitForTimeout(300);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
  assert.equal(addressOf(page), '/record/audit');
  await page.goForward();
  await page.getByRole('heading', { level: 1, name: 'Generated Tokens List' }).waitFor();
  assertNoComplaints(page);
  await page.context().close();
});

test('on a phone, Back closes the menu', async () => {
  const page = await openAs(world, world.ana, { at: tokensPath, viewport: phone, hasTouch: true, isMobile: true });
  await page.getByRole('button', { name: 'Menu' }).click();
  const link = page.getByRole('link', { name: 'Audit' });
  await link.waitFor();
  await page.goBack();
  await link.waitFor({ state: 'detached' });
  assert.equal(addressOf(page), tokensPath);
  await page.context().close();
});

test('Ctrl+click on the navigation opens a tab and leaves this one', async () => {
  const page = await openAs(world, world.ana, { at: tokensPath });
  const [opened] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Audit' }).click({ modifiers: ['Control'] }),
  ]);
  await opened.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
  assert.equal(addressOf(page), tokensPath);
  await page.context().close();
});

test('assuming belongs to its tab: a typed address keeps it, another tab has none of it', async () => {
  const admin = await openAs(world, world.ana, { at: tokensPath });
  const tokenId = await generate(admin);
  const page = await openAs(world, world.sam, { at: '/configure/organization/assume' });
  await assume(page, tokenId);
  const banner = page.getByRole('region', { name: 'Acting for Aurora Hotels' });
  assert.match(await page.title(), /In Aurora Hotels/);
  assert.match(await page.locator('link[rel=icon]').getAttribute('href'), /assuming/);
  for (const path of ['/monitor/networks', '/nowhere', '/']) {
    await page.goto(path);
    await banner.waitFor();
  }
  const other = await anotherTab(page, '/monitor/networks');
  assert.equal(await other.getByRole('region', { name: /^Acting for/ }).count(), 0);
  assert.doesNotMatch(await other.title(), /Aurora/);
  assert.doesNotMatch(await other.locator('link[rel=icon]').getAttribute('href'), /assuming/);

  await page.getByRole('button', { name: 'Go Back' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.goto('/monitor/networks');
  await settled(page);
  assert.equal(await banner.count(), 0);
  assertNoComplaints(page, admin);
  await admin.context().close();
  await page.context().close();
});

test('signing out reaches the other tabs within a second', async () => {
  const page = await openAs(world, world.ana, { at: tokensPath });
  const other = await anotherTab(page, '/record/audit');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('#sign-in').waitFor();
  await other.locator('#sign-in').waitFor({ timeout: 1000 });
  assert.equal(await other.locator('#mirror main').count(), 0);
  await page.context().close();
});

test('a Token ID in the search box goes into no address', async () => {
  const page = await openAs(world, world.ana, { at: tokensPath });
  const tokenId = await generate(page);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  const box = page.getByRole('searchbox', { name: 'Search tokens' });
  await box.pressSequentially(tokenId, { delay: 15 });
  await page.waitForTimeout(400);
  await box.fill(tokenId);
  await page.waitForURL((url) => url.searchParams.get('q') === hintOf(tokenId));
  await page.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).waitFor();
  assert.ok(asked.length > 0);
  for (const url of [...asked, page.url()]) assert.ok(!url.includes(tokenId.slice(0, 9)), url);
  assert.equal(await box.inputValue(), hintOf(tokenId));
  await page.context().close();
});
