// Any screen: from a small phone to 4K, upright and across, zoomed, by finger, light and dark, at rest.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertNoComplaints, desktop, openAs, phone, startWorld } from './harness.mjs';
import { countFrames, dialogs, drawn, goTo, inDialog, screensOf } from './places.mjs';
import { colourAt, photograph, strongest } from './checks/pixels.mjs';
import { overflowFaults, reachFaults, targetFaults } from './checks/reach.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';
const settings = '/configure/organization/settings';

const sizes = [[320, 568], [360, 740], [390, 844], [844, 390], [768, 1024], [1280, 800], [3840, 2160]];

test('nothing stands beyond an edge, from 320 px to 4K, on any screen and in any dialog', async () => {
  const page = await openAs(world, world.ana, { at: tokens, prepare: countFrames });
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const at of await screensOf(page)) {
      await goTo(page, at);
      await drawn(page);
      assert.deepEqual(await overflowFaults(page), [], `${at} at ${width} x ${height}`);
    }
    for (const dialog of width < 500 || width > 3000 ? [dialogs[0], dialogs[5], dialogs[6]] : []) {
      await inDialog(page, dialog, async () => {
        await drawn(page);
        assert.deepEqual(await overflowFaults(page), [], `${dialog.title} at ${width} x ${height}`);
      });
    }
  }
  assertNoComplaints(page);
  await page.context().close();
});

// 200 % of 1280 x 800; a small phone upright and one across.
for (const [name, look] of [['zoomed to 200 %', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ['on a small phone', { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true }],
  ['on a phone laid across', { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true }]]) {
  test(`everything is reached and can be pressed, ${name}`, async () => {
    const page = await openAs(world, world.ana, { at: settings, prepare: countFrames, ...look });
    for (const at of [settings, '/monitor/networks', '/configure/organization/assume']) {
      await goTo(page, at);
      const { faults, stops } = await reachFaults(page);
      assert.deepEqual(faults, [], at);
      assert.ok(stops > 0, `${stops} stops at ${at}`);
    }
    for (const dialog of [dialogs[0], dialogs[1], dialogs[6]]) {
      await inDialog(page, dialog, async () => {
        const { faults, stops } = await reachFaults(page);
        assert.deepEqual(faults, [], String(dialog.title));
        assert.ok(stops > 1, `${stops} stops in ${dialog.title}`);
      });
    }
    assertNoComplaints(page);
    await page.context().close();
  });
}

test('a dialog taller than the window scrolls, by wheel and by finger', async () => {
  for (const touch of [false, true]) {
    const page = await openAs(world, world.ana, { at: tokens, prepare: countFrames, viewport: { width: 360, height: 330 }, hasTouch: touch, isMobile: touch });
    await page.getByRole('button', { name: 'Generate New Token' }).press('Enter');
    const submit = page.getByRole('button', { name: 'Generate Token', exact: true });
    await submit.waitFor();
    await page.keyboard.press('Home');
    await drawn(page);
    const before = await submit.boundingBox();
    assert.ok(before.y + before.height > 330, `it is out of sight at first: ${before.y}`);
    await drag(page, touch, 180, 200, -400);
    await drawn(page);
    const after = await submit.boundingBox();
    assert.ok(after.y + after.height <= 330, `in sight at ${after.y}, before at ${before.y}`);
    await page.context().close();
  }
});

async function drag(page, touch, x, y, by) {
  if (touch) {
    const devtools = await page.context().newCDPSession(page);
    return devtools.send('Input.synthesizeScrollGesture', { x, y, yDistance: by, speed: 1600, gestureSourceType: 'touch' });
  }
  await page.mouse.move(x, y);
  return page.mouse.wheel(0, -by);
}

test('a finger scrolls the page, and what it presses is large enough', async () => {
  for (const viewport of [phone, { width: 1280, height: 800 }]) {
    const page = await openAs(world, world.ana, { at: tokens, prepare: countFrames, viewport, hasTouch: true, isMobile: true });
    await page.touchscreen.tap(viewport.width / 2, viewport.height - 20);
    for (const at of [tokens, settings, '/monitor/networks', '/configure/organization/assume', '/record/audit']) {
      await goTo(page, at);
      await drawn(page);
      assert.deepEqual(await targetFaults(page), [], `${at} at ${viewport.width}`);
    }
    await goTo(page, tokens);
    await page.getByRole('button', { name: 'Generate New Token' }).tap();
    await page.getByRole('dialog').waitFor();
    await drawn(page);
    assert.deepEqual(await targetFaults(page), [], `the dialog at ${viewport.width}`);
    await page.getByRole('button', { name: 'Cancel' }).tap();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await goTo(page, '/record/audit');
    await drawn(page);
    const top = () => page.evaluate(() => document.querySelector('#mirror main').scrollTop);
    const before = await top();
    await drag(page, true, viewport.width / 2, viewport.height * 0.7, -300);
    await drawn(page);
    assert.ok((await top()) > before + 200, `from ${before} to ${await top()}`);
    await page.context().close();
  }
});

const ground = { light: 0xf6f7f9, dark: 0x0e1116 };

async function groundOf(page) {
  await drawn(page);
  const main = await page.getByRole('main').boundingBox();
  return colourAt(await photograph(page), main.x + 6, main.y + main.height - 6);
}

test('light and dark follow the system, at once, until the person chooses', async () => {
  const page = await openAs(world, world.ana, { at: settings, prepare: countFrames, colorScheme: 'dark', viewport: desktop });
  assert.equal(await groundOf(page), ground.dark);
  await page.emulateMedia({ colorScheme: 'light' });
  assert.equal(await groundOf(page), ground.light);
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  assert.equal(await groundOf(page), ground.dark);
  await page.reload();
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  assert.equal(await groundOf(page), ground.dark, 'the choice outlives a reload');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  assert.equal(await groundOf(page), ground.light);
  await page.context().close();
});

test('more contrast is there at once when it is asked for, in both themes', async () => {
  const page = await openAs(world, world.ana, { at: settings, prepare: countFrames });
  const lead = page.getByText('What your organization is called, here and to others.');
  const field = page.getByRole('textbox', { name: 'Organization name' });
  for (const colorScheme of ['light', 'dark']) {
    const seen = {};
    for (const contrast of ['no-preference', 'more']) {
      await page.emulateMedia({ colorScheme, contrast });
      await page.waitForTimeout(100);
      await drawn(page);
      const picture = await photograph(page);
      const box = await field.boundingBox();
      const edge = { x: box.x + 20, y: box.y - 3, width: 60, height: 6 };
      seen[contrast] = [strongest(picture, await lead.boundingBox()), strongest(picture, edge)];
    }
    assert.ok(seen['no-preference'][0] >= 4.5, `${colorScheme}: quiet words at ${seen['no-preference'][0]}`);
    assert.ok(seen.more[0] >= 7, `${colorScheme}: quiet words at ${seen.more[0]}`);
    assert.ok(seen.more[1] >= 3, `${colorScheme}: the frame of a field at ${seen.more[1]}`);
    assert.ok(seen.more[0] > seen['no-preference'][0]);
  }
  await page.context().close();
});

test('with reduced motion nothing moves: a dialog costs no frames of its own', async () => {
  const page = await openAs(world, world.ana, { at: settings, prepare: countFrames, reducedMotion: 'reduce' });
  assert.ok(await page.evaluate(() => document.documentElement.classList.contains('still')));
  await drawn(page);
  const before = await page.evaluate(() => window.framesAsked.asked);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await drawn(page);
  const frames = (await page.evaluate(() => window.framesAsked.asked)) - before;
  assert.ok(frames <= 4, `${frames} frames`);
  await page.context().close();
});

const cards = [['on a phone', { viewport: phone, hasTouch: true, isMobile: true }],
  ['zoomed to 200 %', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
  ['on a plain page as narrow as a phone', { viewport: phone, forcedColors: 'active' }]];

for (const [name, look] of cards) {
  test(`over cards a list is sorted by keyboard alone, ${name}`, async () => {
    const page = await openAs(world, world.ana, { at: '/monitor/networks', prepare: countFrames, ...look });
    await drawn(page);
    const order = (words) => page.getByRole('button', { name: `Sort by: ${words}, Networks` });
    await order('A to Z').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Sort by' });
    await dialog.waitFor();
    assert.equal(await dialog.getByRole('radio').count(), 8);
    assert.equal(await dialog.getByRole('radio', { name: 'A to Z' }).getAttribute('aria-checked'), 'true');
    await dialog.getByRole('radio', { name: 'A to Z' }).focus();
    await page.keyboard.press('ArrowRight');
    await dialog.getByRole('radio', { name: 'Z to A', checked: true }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await order('Z to A').waitFor();
    await page.waitForURL(/\?sort=z_to_a$/);
    const names = () => page.getByRole('table', { name: 'Networks' }).locator('tbody tr a').allTextContents();
    await page.waitForFunction(() => /Tavira/.test(document.querySelector('#mirror tbody a').textContent));
    const found = await names();
    assert.ok(found.length > 1);
    assert.deepEqual(found, found.toSorted().reverse());
    const focused = await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent);
    assert.ok(focused.startsWith('Sort by: Z to A'), `the focus is back: ${focused}`);
    assertNoComplaints(page);
    await page.context().close();
  });
}

test('where columns have heads to press no other control sorts, on either kind of page', async () => {
  for (const forcedColors of ['none', 'active']) {
    const page = await openAs(world, world.ana, { at: '/monitor/networks', prepare: countFrames, viewport: desktop, forcedColors });
    await page.getByRole('columnheader', { name: 'Network' }).getByRole('button').waitFor();
    await drawn(page);
    assert.equal(await page.getByRole('button', { name: /^Sort by/ }).count(), 0, forcedColors);
    assert.equal(await page.getByRole('button', { name: 'Columns of Networks' }).count(), 1, forcedColors);
    await page.context().close();
  }
});

test('search, filters and tools stand in order over the lists: nothing cut, the search on a line of its own on a phone', async () => {
  for (const width of [360, 390, 640, 1280]) {
    const page = await openAs(world, world.ana, { at: '/monitor/networks', prepare: countFrames, viewport: { width, height: 800 } });
    await drawn(page);
    const field = await page.getByRole('textbox', { name: 'Search networks and tags' }).or(page.getByRole('searchbox')).boundingBox();
    const title = await page.getByRole('heading', { level: 1 }).boundingBox();
    const columns = await page.getByRole('button', { name: 'Columns of Networks' }).boundingBox();
    if (width < 400) {
      assert.ok(field.y >= title.y + title.height, `${width}: the field at ${field.y}`);
      assert.ok(Math.abs(field.width - (width - 32)) <= 1, `${width}: the field is ${field.width} wide`);
      assert.ok(columns.y > field.y + field.height);
    }
    const cut = await page.evaluate(() => {
      const input = document.querySelector('#mirror input[type=search]');
      const pen = document.createElement('canvas').getContext('2d');
      const style = getComputedStyle(input);
      pen.font = `${style.fontSize} ${style.fontFamily}`;
      return pen.measureText(input.placeholder).width - (input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
    });
    assert.ok(cut <= 0, `${width}: ${cut} px of the placeholder are cut`);
    await goTo(page, '/record/audit');
    await drawn(page);
    const all = await page.getByRole('button', { name: 'All', exact: true }).boundingBox();
    const last = await page.getByRole('button', { name: 'Sign-ins' }).boundingBox();
    const tools = await page.getByRole('button', { name: 'Columns of Audit' }).boundingBox();
    assert.ok(tools.y >= last.y + last.height, `${width}: Columns at ${tools.y} beside filters that end at ${last.y + last.height}`);
    if (width > 600) assert.equal(all.y, last.y, `${width}: the filters take one line`);
    await page.context().close();
  }
});

test('a toast never lies over what the keyboard is at', async () => {
  for (const viewport of [{ width: 640, height: 400 }, { width: 1280, height: 500 }]) {
    const page = await openAs(world, world.ana, { at: tokens, prepare: countFrames, viewport, permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: /^Delete pcc/ }).first().waitFor({ state: 'attached' });
    let madeWay = 0;
    for (let i = 0; i < 60 && madeWay < 2; ++i) {
      // What is copied, is told: a toast that has gone is called again.
      if (await page.locator('#mirror [role=status]').count() === 0) {
        const stop = await page.evaluateHandle(() => document.activeElement);
        await page.evaluate(() => document.querySelector('#mirror tbody td:nth-child(3)').focus());
        await page.keyboard.press('Control+c');
        await page.locator('#mirror [role=status]').waitFor({ state: 'attached' });
        await stop.evaluate((element) => element.focus());
      }
      await page.keyboard.press('Tab');
      await drawn(page);
      const seen = await page.evaluate(() => {
        const focus = document.activeElement;
        const toast = document.querySelector('#mirror [role=status]');
        if (!toast || toast.contains(focus) || !focus.matches('.control, .field')) return null;
        const [a, b] = [focus.getBoundingClientRect(), toast.getBoundingClientRect()];
        return { over: a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
          onTop: b.top < innerHeight / 3, name: focus.textContent };
      });
      if (!seen) continue;
      assert.ok(!seen.over, `the toast lies over ${seen.name} at ${viewport.width}`);
      if (seen.onTop) ++madeWay;
    }
    assert.ok(madeWay > 0, `at ${viewport.width} no toast had to make way`);
    await page.context().close();
  }
});
