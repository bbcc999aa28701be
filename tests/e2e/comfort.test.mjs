// Tables under mouse and keyboard: selecting, columns, copying, the head that stays; toasts, clocks and empty lists.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoComplaints, desktop, generate, hintOf, middleOf, openAs, openTab, phone, shot, signIn, startWorld } from './harness.mjs';
import { axeFaults } from './checks/semantics.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const at = '/configure/organization/tokens';
const list = (page) => page.getByRole('table', { name: 'Active Tokens List' });
const box = (page, tokenId) => page.getByRole('checkbox', { name: `Select token ${hintOf(tokenId)}` });
const rowOf = (page, tokenId) => list(page).getByRole('row').filter({ has: box(page, tokenId) });
const cell = (page, tokenId, column) => rowOf(page, tokenId).getByRole('cell').nth(column);
const spoken = (page, words) => page.waitForFunction((text) => document.getElementById('spoken').textContent.includes(text), words);
const selected = (page) => list(page).locator('tr[aria-selected="true"]').count();
const until = (page, tokenId, state) => page.waitForFunction(([name, wanted]) => {
  const found = Array.from(document.querySelectorAll('[role=checkbox]')).find((one) => one.textContent === name);
  return Boolean(found) && found.getAttribute('aria-checked') === wanted;
}, [`Select token ${hintOf(tokenId)}`, state]);

/** An admin with three fresh tokens on top of the list, the newest first. */
async function threeTokens(options) {
  const page = await openAs(world, world.ana, { at, ...options });
  const made = [];
  for (let i = 0; i < 3; ++i) made.unshift(await generate(page));
  return [page, ...made];
}

async function pressOnRow(page, tokenId, modifiers = []) {
  const place = await middleOf(cell(page, tokenId, 3));
  for (const key of modifiers) await page.keyboard.down(key);
  await page.mouse.click(place.x, place.y);
  for (const key of modifiers) await page.keyboard.up(key);
}

test('by mouse: a row, one more with Ctrl, a range with Shift, all by the head; Escape clears', async () => {
  const [page, a, b, c] = await threeTokens();
  await pressOnRow(page, a);
  await until(page, a, 'true');
  await pressOnRow(page, c, ['Control']);
  await until(page, c, 'true');
  await spoken(page, '2 selected.');
  assert.equal(await selected(page), 2);
  await page.getByRole('checkbox', { name: 'Select all' }).first().and(page.locator('[aria-checked="mixed"]')).waitFor();
  await pressOnRow(page, a);
  await until(page, c, 'false');
  await pressOnRow(page, c, ['Shift']);
  await spoken(page, '3 selected.');
  await until(page, b, 'true');
  await shot(page, 'comfort-selected');
  await page.getByRole('checkbox', { name: 'Select all' }).first().click();
  await page.getByRole('checkbox', { name: 'Select all' }).first().and(page.locator('[aria-checked="true"]')).waitFor();
  await page.keyboard.press('Escape');
  await spoken(page, '0 selected.');
  assert.equal(await selected(page), 0);
  assertNoComplaints(page);
  await page.context().close();
});

test('by keyboard: from cell to cell, Space, Shift with arrows, Ctrl+A', async () => {
  const [page, a, b, c] = await threeTokens();
  await box(page, a).focus();
  await page.keyboard.press('Space');
  await until(page, a, 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await until(page, b, 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await until(page, c, 'true');
  await page.keyboard.press('Shift+ArrowUp');
  await until(page, c, 'false');
  assert.ok(await box(page, b).evaluate((one) => one === document.activeElement), 'the focus went along');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), '2 Hours');
  await shot(page, 'comfort-cell-focus');
  await page.keyboard.press('Space');
  await until(page, b, 'false');
  await page.keyboard.press('Control+a');
  await until(page, c, 'true');
  assert.equal(await selected(page), await list(page).locator('tbody tr').count());
  assertNoComplaints(page);
  await page.context().close();
});

test('one confirmation ends all that are selected, one request each; the rest stays', async () => {
  const [page, a, b, c] = await threeTokens();
  const keys = [];
  page.on('request', (request) => /tokens\/[^/]+\/expire$/.test(request.url()) && keys.push(request.headers()['idempotency-key']));
  await box(page, a).click();
  await box(page, b).click();
  await page.getByRole('button', { name: 'Expire the selected tokens' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Expire 2 tokens?' });
  await dialog.waitFor();
  assert.ok((await dialog.textContent()).includes(`${hintOf(a)}, ${hintOf(b)}`));
  await shot(page, 'comfort-confirm');
  await page.getByRole('button', { name: 'Expire 2 Tokens' }).click();
  await spoken(page, '2 tokens are expired.');
  await box(page, a).and(list(page).getByRole('checkbox')).waitFor({ state: 'detached' });
  await box(page, b).and(list(page).getByRole('checkbox')).waitFor({ state: 'detached' });
  assert.equal(new Set(keys).size, 2);
  assert.equal(await box(page, c).count(), 1);
  assert.equal(await selected(page), 0);
  assertNoComplaints(page);
  await page.context().close();
});

test('axe finds nothing wrong with selected rows, the bar, the dialogs and a toast', async () => {
  const [page, a, b] = await threeTokens();
  await box(page, a).click();
  await until(page, a, 'true');
  assert.deepEqual(await axeFaults(page), []);
  await page.getByRole('button', { name: 'Columns of Active Tokens List' }).click();
  await page.getByRole('dialog', { name: 'Columns' }).waitFor();
  assert.deepEqual(await axeFaults(page), []);
  await page.getByRole('button', { name: 'Done' }).click();
  await box(page, b).click();
  await page.getByRole('button', { name: 'Expire the selected tokens' }).click();
  await page.getByRole('alertdialog').waitFor();
  assert.deepEqual(await axeFaults(page), []);
  await page.getByRole('button', { name: 'Expire 2 Tokens' }).click();
  await spoken(page, '2 tokens are expired.');
  assert.deepEqual(await axeFaults(page), []);
  await page.context().close();
});

test('what fails is told by name, and stays selected', async () => {
  const [page, a, b] = await threeTokens();
  let seen = 0;
  await page.route(/tokens\/[^/]+\/expire$/, (route) => (++seen === 2 ? route.abort() : route.continue()));
  await box(page, a).click();
  await box(page, b).click();
  await page.getByRole('button', { name: 'Expire the selected tokens' }).click();
  await page.getByRole('button', { name: 'Expire 2 Tokens' }).click();
  await spoken(page, '1 expired, 1 failed:');
  await spoken(page, hintOf(b));
  await box(page, a).and(list(page).getByRole('checkbox')).waitFor({ state: 'detached' });
  await until(page, b, 'true');
  await shot(page, 'comfort-failed');
  await page.context().close();
});

test('columns: drawn wider by the mouse, chosen and widened in a dialog, kept for the tab', async () => {
  const [page, a] = await threeTokens();
  const head = list(page).getByRole('columnheader', { name: 'Validity' });
  const before = await head.boundingBox();
  await page.mouse.move(before.x + before.width + 8, before.y + 10);
  await page.mouse.down();
  await page.mouse.move(before.x + before.width + 28, before.y + 10, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction((was) => {
    const th = Array.from(document.querySelectorAll('th')).find((one) => one.textContent === 'Validity');
    return th.getBoundingClientRect().width > was + 10;
  }, before.width);
  const place = await cell(page, a, 2).boundingBox();
  assert.ok(Math.abs(place.width - (await head.boundingBox()).width) <= 1, 'the cells go with their head');
  await page.getByRole('button', { name: 'Columns of Active Tokens List' }).click();
  await page.getByRole('dialog', { name: 'Columns' }).waitFor();
  await shot(page, 'comfort-columns');
  await page.getByRole('checkbox', { name: 'Last used' }).click();
  await page.getByRole('button', { name: 'Wider: Validity' }).press('Enter');
  await page.keyboard.press('Escape');
  await list(page).getByRole('columnheader', { name: 'Last used' }).waitFor({ state: 'detached' });
  await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('table', { name: 'Audit' }).waitFor();
  await page.goBack();
  await list(page).waitFor();
  assert.equal(await list(page).getByRole('columnheader', { name: 'Last used' }).count(), 0);
  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.ok(!/column|used/i.test(stored), 'nothing of it in web storage');
  assertNoComplaints(page);
  await page.context().close();
});

test('Ctrl+C copies the cell with the focus or under the pointer, and says so when it has', async () => {
  const [page, a] = await threeTokens({ permissions: ['clipboard-read', 'clipboard-write'] });
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const place = await middleOf(cell(page, a, 2));
  await page.mouse.move(place.x, place.y);
  await page.keyboard.press('Control+c');
  await spoken(page, 'Copied. 2 Hours');
  assert.equal(await clipboard(), '2 Hours');
  await cell(page, a, 1).focus();
  await page.keyboard.press('Control+c');
  await spoken(page, `Copied. ${hintOf(a)}`);
  assert.equal(await clipboard(), hintOf(a));
  await box(page, a).focus();
  await page.keyboard.press('Control+c');
  await spoken(page, `Copied. ${hintOf(a)}\t2 Hours`);
  assert.ok(!(await clipboard()).includes(a), 'never a Token ID');
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
    document.execCommand = () => false;
  });
  await cell(page, a, 2).focus();
  await page.keyboard.press('Control+c');
  await spoken(page, 'The browser did not allow copying.');
  assertNoComplaints(page);
  await page.context().close();
});

test('the head stays in sight while the rows pass under it', async () => {
  const page = await openAs(world, world.ana, { at: '/record/audit', viewport: { width: 1280, height: 420 } });
  const head = page.getByRole('columnheader', { name: 'Who' });
  await head.waitFor();
  const main = await page.getByRole('main').boundingBox();
  const resting = (await head.boundingBox()).y;
  await page.mouse.move(700, 300);
  for (let i = 0; i < 4; ++i) await page.mouse.wheel(0, 200);
  await page.waitForFunction((top) => {
    const th = Array.from(document.querySelectorAll('th')).find((one) => one.textContent === 'Who');
    return Math.abs(th.getBoundingClientRect().top - top) <= 2;
  }, main.y);
  assert.ok((await head.boundingBox()).y < resting);
  await shot(page, 'comfort-sticky');
  await page.context().close();
});

test('a toast stays under the pointer and goes afterwards; Undo takes back a rename', async () => {
  const page = await openAs(world, world.ana, { at: '/configure/organization/settings' });
  const name = page.getByRole('textbox', { name: /name/i }).first();
  const was = await name.inputValue();
  await name.fill('Borealis Hotels');
  await page.keyboard.press('Enter');
  await spoken(page, 'The organization is now called Borealis Hotels.');
  const undo = page.getByRole('button', { name: 'Undo' });
  const place = await middleOf(undo);
  await page.mouse.move(place.x, place.y - 30);
  await page.waitForTimeout(12_000);
  assert.equal(await undo.count(), 1, 'held by the pointer');
  await shot(page, 'comfort-undo');
  await undo.click();
  await spoken(page, `The organization is now called ${was}.`);
  assert.equal(await name.inputValue(), was);
  assertNoComplaints(page);
  await page.context().close();
});

test('a browser clock that is wrong by more than 30 s is warned of, a good one is not', async () => {
  const good = await openAs(world, world.ana, { at });
  await list(good).waitFor();
  assert.equal(await good.getByText(/clock of this computer is off/).count(), 0);
  await good.context().close();
  const page = await openTab(world, { at });
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() - 95_000;
  });
  await page.goto(at);
  await signIn(page, world.ana);
  await page.getByText(/The clock of this computer is off by 1 m/).waitFor({ state: 'attached' });
  await shot(page, 'comfort-clock');
  await page.context().close();
});

test('a search without a find teaches, and leads back', async () => {
  const page = await openAs(world, world.ana, { at });
  await page.getByRole('searchbox').fill('nothing like this');
  await page.getByRole('button', { name: 'Clear the search' }).first().click();
  await list(page).waitFor();
  assert.equal(await page.getByRole('searchbox').inputValue(), '');
  await page.context().close();
});

for (const [size, viewport] of [['desktop', desktop], ['phone', phone]]) {
  for (const colorScheme of ['light', 'dark']) {
    test(`how it looks, ${size}, ${colorScheme}`, async () => {
      const [page, a, b] = await threeTokens({ viewport, colorScheme, hasTouch: size === 'phone' });
      const press = (locator) => (size === 'phone' ? locator.tap() : locator.click());
      await page.waitForTimeout(8000);  // until the toasts have gone
      await shot(page, `comfort-tokens-${size}-${colorScheme}`);
      await press(box(page, a));
      await until(page, a, 'true');
      await press(box(page, b));
      await until(page, b, 'true');
      await page.waitForTimeout(300);
      await shot(page, `comfort-selection-${size}-${colorScheme}`);
      await press(page.getByRole('button', { name: 'Expire the selected tokens' }));
      await page.getByRole('alertdialog').waitFor();
      await page.waitForTimeout(300);
      await shot(page, `comfort-ending-${size}-${colorScheme}`);
      await press(page.getByRole('button', { name: 'Cancel' }));
      await press(page.getByRole('button', { name: 'Clear the selection' }));
      await press(page.getByRole('button', { name: 'Columns of Active Tokens List' }));
      await page.getByRole('dialog', { name: 'Columns' }).waitFor();
      await page.waitForTimeout(300);
      assert.equal(await page.getByRole('button', { name: 'Wider: Validity' }).count(), size === 'phone' ? 0 : 1);
      await shot(page, `comfort-columns-${size}-${colorScheme}`);
      assertNoComplaints(page);
      await page.context().close();
    });
  }
}
