// Pictures of every screen and dialog, on a phone, a laptop and in 4K, light and dark, to be looked at one by one.

import { after, before, test } from 'node:test';
import { assertDrawn, assertNoComplaints, desktop, openAs, openTab, phone, shot, startWorld } from './harness.mjs';
import { countFrames, dialogs, drawn, engineerScreens, goTo, inDialog, screenName, screensOf } from './places.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';
const vast = { width: 3840, height: 2160 };

const wordOf = (title) => String(title).replace(/\W+/g, '-').replace(/^-|-$/g, '').toLowerCase();

for (const viewport of [phone, desktop, vast]) {
  for (const colorScheme of ['light', 'dark']) {
    const look = { viewport, colorScheme, prepare: countFrames, ...(viewport === phone ? { hasTouch: true, isMobile: true } : {}) };
    const named = (name) => `all-${viewport.width}-${colorScheme}-${name}`;

    test(`pictures at ${viewport.width} x ${viewport.height}, ${colorScheme}`, async () => {
      const form = await openTab(world, look);
      await form.locator('#form').waitFor();
      await shot(form, named('sign-in'));
      await form.context().close();

      const page = await openAs(world, world.ana, { ...look, at: tokens });
      const taken = async (name) => {
        await drawn(page);
        if (viewport !== vast) await assertDrawn(page);
        await shot(page, named(name));
      };
      for (const at of await screensOf(page)) {
        await goTo(page, at);
        await taken(wordOf(screenName(at)));
      }
      // Dialogs lie in the middle of any window: in 4K a few tell as much as all.
      for (const dialog of viewport === vast ? dialogs.slice(0, 2) : dialogs) {
        await inDialog(page, dialog, () => taken(`dialog-${wordOf(dialog.title)}`));
      }
      if (viewport === phone) {
        await page.getByRole('button', { name: 'Open the menu' }).click();
        await page.getByRole('button', { name: 'Close the menu' }).or(page.getByRole('link', { name: 'Audit' })).first().waitFor();
        await taken('menu');
      }
      assertNoComplaints(page);
      await page.context().close();

      const admin = await openAs(world, world.ana, { at: tokens });
      const engineer = await openAs(world, world.sam, { ...look, at: '/configure/organization/assume' });
      await engineerScreens(admin, engineer, async (name) => {
        await drawn(engineer);
        await shot(engineer, named(`engineer-${name}`));
      });
      assertNoComplaints(engineer);
      await engineer.context().close();
      await admin.context().close();
    });
  }
}
