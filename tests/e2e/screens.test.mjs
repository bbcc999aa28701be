// Every screen and dialog, light and dark, on a desktop and a phone: drawn, without complaints, kept as pictures.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { assertDrawn, assertNoComplaints, assume, desktop, generate, openAs, openTab, phone, shot, startWorld } from './harness.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const settle = (page) => page.waitForTimeout(300);

/** By the navigation, as a person goes: on a phone it is behind the menu button. */
async function follow(page, name) {
  const menu = page.getByRole('button', { name: 'Open the menu' });
  if (await menu.count()) await menu.click();
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).first().click();
}

/** The first row's own link: further rows of a phone's long list stand in the page once they are in sight. */
const firstNetwork = (page) => page.getByRole('table').getByRole('link').first();

async function visit(page, path, heading, name) {
  await page.goto(path);
  await page.getByRole('heading', { name: heading }).first().waitFor();
  await settle(page);
  await assertDrawn(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${name} is ${overflow} px too wide`);
  await shot(page, name);
}

for (const [size, viewport] of [['desktop', desktop], ['phone', phone]]) {
  for (const colorScheme of ['light', 'dark']) {
    const look = { viewport, colorScheme, hasTouch: size === 'phone' };
    const named = (name) => `${name}-${size}-${colorScheme}`;

    test(`the admin's screens, ${size}, ${colorScheme}`, async () => {
      const form = await openTab(world, look);
      await form.getByRole('button', { name: 'Sign in' }).waitFor();
      await shot(form, named('sign-in'));
      await form.context().close();
      const page = await openAs(world, world.ana, look);
      await visit(page, '/configure/organization/tokens', 'Generated Tokens List', named('tokens'));
      await page.getByRole('button', { name: 'Generate New Token' }).click();
      await settle(page);
      await shot(page, named('generate'));
      await page.getByRole('button', { name: 'Generate Token', exact: true }).click();
      await page.getByRole('button', { name: 'Copy Token ID' }).waitFor();
      await settle(page);
      await shot(page, named('generated'));
      await page.getByRole('button', { name: 'Done' }).click();
      await visit(page, '/monitor/networks', 'Networks', named('networks'));
      await firstNetwork(page).click();
      await page.getByRole('heading', { name: 'Access points' }).waitFor();
      await settle(page);
      await shot(page, named('network'));
      await visit(page, '/monitor/sessions', 'Live sessions', named('sessions'));
      await visit(page, '/configure/organization/settings', 'Settings', named('settings'));
      await visit(page, '/record/audit', 'Audit', named('audit'));
      await visit(page, '/no/such/page', 'Page not found', named('not-found'));
      assertNoComplaints(page);
      await page.context().close();
    });

    test(`the engineer's screens, ${size}, ${colorScheme}`, async () => {
      const admin = await openAs(world, world.ana, { at: '/configure/organization/tokens' });
      const tokenId = await generate(admin);
      const page = await openAs(world, world.sam, { ...look, at: '/configure/organization/assume' });
      await shot(page, named('assume-empty'));
      await page.getByRole('textbox', { name: 'Token ID' }).fill(tokenId);
      await page.getByRole('button', { name: 'Assume User' }).waitFor();
      await settle(page);
      await shot(page, named('assume'));
      await assume(page, tokenId);
      await firstNetwork(page).waitFor();
      await settle(page);
      await shot(page, named('assumed'));
      await follow(page, 'Generated Tokens List');
      await page.getByRole('button', { name: /Go Back to/ }).waitFor();
      await settle(page);
      await shot(page, named('refused'));
      await admin.getByRole('button', { name: 'Expire pcc' }).first().click();
      await admin.getByRole('button', { name: 'Expire Token' }).click();
      await page.getByRole('heading', { name: /has ended/ }).waitFor();
      await settle(page);
      await shot(page, named('ended'));
      assertNoComplaints(page, admin);
      await page.context().close();
      await admin.context().close();
    });
  }
}
