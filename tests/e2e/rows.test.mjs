// Rows that change places: the order in which they stand, and the focus; on the plain page also how far a list and
// the keyboard go by themselves.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, assume as assumeByApi, generate as generateByApi, until } from '../http/harness.mjs';
import { assertNoComplaints, openAs, startWorld } from './harness.mjs';
import { settled } from './places.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';
const tall = { width: 1280, height: 1700 };  // all rows are in sight
const flat = { width: 1280, height: 420 };
const plainPage = (context) => context.addInitScript(() => localStorage.setItem('pcc-plain', 'yes'));
const looks = { canvas: undefined, 'plain page': plainPage };

const list = (page) => page.getByRole('table', { name: 'Active Tokens List' });
const head = (page, name) => list(page).getByRole('columnheader', { name }).getByRole('button');
const admin = () => new Client(world.server).signIn(world.ana);

/** Which tokens the rows are about: as they stand in the page, and as they count themselves. */
const rowsOf = (page) => list(page).locator('tbody tr').evaluateAll((rows) => {
  const about = (row) => /pcc_.{4}….{4}/.exec(row.textContent)[0];
  const place = (row) => Number(row.getAttribute('aria-rowindex'));
  return { stand: rows.map(about), count: [...rows].sort((a, b) => place(a) - place(b)).map(about) };
});

for (const [look, prepare] of Object.entries(looks)) {
  test(`two blocks of rows that change places stand as they count themselves, ${look}`, async () => {
    const client = await admin();
    for (const validity of ['24h', '24h', '8h', '8h']) await generateByApi(client, validity);
    const page = await openAs(world, world.ana, { at: tokens, viewport: tall, prepare });
    await settled(page);
    await head(page, 'Time left').click();
    const { items } = (await client.get('/tokens?state=active&sort=ends_last')).json;
    const wanted = items.map((one) => one.hint);
    await until(async () => String((await rowsOf(page)).count) === String(wanted), 'the rows in their new order');
    assert.deepEqual((await rowsOf(page)).stand, wanted);
    assertNoComplaints(page);
    await page.context().close();
  });

  test(`the focus goes along with a row that comes to stand elsewhere, ${look}`, async () => {
    const client = await admin();
    const { token, token_id: tokenId } = await generateByApi(client);
    await generateByApi(client);
    const page = await openAs(world, world.ana, { at: tokens, viewport: tall, prepare });
    await settled(page);
    await head(page, 'Last used').click();
    await page.waitForURL(/active=last_used/);
    const { items } = (await client.get('/tokens?state=active&sort=last_used')).json;
    await until(async () => (await rowsOf(page)).count[0] === items[0].hint, 'the one that was used last on top');
    assert.notEqual(items[0].hint, token.hint);
    const expire = page.getByRole('button', { name: `Expire ${token.hint}` });
    await expire.focus();
    await assumeByApi(await new Client(world.server).signIn(world.sam), tokenId);
    await until(async () => (await rowsOf(page)).count[0] === token.hint, 'the row on top');
    assert.ok(await expire.evaluate((one) => one === document.activeElement));
    assertNoComplaints(page);
    await page.context().close();
  });
}

/** The plain page with a list that has no end; what follows its first hundred rows comes once `open` was called. */
async function openEndless() {
  const [token] = (await (await admin()).get('/tokens?state=active')).json.items;
  const endless = { furthest: 0 };
  const opened = new Promise((resolve) => { endless.open = resolve; });
  const answer = async (route) => {
    const at = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    endless.furthest = Math.max(endless.furthest, at);
    if (at > 0) await opened;
    const items = Array.from({ length: 100 }, (_, i) => ({ ...token, handle: `tok_${at * 100 + i}` }));
    const given = route.fulfill({ json: { items, next: String(at + 1), total: 1_000_000 } });
    await given.catch(() => {});  // the page may have given up asking
  };
  const prepare = async (context) => {
    await plainPage(context);
    await context.route(/\/tokens\?state=active/, answer);
  };
  endless.page = await openAs(world, world.ana, { at: tokens, viewport: flat, prepare });
  await endless.page.waitForFunction(() => document.querySelectorAll('#mirror tbody tr').length > 90);
  return endless;
}

test('on the plain page the arrow keys keep the focus in the window', async () => {
  const { page, open } = await openEndless();
  await list(page).locator('tbody tr').first().locator('td').nth(2).focus();
  for (let i = 1; i <= 12; ++i) {
    await page.keyboard.press('ArrowDown');
    const { row, top, bottom } = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      const row = document.activeElement.closest('tr').getAttribute('aria-rowindex');
      return { row, top: box.top, bottom: box.bottom };
    });
    assert.equal(row, String(i + 2), 'one row further');
    assert.ok(top >= -1 && bottom <= flat.height + 1, `row ${row} is at ${top} to ${bottom}`);
  }
  open();
  assertNoComplaints(page);
  await page.context().close();
});

test('scrolling at the end of the plain page asks for no more than has room, however long rows take', async () => {
  const endless = await openEndless();
  const { page } = endless;
  await page.evaluate(async () => {
    const frame = () => new Promise(requestAnimationFrame);
    scrollTo(0, document.documentElement.scrollHeight);
    for (let i = 0; i < 20; ++i) {
      await frame();
      await frame();
      scrollBy(0, i % 2 ? 9 : -9);
    }
  });
  endless.open();
  await page.waitForFunction(() => document.querySelectorAll('#mirror tbody tr').length > 150);
  for (let seen = -1; seen !== endless.furthest;) {
    seen = endless.furthest;
    await page.waitForTimeout(800);
  }
  assert.ok(endless.furthest <= 4, `${endless.furthest} pages came by themselves`);
  assertNoComplaints(page);
  await page.context().close();
});
