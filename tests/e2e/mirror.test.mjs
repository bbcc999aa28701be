// Two renderers, one View tree: what stands in the page means what is drawn, stands where it is drawn, is touched
// only where it changes, and is read by a screen reader.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoComplaints, desktop, openAs, phone, screenOf, startWorld } from './harness.mjs';
import { countFrames, dialogs, drawn, engineerScreens, goTo, inDialog, screensOf, settled } from './places.mjs';
import { differing } from './pictures.mjs';
import { focusFault, placementFaults } from './checks/placement.mjs';
import { axeFaults, semanticFaults } from './checks/semantics.mjs';
import { needless, touchedBy } from './checks/touched.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';

async function assertPlaced(page, where) {
  await drawn(page);
  const { faults, measured } = await placementFaults(page);
  assert.deepEqual(faults, [], where);
  assert.ok(measured > 0, `${where}: something was measured`);
}

async function assertSemantics(page, where) {
  assert.deepEqual(await semanticFaults(page), [], where);
  assert.deepEqual(await axeFaults(page), [], where);
}

for (const [size, viewport] of [['desktop', desktop], ['phone', phone]]) {
  test(`every screen and dialog means what it shows, and stands within 2 px of it, ${size}`, async () => {
    const page = await openAs(world, world.ana, { at: tokens, viewport, hasTouch: size === 'phone', prepare: countFrames });
    assert.equal(await screenOf(page), 'pixels');
    for (const at of await screensOf(page)) {
      await goTo(page, at);
      await assertSemantics(page, at);
      await assertPlaced(page, at);
    }
    for (const dialog of dialogs) {
      await inDialog(page, dialog, async () => {
        await assertSemantics(page, String(dialog.title));
        await assertPlaced(page, String(dialog.title));
      });
    }
    assertNoComplaints(page);
    await page.context().close();
  });
}

test('the engineer’s screens mean what they show, and stand where they are drawn', async () => {
  const admin = await openAs(world, world.ana, { at: tokens });
  const page = await openAs(world, world.sam, { at: '/configure/organization/assume', prepare: countFrames });
  await engineerScreens(admin, page, async (name) => {
    await assertSemantics(page, name);
    await assertPlaced(page, name);
  });
  assertNoComplaints(page, admin);
  await page.context().close();
  await admin.context().close();
});

test('by WebGL as well', async () => {
  const page = await openAs(world, world.ana, { at: tokens, screen: 'webgl', prepare: countFrames });
  assert.equal(await screenOf(page), 'webgl');
  for (const at of await screensOf(page)) {
    await goTo(page, at);
    await assertPlaced(page, at);
  }
  for (const dialog of dialogs.slice(0, 3)) {
    await inDialog(page, dialog, () => assertPlaced(page, String(dialog.title)));
  }
  await page.context().close();
});

for (const screen of ['pixels', 'webgl']) {
  for (const [scale, size] of [[1, desktop], [1.5, { width: 853, height: 533 }], [2, { width: 640, height: 400 }]]) {
    test(`also after scrolling and resizing, ${scale} device pixels to one of CSS, ${screen}`, async () => {
      const page = await openAs(world, world.ana, { at: '/record/audit', viewport: size, deviceScaleFactor: scale, screen, prepare: countFrames });
      await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
      await assertPlaced(page, 'resting');
      await page.mouse.move(size.width / 2, size.height * 0.7);
      for (const by of [130, 57, 410]) {
        await page.mouse.wheel(0, by);
        await assertPlaced(page, `scrolled by ${by}`);
      }
      await goTo(page, tokens);
      for (const [width, height] of [[size.width - 133, size.height + 71], [size.width + 40, size.height - 39]]) {
        await page.setViewportSize({ width, height });
        await page.waitForFunction((wide) => document.getElementById('canvas').getBoundingClientRect().width === wide, width);
        await assertPlaced(page, `${width} x ${height}`);
      }
      await page.context().close();
    });
  }
}

test('also when the window comes to another screen, and when two fingers pinch', async () => {
  const page = await openAs(world, world.ana, { at: tokens, prepare: countFrames });
  const devtools = await page.context().newCDPSession(page);
  for (const deviceScaleFactor of [2, 1.25, 1]) {
    await devtools.send('Emulation.setDeviceMetricsOverride', { ...desktop, deviceScaleFactor, mobile: false });
    await page.waitForFunction((scale) => {
      const canvas = document.getElementById('canvas');
      return Math.abs(canvas.width - canvas.getBoundingClientRect().width * scale) < 2;
    }, deviceScaleFactor);
    await assertPlaced(page, `${deviceScaleFactor} device pixels`);
  }
  await page.context().close();

  const phonePage = await openAs(world, world.ana, { at: tokens, viewport: phone, hasTouch: true, isMobile: true, prepare: countFrames });
  const fingers = await phonePage.context().newCDPSession(phonePage);
  for (const pageScaleFactor of [1.6, 2.3]) {
    await fingers.send('Emulation.setPageScaleFactor', { pageScaleFactor });
    await phonePage.waitForFunction((scale) => Math.abs(visualViewport.scale - scale) < 0.01, pageScaleFactor);
    await assertPlaced(phonePage, `pinched to ${pageScaleFactor}`);
  }
  await phonePage.context().close();
});

test('the focus is the DOM’s, and its ring is on the canvas', async () => {
  const page = await openAs(world, world.ana, { at: tokens, prepare: countFrames });
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('Tab');
  for (let stop = 0; stop < 12; ++stop) {
    await drawn(page);
    assert.equal(await focusFault(page), null);
    await page.keyboard.press('Tab');
  }
  await page.getByRole('button', { name: 'Generate New Token' }).focus();
  await page.mouse.click(5, 5);
  await drawn(page);
  assert.match(await focusFault(page) ?? '', /no ring|not in the mirror/, 'without a focus there is no ring');
  await page.context().close();
});

test('a countdown is drawn to the second and spoken to the minute: a second touches next to nothing', async () => {
  const page = await openAs(world, world.ana, { at: tokens, prepare: countFrames });
  await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
  await drawn(page);
  const before = await page.screenshot();
  const seen = await touchedBy(page, () => page.waitForTimeout(2200));
  assert.ok(await differing(page, before, await page.screenshot()) > 0, 'the countdown is drawn anew');
  assert.deepEqual(needless(seen), []);
  // Each token comes to its next minute at a second of its own.
  const rows = await page.locator('#mirror tbody tr').count();
  assert.ok(seen.touched.length <= rows, `${seen.touched.length} of ${seen.all} elements touched`);
  const spoken = await page.locator('#mirror tbody td:nth-child(5)').allInnerTexts();
  assert.ok(spoken.some((words) => /^\d+ (minute|hour|day)s?\b/.test(words)), spoken.join('; '));
  assert.ok(spoken.every((words) => !/\d s\b/.test(words)), spoken.join('; '));
  await page.context().close();
});

test('a key in a field touches what it changed, and nothing else', async () => {
  const page = await openAs(world, world.ana, { at: '/configure/organization/settings', prepare: countFrames });
  await page.getByRole('textbox', { name: 'Organization name' }).focus();
  await drawn(page);
  const type = (key) => async () => {
    await page.keyboard.press(key);
    await drawn(page);
  };
  const first = await touchedBy(page, type('x'));
  assert.deepEqual(first.touched.map((one) => one.name), ['BUTTON Update'], 'it can be pressed now');
  const second = await touchedBy(page, type('y'));
  assert.deepEqual(second.touched, []);
  await page.context().close();
});

test('the first page comes into the document in one piece', async () => {
  const page = await openAs(world, world.ana, { at: tokens });
  await page.addInitScript(() => {
    window.pieces = [];
    new MutationObserver((records) => {
      const places = records.map((one) => one.target).filter((one) => one.closest && one.closest('#mirror'));
      if (places.length) window.pieces.push(places.map((one) => one.id || one.tagName));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await settled(page);
  const pieces = await page.evaluate(() => window.pieces);
  assert.deepEqual(pieces[0], ['mirror']);
  assertNoComplaints(page);
  await page.context().close();
});

test('a screen reader reads the table, its head and its cells', async () => {
  const page = await openAs(world, world.ana, { at: tokens });
  const table = page.getByRole('table', { name: 'Active Tokens List' });
  await table.waitFor();
  // The page's own policy lets it load what its own server hands out, and nothing else.
  await page.route('**/test-screen-reader.js', (route) => route.fulfill({ contentType: 'text/javascript',
    path: new URL('node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js', import.meta.url).pathname }));
  const phrases = await page.evaluate(async () => {
    const { virtual } = await import('/test-screen-reader.js');
    const main = document.querySelector('#mirror main');
    await virtual.start({ container: main });
    for (let i = 0; i < 400 && (await virtual.lastSpokenPhrase()) !== 'end of main'; ++i) await virtual.next();
    const log = await virtual.spokenPhraseLog();
    await virtual.stop();
    return log;
  });
  const at = phrases.findIndex((one) => one.startsWith('table, Active Tokens List'));
  assert.ok(at >= 0, phrases.join('\n'));
  const read = phrases.slice(at, phrases.findIndex((one, index) => index > at && one.startsWith('end of table')));
  for (const column of ['Token ID', 'Validity', 'Generated', 'Time left', 'Last used']) {
    assert.ok(read.some((one) => one.startsWith('columnheader') && one.includes(column)), `${column} in ${read.join(' | ')}`);
  }
  const rows = await table.locator('tbody tr').count();
  assert.ok(read.filter((one) => one.startsWith('row,')).length >= rows, read.join(' | '));
  const cell = await table.locator('tbody tr').first().locator('td').nth(2).innerText();
  assert.ok(read.some((one) => one.includes(cell)), `${cell} in ${read.join(' | ')}`);
  assertNoComplaints(page);
  await page.context().close();
});
