// Lists in the browser: columns that sort, endings that go on, and the minute that turns on a screen at rest.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoComplaints, generate, hintOf, openAs, shot, startWorld } from './harness.mjs';
import { settled } from './places.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const addressOf = (page) => page.url().slice(world.server.url.length);
const head = (page, table, name) => page.getByRole('table', { name: table }).getByRole('columnheader', { name });
const sorts = (page, table, name, how) => page.waitForFunction(([caption, title, wanted]) => {
  const found = Array.from(document.querySelectorAll('[role=table]')).find((one) => one.caption?.textContent === caption);
  const column = Array.from(found?.querySelectorAll('th') ?? []).find((one) => one.textContent === title);
  return column?.getAttribute('aria-sort') === wanted;
}, [table, name, how]);

/** The words of a column, of the rows that stand in the page. */
const wordsOf = (page, table, column) => page.getByRole('table', { name: table }).locator('tbody tr').evaluateAll(
  (rows, at) => rows.map((row) => row.querySelectorAll('td')[at].textContent), column);

test('networks sort by each column that counts, both ways; the address keeps it through a reload', async () => {
  const page = await openAs(world, world.ana, { at: '/monitor/networks' });
  await settled(page);
  const up = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const orders = { ascending: up, descending: (a, b) => up(b, a) };
  for (const [name, column, read, ways] of [['Clients', 4, Number, ['descending', 'ascending']],
    ['Access points', 2, (text) => Number(text.split('/')[1]), ['descending', 'ascending']],
    ['Network', 0, (text) => text.toLowerCase(), ['ascending', 'descending']]]) {
    const title = head(page, 'Networks', name).getByRole('button');
    for (const way of ways) {
      await title.focus();
      await page.keyboard.press('Enter');
      await sorts(page, 'Networks', name, way);
      await page.waitForTimeout(700);  // the head turns at once, the rows with the answer
      const words = (await wordsOf(page, 'Networks', column)).map(read);
      assert.ok(words.length > 5);
      assert.deepEqual(words, words.toSorted(orders[way]), `${name} ${way} ${words}`);
      await shot(page, `networks-by-${name.toLowerCase().replace(' ', '-')}-${way}`);
    }
  }
  await head(page, 'Networks', 'State').getByRole('button').click();
  await page.waitForURL(/\?sort=most_offline$/);
  await page.reload();
  await sorts(page, 'Networks', 'State', 'descending');
  assert.equal(addressOf(page), '/monitor/networks?sort=most_offline');
  assertNoComplaints(page);
  await page.context().close();
});

test('the audit turns round, and live sessions have an order of their own', async () => {
  const page = await openAs(world, world.ana, { at: '/record/audit' });
  await head(page, 'Audit', 'When').getByRole('button').click();
  await sorts(page, 'Audit', 'When', 'ascending');
  await page.waitForURL(/\?sort=oldest$/);
  await shot(page, 'audit-oldest-first');
  await page.goto('/monitor/sessions?ended=a_to_z');
  await sorts(page, 'Ended', 'Engineer', 'ascending');
  await head(page, 'Ended', 'Ended').getByRole('button').click();
  await sorts(page, 'Ended', 'Ended', 'descending');
  await page.waitForURL(/\?ended=ends_last$/);
  assertNoComplaints(page);
  await page.context().close();
});

test('selected tokens are ended to the last one though the page was left, and it is told where one is', async () => {
  const page = await openAs(world, world.ana, { at: '/record/audit' });
  await page.getByRole('link', { name: 'Generated Tokens List' }).click();
  const made = [await generate(page), await generate(page), await generate(page)];
  // Each takes its time, so that there is time to leave.
  await page.route(/tokens\/[^/]+\/expire$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  for (const tokenId of made) await page.getByRole('checkbox', { name: `Select token ${hintOf(tokenId)}` }).click();
  await page.getByRole('button', { name: 'Expire the selected tokens' }).click();
  await page.getByRole('button', { name: 'Expire 3 Tokens' }).click();
  await page.evaluate(() => history.go(-2));
  await page.getByRole('heading', { name: 'Audit' }).waitFor();
  await page.getByText('3 tokens are expired.').first().waitFor({ state: 'attached' });
  assert.equal(addressOf(page), '/record/audit');
  await page.getByRole('link', { name: 'Generated Tokens List' }).click();
  await settled(page);
  for (const tokenId of made) assert.equal(await page.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).count(), 0);
  assertNoComplaints(page);
  await page.context().close();
});

test('at rest nothing is drawn until the server’s minute turns, then the clock is right; hidden, nothing at all', async () => {
  // A computer whose clock is 20 s ahead: its own minute turns at another time.
  const watch = () => {
    const now = Date.now;
    Date.now = () => now() + 20_000;
    window.framesAsked = [];
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (run) => {
      window.framesAsked.push(now());
      return ask(run);
    };
  };
  const pages = [];
  for (let i = 0; i < 2; ++i) {
    const page = await openAs(world, world.ana);
    await page.addInitScript(watch);
    await page.goto('/monitor/networks');
    await page.getByRole('table', { name: 'Networks' }).waitFor();
    await page.getByText(/^\d\d:\d\d your time$/).waitFor({ state: 'attached' });
    pages.push(page);
  }
  const [seen, hidden] = pages;
  await hidden.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  // Far enough from the turn that what opening draws is over; a ping of the event stream falls in between.
  const far = 60_000 - (Date.now() % 60_000);
  await new Promise((resolve) => setTimeout(resolve, far > 22_000 ? 2000 : far + 2000));
  const clock = await seen.getByText(/^\d\d:\d\d your time$/).textContent();
  for (const page of pages) await page.evaluate(() => { window.framesAsked = []; });
  const turn = Math.ceil(Date.now() / 60_000) * 60_000;
  await new Promise((resolve) => setTimeout(resolve, turn - Date.now() + 3000));
  const frames = await seen.evaluate(() => window.framesAsked);
  assert.ok(frames.length >= 1 && frames.length <= 2, `frames ${frames.map((at) => at - turn)} ms from the turn`);
  // The console knows the server's clock as well as an answer tells it.
  assert.ok(frames.every((at) => at > turn - 500), `frames ${frames.map((at) => at - turn)} ms from the turn`);
  assert.notEqual(await seen.getByText(/^\d\d:\d\d your time$/).textContent(), clock);
  assert.deepEqual(await hidden.evaluate(() => window.framesAsked), []);
  for (const page of pages) {
    assertNoComplaints(page);
    await page.context().close();
  }
});
