// The plain page: asked for, left again and remembered; the main job, the countdown and colours on it.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { assertDrawn, assertNoComplaints, assume, desktop, generate, openAs, openTab, phone, shot, signIn, startWorld } from './harness.mjs';
import { Client, generate as generateByApi } from '../http/harness.mjs';
import { screenName, screensOf, settled } from './places.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const isPlain = (page) => page.evaluate(() => document.documentElement.classList.contains('plain'));
const plain = (page, wanted) => page.waitForFunction((is) => document.documentElement.classList.contains('plain') === is, wanted);

/** Signed in, with the plain page asked for on the sign-in page. */
async function openPlain(account, options) {
  const page = await openTab(world, options);
  await page.getByRole('button', { name: 'Use a plain page' }).click();
  await signIn(page, account);
  await settled(page);
  assert.ok(await isPlain(page));
  return page;
}

const axeSource = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

/** Here colours are in the page, so axe-core looks at them as well. */
async function violations(page) {
  await page.waitForFunction(() => document.getElementById('plain-style').sheet);
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const found = await window.axe.run(document);
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
  });
}

test('the main job on the plain page: by mouse here, by keyboard there', async () => {
  const admin = await openPlain(world.ana, { at: '/configure/organization/tokens' });
  assert.equal(await admin.locator('#canvas').isVisible(), false);
  const tokenId = await generate(admin);
  const engineer = await openPlain(world.sam, { at: '/configure/organization/assume' });
  await engineer.getByRole('textbox', { name: 'Token ID' }).focus();
  await engineer.keyboard.type(tokenId);
  await engineer.getByRole('button', { name: 'Assume User' }).waitFor();
  await engineer.keyboard.press('Enter');
  const banner = engineer.getByRole('region', { name: 'Acting for Aurora Hotels' });
  await banner.waitFor();
  const left = () => banner.getByText(/left$/).textContent();
  const first = await left();
  await engineer.waitForFunction((was) => !document.querySelector('[role=region]').textContent.includes(was), first);
  assert.notEqual(await left(), first);
  await admin.getByRole('button', { name: 'Expire pcc' }).first().click();
  await admin.getByRole('button', { name: 'Expire Token' }).click();
  await engineer.getByRole('heading', { name: /has ended/ }).waitFor();
  assertNoComplaints(admin, engineer);
  await admin.context().close();
  await engineer.context().close();
});

test('going to the plain page and back loses neither what was typed nor where one is', async () => {
  const page = await openAs(world, world.sam, { at: '/configure/organization/assume' });
  await assertDrawn(page);
  const field = page.getByRole('textbox', { name: 'Token ID' });
  await field.fill('pcc_half');
  await page.getByRole('button', { name: 'plain page' }).click();
  await plain(page, true);
  assert.equal(await field.inputValue(), 'pcc_half');
  assert.equal(await page.locator('#canvas').isVisible(), false);
  await field.press('End');
  await page.keyboard.type('way');
  await page.getByRole('button', { name: 'full view' }).click();
  await plain(page, false);
  assert.equal(await field.inputValue(), 'pcc_halfway');
  await assertDrawn(page);
  await page.mouse.move(5, 5);
  await page.getByRole('link', { name: 'Networks' }).click();
  await page.getByRole('heading', { name: 'Networks', level: 1 }).waitFor();
  assertNoComplaints(page);
  await page.context().close();
});

test('the choice outlives a reload, and is forgotten when it is taken back', async () => {
  const page = await openAs(world, world.ana, { at: '/record/audit' });
  await settled(page);
  await page.getByRole('button', { name: 'plain page' }).click();
  await plain(page, true);
  await page.reload();
  await plain(page, true);
  assert.equal(await page.evaluate(() => localStorage.getItem('pcc-plain')), 'yes');
  // Until the page is there, the button of that name is the sign-in form's.
  await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'full view' }).click();
  await plain(page, false);
  await page.reload();
  await settled(page);
  assert.equal(await isPlain(page), false);
  assert.equal(await page.evaluate(() => localStorage.getItem('pcc-plain')), null);
  assertNoComplaints(page);
  await page.context().close();
});

test('a long list goes on as one scrolls, to its last row', async () => {
  const admin = new Client(world.server);
  await admin.signIn(world.ana);
  for (let i = 0; i < 130; ++i) await generateByApi(admin);
  const page = await openPlain(world.ana, { at: '/configure/organization/tokens' });
  const rows = page.getByRole('table', { name: 'Active Tokens List' }).locator('tbody tr');
  assert.ok(await rows.count() < 130, 'not all of them at once');
  await page.waitForFunction(() => {
    scrollTo(0, document.documentElement.scrollHeight);
    return document.querySelectorAll('table')[0].querySelectorAll('tbody tr').length >= 134;
  }, null, { polling: 200 });
  await page.getByRole('heading', { name: 'Expired Tokens List' }).scrollIntoViewIfNeeded();
  assertNoComplaints(page);
  await page.context().close();
});

test('forced colours show the plain page, at once and for as long as they are forced', async () => {
  const page = await openAs(world, world.ana, { at: '/configure/organization/tokens' });
  await settled(page);
  await page.emulateMedia({ forcedColors: 'active' });
  await plain(page, true);
  assert.equal(await page.getByRole('button', { name: 'full view' }).count(), 0);
  await shot(page, 'plain-forced');
  await page.emulateMedia({ forcedColors: 'none' });
  await plain(page, false);
  await assertDrawn(page);
  assertNoComplaints(page);
  await page.context().close();
});

test('a toast on the plain page leaves what has the focus in sight, and stays under the pointer', async () => {
  const page = await openPlain(world.ana, { at: '/configure/organization/settings', viewport: { width: 390, height: 420 } });
  const field = page.getByRole('textbox', { name: /name/i }).first();
  await field.fill('Borealis Hotels');
  await field.evaluate((input) => scrollBy(0, input.getBoundingClientRect().bottom - innerHeight + 4));
  await page.keyboard.press('Enter');
  const toast = page.locator('#mirror [role=status]');
  await toast.waitFor();
  await page.waitForFunction(() => {
    const [input, over] = [document.activeElement, document.querySelector('#mirror [role=status]')].map((one) => one.getBoundingClientRect());
    return input.bottom <= over.top && input.top >= 0;
  });
  assert.ok(await field.evaluate((input) => input === document.activeElement));
  await toast.hover();
  await page.waitForTimeout(12_000);
  assert.equal(await toast.count(), 1, 'held by the pointer');
  await page.mouse.move(200, 5);
  await toast.waitFor({ state: 'detached', timeout: 12_000 });
  assertNoComplaints(page);
  await page.context().close();
});

for (const [name, viewport] of [['desktop', desktop], ['phone', phone]]) {
  for (const look of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', contrast: 'more' }]) {
    const called = `${name}-${look.colorScheme}${look.contrast ? '-strong' : ''}`;
    test(`every screen of the plain page stands right and can be read, ${called}`, async () => {
      const page = await openPlain(world.ana, { at: '/configure/organization/tokens', viewport, ...look });
      await page.getByRole('button', { name: 'Generate New Token' }).click();
      await page.getByRole('dialog').waitFor();
      assert.deepEqual(await violations(page), []);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await settled(page);  // the address goes back as well
      for (const at of await screensOf(page)) {
        await page.goto(at);
        await settled(page);
        assert.deepEqual(await violations(page), [], at);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${at} is ${over} px too wide`);
        await shot(page, `plain-${screenName(at)}-${called}`);
      }
      assertNoComplaints(page);
      await page.context().close();
    });
  }
}
