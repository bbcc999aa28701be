// The main job with no mouse at all: the focus is seen at every stop, and every shortcut under `?` does what it says.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoComplaints, hintOf, openTab, shot, startWorld } from './harness.mjs';
import { countFrames, drawn, settled } from './places.mjs';
import { focusFault } from './checks/placement.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';

/** Who uses no mouse: a page whose stops are looked at, each once. */
class Typist {
  constructor(page) {
    this.page = page;
    this.seen = new Set();
  }

  /** Presses Tab until the control has the focus; each stop on the way is seen. */
  async to(locator, key = 'Tab') {
    await locator.first().waitFor();
    for (let i = 0; i < 80; ++i) {
      await this.look();
      if (await locator.evaluateAll((found) => found.includes(document.activeElement))) return;
      await this.page.keyboard.press(key);
    }
    assert.fail(`the keyboard does not reach ${locator}`);
  }

  async look() {
    const stop = await this.page.evaluate(() => {
      const element = document.activeElement;
      const box = element.getBoundingClientRect();
      // A toast that lies over it is read first, and goes.
      const under = Array.from(document.querySelectorAll('#mirror [role=status]'), (one) => one.getBoundingClientRect()).some((toast) =>
        toast.left < box.right + 8 && toast.right > box.left - 8 && toast.top < box.bottom + 8 && toast.bottom > box.top - 8 && toast.width > 0);
      return element.matches('.control, .field') && !under ? `${location.pathname} ${element.pccKey}` : null;
    });
    if (stop === null || this.seen.has(stop)) return;
    this.seen.add(stop);
    await drawn(this.page);
    assert.equal(await focusFault(this.page), null);
  }

  async press(key) {
    await this.page.keyboard.press(key);
  }

  async go(locator, key = 'Enter') {
    await this.to(locator);
    await this.press(key);
  }
}

/** Signs in by keyboard; the form's own focus is the browser's, and drawn by the style sheet. */
async function signedIn(account, at) {
  const page = await openTab(world, { at, prepare: countFrames, permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('#form').waitFor();
  await page.waitForFunction(() => document.activeElement.id === 'email');
  for (const words of [account.email, account.password]) {
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, 'solid', 'the focus is seen in the form');
    await page.keyboard.type(words);
    await page.keyboard.press('Tab');
  }
  assert.equal(await page.evaluate(() => document.activeElement.id), 'submit');
  await page.keyboard.press('Enter');
  await settled(page);
  return new Typist(page);
}

test('sign in, generate, copy, assume, go back, expire: by keyboard, with the focus in sight', async () => {
  const ana = await signedIn(world.ana, tokens);
  const admin = ana.page;
  await admin.getByRole('table', { name: 'Active Tokens List' }).waitFor();
  await ana.go(admin.getByRole('button', { name: 'Generate New Token' }));
  await admin.getByRole('dialog', { name: 'Generate New Token' }).waitFor();
  await ana.to(admin.getByRole('radio', { checked: true }));
  await ana.press('ArrowRight');
  await admin.getByRole('radio', { name: '8 Hours', exact: true, checked: true }).waitFor();
  await ana.press('ArrowLeft');
  await admin.getByRole('radio', { name: '2 Hours', exact: true, checked: true }).waitFor();
  await ana.go(admin.getByRole('button', { name: 'Generate Token', exact: true }));
  await admin.getByRole('dialog', { name: 'Token generated' }).waitFor();
  const tokenId = await admin.locator('code').first().textContent();
  await ana.go(admin.getByRole('button', { name: 'Copy Token ID' }));
  await admin.waitForFunction(() => document.getElementById('spoken').textContent.includes('Token ID copied.'));
  assert.equal(await admin.evaluate(() => navigator.clipboard.readText()), tokenId);
  await ana.go(admin.getByRole('button', { name: 'Done' }), 'Space');
  await admin.locator('#mirror [aria-modal]').waitFor({ state: 'detached' });
  assert.equal(await admin.evaluate(() => document.activeElement.textContent), 'Generate New Token', 'the focus comes back');

  const sam = await signedIn(world.sam, '/configure/organization/assume');
  const engineer = sam.page;
  await sam.to(engineer.getByRole('textbox', { name: 'Token ID' }));
  await engineer.evaluate((text) => navigator.clipboard.writeText(text), tokenId);
  await sam.press('Control+v');
  await sam.go(engineer.getByRole('button', { name: 'Assume User' }));
  const banner = engineer.getByRole('region', { name: 'Acting for Aurora Hotels' });
  await banner.waitFor();
  await settled(engineer);
  await sam.go(engineer.getByRole('table').getByRole('link', { name: 'Aurora Lisbon' }));
  await engineer.getByRole('heading', { level: 1, name: 'Aurora Lisbon' }).waitFor();
  await shot(engineer, 'keyboard-acting');
  await sam.go(banner.getByRole('button', { name: 'Go Back' }));
  await banner.waitFor({ state: 'detached' });

  await ana.go(admin.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }));
  await ana.go(admin.getByRole('button', { name: 'Expire Token' }));
  await admin.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).waitFor({ state: 'detached' });
  await ana.go(admin.getByRole('button', { name: 'Sign out' }));
  await admin.locator('#sign-in').waitFor();
  assert.ok(ana.seen.size > 15 && sam.seen.size > 8, `${ana.seen.size} and ${sam.seen.size} stops were looked at`);
  assertNoComplaints(admin, engineer);
  await admin.context().close();
  await engineer.context().close();
});

test('a dialog keeps the focus, forwards and backwards, and gives it back', async () => {
  const { page } = await signedIn(world.ana, tokens);
  const open = page.getByRole('button', { name: 'Generate New Token' });
  await open.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  for (const key of ['Tab', 'Shift+Tab']) {
    for (let i = 0; i < 8; ++i) {
      await page.keyboard.press(key);
      const where = await page.evaluate(() => (document.activeElement === document.body ? 'page' : document.activeElement.closest('[role=dialog]') ? 'dialog' : 'behind'));
      assert.notEqual(where, 'behind', `${key} ${i}`);
    }
  }
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.ok(await open.evaluate((one) => one === document.activeElement));
  await page.context().close();
});

test('what `?` lists is what the keys do', async () => {
  const { page } = await signedIn(world.ana, tokens);
  const table = page.getByRole('table', { name: 'Active Tokens List' });
  await table.waitFor();
  const help = page.getByRole('dialog', { name: 'Help' });
  await page.keyboard.press('?');
  await help.waitFor();
  const listed = await help.locator('dt').allTextContents();
  await page.keyboard.press('?');
  await help.waitFor({ state: 'detached' });
  const selected = (count) => page.waitForFunction((wanted) => document.querySelectorAll('#mirror tr[aria-selected=true]').length === wanted, count);
  const focused = () => page.evaluate(() => [document.activeElement.tagName, document.activeElement.textContent]);
  const cells = table.locator('tbody tr');
  const tried = {
    'Tab, Shift+Tab': async () => {
      await page.getByRole('searchbox').focus();
      await page.keyboard.press('Tab');
      assert.deepEqual(await focused(), ['BUTTON', 'Generate New Token']);
      await page.keyboard.press('Shift+Tab');
      assert.equal((await focused())[0], 'INPUT');
    },
    'Enter, Space': async () => {
      for (const key of ['Enter', 'Space']) {
        await page.getByRole('button', { name: 'Help and shortcuts' }).focus();
        await page.keyboard.press(key);
        await help.waitFor();
        await page.keyboard.press('Escape');
        await help.waitFor({ state: 'detached' });
      }
    },
    'Arrow keys': async () => {
      await cells.first().locator('td').nth(2).focus();
      await page.keyboard.press('ArrowRight');
      assert.ok(await cells.first().locator('td').nth(3).evaluate((cell) => cell.contains(document.activeElement)));
      await page.keyboard.press('ArrowDown');
      assert.ok(await cells.nth(1).locator('td').nth(3).evaluate((cell) => cell.contains(document.activeElement)));
    },
    'Space, Ctrl+click': async () => {
      await cells.first().locator('td').nth(3).focus();
      await page.keyboard.press('Space');
      await selected(1);
    },
    'Shift+↑↓, Shift+click': async () => {
      await cells.first().locator('td').nth(3).focus();
      await page.keyboard.press('Shift+ArrowDown');
      await selected(2);
    },
    'Ctrl+A': async () => {
      const rows = await cells.count();
      await page.keyboard.press('Control+a');
      await selected(rows);
    },
    'Ctrl+C': async () => {
      const words = await cells.first().locator('td').nth(2).innerText();
      await cells.first().locator('td').nth(2).focus();
      await page.keyboard.press('Control+c');
      await page.waitForFunction((copied) => document.getElementById('spoken').textContent.includes(copied), `Copied. ${words}`);
    },
    Esc: async () => {
      await page.keyboard.press('Escape');
      await selected(0);
    },
    '/': async () => {
      await page.keyboard.press('/');
      assert.equal((await focused())[0], 'INPUT');
      assert.equal(await page.getByRole('searchbox').inputValue(), '');
    },
    '?': async () => {
      await page.keyboard.press('?');
      assert.equal(await page.getByRole('searchbox').inputValue(), '?', 'in a field it is a letter');
    },
  };
  assert.deepEqual([...listed].sort(), Object.keys(tried).sort(), 'each shortcut that is listed is tried here');
  for (const [key, attempt] of Object.entries(tried)) {
    await attempt().catch((error) => assert.fail(`${key}: ${error.message}`));
  }
  assertNoComplaints(page);
  await page.context().close();
});
