// The same job by mouse on the canvas, and with wrong input. By keyboard: keyboard.test.mjs.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertDrawn, assertNoComplaints, generate, hintOf, middleOf, openAs, openTab, shot, signIn, startWorld } from './harness.mjs';
import { countFrames, drawn, settled } from './places.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

async function clickOnCanvas(page, locator) {
  await locator.waitFor();
  const { x, y } = await middleOf(locator);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.up();
}

test('by mouse at the canvas coordinates of each control', async () => {
  const page = await openAs(world, world.ana, { at: '/configure/organization/tokens' });
  await assertDrawn(page);
  await clickOnCanvas(page, page.getByRole('button', { name: 'Generate New Token' }));
  await page.getByRole('dialog', { name: 'Generate New Token' }).waitFor();
  await clickOnCanvas(page, page.getByRole('radio', { name: '12 Hours' }));
  await page.getByRole('radio', { name: '12 Hours', checked: true }).waitFor();
  await clickOnCanvas(page, page.getByRole('button', { name: 'Generate Token', exact: true }));
  await page.getByRole('dialog', { name: 'Token generated' }).waitFor();
  const tokenId = await page.locator('code').first().textContent();
  await shot(page, 'mouse-generated');
  await clickOnCanvas(page, page.getByRole('button', { name: 'Done' }));
  await clickOnCanvas(page, page.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }));
  await clickOnCanvas(page, page.getByRole('button', { name: 'Expire Token' }));
  await page.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).waitFor({ state: 'detached' });
  assertNoComplaints(page);
  await page.context().close();
});

/** A page that hears of pointers by `point` alone: the browser tells of a mouse that rests by itself, now and then. */
async function openForPointers(at, options) {
  const page = await openAs(world, world.ana, { at, prepare: countFrames, ...options });
  await settled(page);
  await drawn(page);
  await page.evaluate(() => {
    for (const type of ['pointerdown', 'pointermove', 'pointerup', 'pointercancel', 'pointerleave'])
      addEventListener(type, (event) => event.isTrusted && event.stopImmediatePropagation(), true);
  });
  return page;
}

/** What a device tells, an event in a frame: [type, x, y, button, buttons]. Its id is that of the mouse. */
async function point(page, pointerType, happened) {
  await page.evaluate(async ([device, all]) => {
    for (const [type, clientX, clientY, button, buttons] of all) {
      const leaves = type === 'pointerleave';
      const target = leaves ? document.getElementById('console') : document.elementFromPoint(clientX, clientY);
      target.dispatchEvent(new PointerEvent(type, { pointerId: 1, pointerType: device, isPrimary: true,
        clientX, clientY, button, buttons, bubbles: !leaves, cancelable: true, composed: true }));
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
  }, [pointerType, happened]);
}

const scrolledBy = (page, least) =>
  page.waitForFunction((wanted) => document.querySelector('#mirror main').scrollTop > wanted, least);
const low = { viewport: { width: 1280, height: 420 } };

test('the wheel scrolls what it is over, though the mouse has not moved since it came', async () => {
  const page = await openForPointers('/record/audit', low);
  await point(page, 'mouse', [['pointerleave', 0, 0, 0, 0]]);
  await page.evaluate(() => {
    const wheel = new WheelEvent('wheel', { deltaY: 200, clientX: 700, clientY: 300, bubbles: true, cancelable: true });
    document.elementFromPoint(700, 300).dispatchEvent(wheel);
  });
  await scrolledBy(page, 100);
  assertNoComplaints(page);
  await page.context().close();
});

test('a pen scrolls as a finger does', async () => {
  const page = await openForPointers('/record/audit', low);
  const moves = [300, 250, 200, 150].map((y) => ['pointermove', 700, y, -1, 1]);
  await point(page, 'pen', [['pointermove', 700, 350, -1, 0], ['pointerdown', 700, 350, 0, 1], ...moves,
    ['pointerup', 700, 150, 0, 0]]);
  await scrolledBy(page, 100);
  assertNoComplaints(page);
  await page.context().close();
});

test('a press ends with its own button while another is held; one that was taken away presses nothing', async () => {
  const page = await openForPointers('/configure/organization/tokens');
  const { x, y } = await middleOf(page.getByRole('button', { name: 'Generate New Token' }));
  const dialog = page.getByRole('dialog', { name: 'Generate New Token' });
  const press = [['pointermove', x, y, -1, 0], ['pointerdown', x, y, 0, 1], ['pointermove', x, y, 2, 3]];
  // Both buttons were let go over a menu of the browser.
  await point(page, 'mouse', [...press, ['pointermove', x, y, -1, 0]]);
  await drawn(page);
  assert.equal(await dialog.count(), 0);
  await point(page, 'mouse', [...press, ['pointermove', x, y, 0, 2], ['pointerup', x, y, 2, 0]]);
  await dialog.waitFor();
  assertNoComplaints(page);
  await page.context().close();
});

test('a press in the dimmed part beside a dialog does nothing', async () => {
  const page = await openAs(world, world.ana, { at: '/configure/organization/tokens' });
  const audit = await middleOf(page.getByRole('link', { name: 'Audit' }));
  await page.getByRole('button', { name: 'Generate New Token' }).click();
  await page.getByRole('dialog', { name: 'Generate New Token' }).waitFor();
  await page.mouse.click(audit.x, audit.y);
  await page.waitForTimeout(300);
  assert.match(page.url(), /\/tokens$/);
  assert.equal(await page.getByRole('dialog', { name: 'Generate New Token' }).count(), 1);
  await page.context().close();
});

test('wrong input at sign-in: a sentence, the address kept, the next try works', async () => {
  const page = await openTab(world, { at: '/record/audit' });
  await page.getByLabel('E-mail').fill(world.ana.email);
  await page.getByLabel('Password').fill('surely not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').filter({ hasText: /is not right/ }).waitFor();
  assert.equal(await page.getByLabel('E-mail').inputValue(), world.ana.email);
  await shot(page, 'sign-in-wrong');
  await signIn(page, world.ana);
  assert.match(page.url(), /\/record\/audit$/, 'the deep link survives sign-in');
  await page.context().close();
});

const wrongTokenIds = [
  ['pcc_', 'part of it is missing'],
  ['tok_0123456789', "a token's public name"],
  ['https://console.example/x', 'a web address'],
  ['hello', 'begins with pcc_'],
  ['pcc_7K2MWXB4T0C9QJ5R8ZHDN3E1VA6GYPSF2Q9XWM4', 'At least one character of this Token ID is wrong'],
  ['pсc_7K2MWXB4T0C9QJ5R8ZHDN3E1VA6GYPSF2Q9XWM4', 'comes from another alphabet'],
];

test('wrong Token IDs: each its sentence, nothing sent, nothing offered', async () => {
  const page = await openAs(world, world.sam, { at: '/configure/organization/assume' });
  const asked = [];
  page.on('request', (request) => request.url().includes('preflight') && asked.push(request.url()));
  const field = page.getByRole('textbox', { name: 'Token ID' });
  for (const [wrong, sentence] of wrongTokenIds) {
    await field.fill(wrong);
    // What the field is described by, once the console has judged this very text.
    await page.waitForFunction((words) => {
      const input = document.querySelector('#mirror input[aria-invalid="true"]');
      const error = input && document.getElementById(input.getAttribute('aria-describedby'));
      return Boolean(error) && error.textContent.includes(words);
    }, sentence);
    assert.equal(await page.getByRole('button', { name: 'Assume User' }).count(), 0);
  }
  await shot(page, 'assume-wrong');
  assert.deepEqual(asked, []);
  await field.fill('');
  assertNoComplaints(page);
  await page.context().close();
});

test('a name that looks like markup is shown as it was typed', async () => {
  const admin = await openAs(world, world.ana, { at: '/monitor/networks' });
  const markup = '<img src=x onerror=alert(1)>';
  await admin.getByRole('link', { name: 'Aurora Faro' }).click();
  await admin.getByRole('button', { name: 'Edit name and tags' }).click();
  await admin.getByRole('textbox', { name: 'Name', exact: true }).fill(markup);
  await admin.getByRole('button', { name: 'Save' }).click();
  await admin.getByRole('heading', { name: markup }).waitFor();
  assert.equal(await admin.locator('img').count(), 0);
  await shot(admin, 'markup-name');
  assertNoComplaints(admin);
  await admin.context().close();
});

test('offline: what is on screen stays, a sentence says so, and it comes back', async () => {
  const admin = await openAs(world, world.ana, { at: '/configure/organization/tokens' });
  const tokenId = await generate(admin);
  await admin.context().setOffline(true);
  await admin.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).click();
  await admin.getByRole('button', { name: 'Expire Token' }).click();
  await admin.getByRole('alertdialog').getByText(/connection|network/i).first().waitFor({ state: 'attached' });
  await shot(admin, 'offline');
  await admin.context().setOffline(false);
  await admin.getByRole('button', { name: 'Expire Token' }).click();
  await admin.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).waitFor({ state: 'detached' });
  await admin.context().close();
});

test('a double click on Generate Token makes one token', async () => {
  const admin = await openAs(world, world.ana, { at: '/configure/organization/tokens' });
  const posts = [];
  admin.on('request', (request) => request.method() === 'POST' && request.url().endsWith('/tokens') && posts.push(1));
  await admin.getByRole('button', { name: 'Generate New Token' }).click();
  await admin.getByRole('button', { name: 'Generate Token', exact: true }).dblclick();
  await admin.getByRole('dialog', { name: 'Token generated' }).waitFor();
  assert.equal(posts.length, 1);
  await admin.context().close();
});

test('copying puts the Token ID on the clipboard and then says so', async () => {
  const admin = await openAs(world, world.ana, { at: '/configure/organization/tokens',
    permissions: ['clipboard-read', 'clipboard-write'] });
  await admin.getByRole('button', { name: 'Generate New Token' }).click();
  await admin.getByRole('button', { name: 'Generate Token', exact: true }).click();
  await admin.getByRole('button', { name: 'Copy Token ID' }).click();
  await admin.getByText('Copied. You can view it again in the list.').waitFor({ state: 'attached' });
  const shown = await admin.locator('code').first().textContent();
  assert.equal(await admin.evaluate(() => navigator.clipboard.readText()), shown);
  await admin.context().close();
});
