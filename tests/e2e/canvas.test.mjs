// Two ways to the screen, one picture: WebGL2 where a graphics card draws, else our own rasteriser; what is
// lost comes back.

import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { assertNoComplaints, openAs, openTab, pretendGraphicsCard, screenOf, shot, signIn, startWorld } from './harness.mjs';
import { differing } from './pictures.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

// No screen with a countdown, so that two pictures can be compared.
const still = '/configure/organization/settings';
const settle = (page) => page.waitForTimeout(300);

async function openStill(options) {
  const page = await openAs(world, world.ana, { at: still, ...options });
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await settle(page);
  return page;
}

/** A caret that blinks is not what is looked for. */
const caret = 0.0003;

/** Until the page shows what it showed before; else how much of it differs. */
async function differenceWithin(page, before, milliseconds) {
  const end = Date.now() + milliseconds;
  let difference = 1;
  while (difference > caret && Date.now() < end) difference = await differing(page, before, await page.screenshot());
  return difference;
}

/** How much two pages differ once both are at rest. */
async function differenceBetween(one, other) {
  let share = 1;
  for (let i = 0; i < 10 && share >= 0.002; i++) {
    await settle(one);
    share = await differing(one, await one.screenshot(), await other.screenshot());
  }
  return share;
}

for (const [name, look] of [
  ['desktop', {}], ['dark', { colorScheme: 'dark' }], ['dense', { deviceScaleFactor: 1.5 }],
  ['phone', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true }],
]) {
  test(`both ways show the same picture: ${name}`, async () => {
    const pixels = await openStill(look);
    const webgl = await openStill({ ...look, screen: 'webgl' });
    assert.equal(await screenOf(pixels), 'pixels');
    assert.equal(await screenOf(webgl), 'webgl');
    for (const path of [still, '/monitor/networks', '/no/such/page']) {
      for (const page of [pixels, webgl]) {
        await page.goto(path);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.mouse.move(2, 600);  // away from all that lights up
      }
      const share = await differenceBetween(pixels, webgl);
      for (const page of [pixels, webgl]) await shot(page, `canvas-${name}-${page === pixels ? 'pixels' : 'webgl'}`);
      assert.ok(share < 0.002, `${path}: ${(share * 100).toFixed(2)} % of the pixels differ`);
    }
    assertNoComplaints(pixels, webgl);
    await pixels.context().close();
    await webgl.context().close();
  });
}

test('a graphics card is looked for once, when the page rests, and then used', async () => {
  const page = await openTab(world, { at: still });
  await signIn(page, world.ana);
  await page.waitForFunction(() => localStorage.getItem('pcc-screen') !== null);
  assert.equal(await page.evaluate(() => localStorage.getItem('pcc-screen')), 'pixels');
  assert.equal(await screenOf(page), 'pixels');

  // The same browser gets a card: nothing is remembered of it yet.
  const context = await world.browser.newContext({ baseURL: world.server.url });
  await context.addInitScript(pretendGraphicsCard);
  await context.addInitScript(() => localStorage.removeItem('pcc-screen'));
  const other = await context.newPage();
  other.complaints = [];
  other.on('pageerror', (error) => other.complaints.push(String(error)));
  await other.goto(still);
  await signIn(other, world.ana);
  await other.getByRole('textbox', { name: 'Organization name' }).fill('Half typed');
  await settle(other);
  const before = await other.screenshot();
  await other.waitForFunction(() => localStorage.getItem('pcc-screen') === 'webgl');
  await settle(other);
  assert.equal(await screenOf(other), 'webgl');
  assert.ok(await differing(other, before, await other.screenshot()) < 0.002, 'the picture changed');
  assert.equal(await other.getByRole('textbox', { name: 'Organization name' }).inputValue(), 'Half typed');
  assertNoComplaints(page, other);
  await page.context().close();
  await context.close();
});

test('a card that was there and is no longer is not waited for', async () => {
  const page = await openTab(world, { at: still });
  await page.context().addInitScript(() => sessionStorage.getItem('told') || (localStorage.setItem('pcc-screen', 'webgl'), sessionStorage.setItem('told', 'yes')));
  await page.reload();
  await signIn(page, world.ana);
  assert.equal(await screenOf(page), 'pixels');
  assert.equal(await page.evaluate(() => localStorage.getItem('pcc-screen')), 'pixels');
  await page.reload();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  assert.equal(await screenOf(page), 'pixels');
  assertNoComplaints(page);
  await page.context().close();
});

test('a lost context comes back, and the model with it', async () => {
  const page = await openStill({ screen: 'webgl' });
  await page.getByRole('textbox', { name: 'Organization name' }).fill('Half typed');
  await settle(page);
  const before = await page.screenshot();
  await page.evaluate(() => {
    const lost = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    lost.loseContext();
    setTimeout(() => lost.restoreContext(), 100);
  });
  await page.waitForTimeout(150);
  assert.ok(await differenceWithin(page, before, 1000) <= caret, 'the pixels did not come back within a second');
  assert.equal(await screenOf(page), 'webgl');
  assert.equal(await page.getByRole('textbox', { name: 'Organization name' }).inputValue(), 'Half typed');
  await page.getByRole('link', { name: 'Networks' }).click();
  await page.getByRole('heading', { name: 'Networks' }).waitFor();
  assertNoComplaints(page);
  await page.context().close();
});

test('a context that stays lost is replaced by our own rasteriser', async () => {
  const page = await openStill({ screen: 'webgl' });
  await page.getByRole('textbox', { name: 'Organization name' }).fill('Half typed');
  await settle(page);
  const before = await page.screenshot();
  await page.evaluate(() => {
    document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext();
  });
  await page.waitForFunction(() => document.getElementById('canvas').getContext('2d'));
  await settle(page);
  assert.ok(await differing(page, before, await page.screenshot()) < 0.002, 'the picture changed');
  assert.equal(await page.getByRole('textbox', { name: 'Organization name' }).inputValue(), 'Half typed');
  // And it goes on: scrolled, resized, pressed.
  await page.setViewportSize({ width: 1000, height: 700 });
  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByRole('heading', { name: 'Audit' }).waitFor();
  assertNoComplaints(page);
  await page.context().close();
});

test('a context that comes back when its canvas was replaced is let be, and the picture goes on', async () => {
  const page = await openStill({ screen: 'webgl' });
  await page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    const lost = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
    const restored = new Promise((resolve) => canvas.addEventListener('webglcontextrestored', () => resolve(true)));
    window.bringBack = () => {
      lost.restoreContext();
      return restored;
    };
    lost.loseContext();
  });
  await page.waitForFunction(() => document.getElementById('canvas').getContext('2d'));
  assert.ok(await page.evaluate(() => window.bringBack()));
  const before = await page.evaluate(() => document.getElementById('canvas').toDataURL());
  await page.getByRole('link', { name: 'Networks' }).click();
  await page.getByRole('heading', { name: 'Networks' }).waitFor();
  await page.waitForFunction((was) => document.getElementById('canvas').toDataURL() !== was, before);
  assert.equal(await screenOf(page), 'pixels');
  assertNoComplaints(page);
  await page.context().close();
});

test('a plain page that is narrower for a while, as by its scrollbar, comes back as a whole picture', async () => {
  const page = await openStill();
  const plain = (wanted) =>
    page.waitForFunction((is) => document.documentElement.classList.contains('plain') === is, wanted);
  const photograph = async () => {
    await page.mouse.move(2, 600);
    await page.evaluate(() => document.activeElement.blur());
    await settle(page);
    return page.screenshot();
  };
  let before;
  // The first time the words of the plain page are new to the canvas, and what is new has all of it drawn.
  for (const widths of [[], [[1200, 'textbox'], [1280, 'link']]]) {
    before = await photograph();
    await page.getByRole('button', { name: 'plain page' }).click();
    await plain(true);
    for (const [width, role] of widths) {
      await page.setViewportSize({ width, height: 800 });
      await page.getByRole(role).first().focus();  // for which a frame is laid out
      await settle(page);
    }
    await page.getByRole('button', { name: 'full view' }).click();
    await plain(false);
  }
  const share = await differing(page, before, await photograph());
  assert.ok(share < 0.02, `${(share * 100).toFixed(2)} % of the page is not what it was`);
  assertNoComplaints(page);
  await page.context().close();
});

test('where every canvas is lost the page turns plain, and what was typed is kept', async () => {
  const page = await openStill({ screen: 'webgl' });
  await page.getByRole('textbox', { name: 'Organization name' }).fill('Half typed');
  await page.evaluate(() => {
    const lost = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
    HTMLCanvasElement.prototype.getContext = () => null;
    lost.loseContext();
  });
  await page.getByText('you see it as a plain page').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Organization name' }).inputValue(), 'Half typed');
  await page.getByRole('link', { name: 'Networks' }).click();
  await page.getByRole('heading', { name: 'Networks' }).waitFor();
  assertNoComplaints(page);
  await page.context().close();
});

test('what changes is drawn: no tile is left behind after scrolling, resizing and dialogs', async () => {
  const page = await openAs(world, world.ana, { at: '/monitor/networks' });
  await page.getByRole('heading', { name: 'Networks' }).waitFor();
  await settle(page);
  const first = await page.screenshot();
  await page.mouse.move(700, 500);
  await page.mouse.wheel(0, 300);
  await settle(page);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.setViewportSize({ width: 700, height: 600 });
  await settle(page);
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.mouse.wheel(0, -3000);
  await page.mouse.move(2, 798);
  await settle(page);
  await page.evaluate(() => document.activeElement.blur());
  await settle(page);
  assert.equal(await screenOf(page), 'pixels');
  const share = await differing(page, first, await page.screenshot(), 8);
  assert.ok(share < 0.001, `${(share * 100).toFixed(2)} % of the page is not what it was`);
  await page.context().close();
});
