// Text: composed, pasted, copied; keys that stay the browser's; every script on the canvas.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Client } from '../http/harness.mjs';
import { assertDrawn, assertNoComplaints, flags, openAs, openTab, screenOf, shot, startWorld } from './harness.mjs';
import { countFrames, drawn, goTo } from './places.mjs';
import { copyFaults } from './checks/copying.mjs';
import { browserKeys, commandKeys, preventedKeys } from './checks/keys.mjs';
import { boxOfInk, photograph } from './checks/pixels.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';
const settings = '/configure/organization/settings';
const assumePath = '/configure/organization/assume';

test('what is composed arrives once and whole, and not before it is done', async () => {
  const page = await openAs(world, world.ana, { at: settings });
  const field = page.getByRole('textbox', { name: 'Organization name' });
  const update = page.getByRole('button', { name: 'Update' });
  const ime = await page.context().newCDPSession(page);
  await field.focus();
  await page.keyboard.press('End');
  const before = await field.inputValue();
  for (const text of ['n', 'ni', 'にh', 'にほん']) {
    await ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }
  await page.waitForTimeout(300);
  assert.equal(await field.inputValue(), `${before}にほん`);
  assert.equal(await update.getAttribute('aria-disabled'), 'true', 'held back while it is composed');
  await ime.send('Input.insertText', { text: '日本' });
  await page.waitForFunction(() => Array.from(document.querySelectorAll('button')).some((one) => one.textContent === 'Update' && !one.ariaDisabled));
  assert.equal(await field.inputValue(), `${before}日本`);
  await page.keyboard.type(' Ltd');
  await page.keyboard.press('Enter');
  await page.getByText(`The organization is now called ${before}日本 Ltd.`).first().waitFor({ state: 'attached' });
  await ime.send('Input.imeSetComposition', { text: 'ka', selectionStart: 2, selectionEnd: 2 });
  await ime.send('Input.imeSetComposition', { text: '', selectionStart: 0, selectionEnd: 0 });
  assert.equal(await field.inputValue(), `${before}日本 Ltd`, 'given up, nothing is left of it');
  assertNoComplaints(page);
  await page.context().close();
});

test('a composition outlives the frames of a countdown, and asks for nothing', async () => {
  const page = await openAs(world, world.ana, { at: tokens });
  const asked = [];
  page.on('request', (request) => request.url().includes('q=') && asked.push(request.url()));
  const search = page.getByRole('searchbox', { name: 'Search tokens' });
  await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
  const ime = await page.context().newCDPSession(page);
  await search.focus();
  await ime.send('Input.imeSetComposition', { text: 'あな', selectionStart: 2, selectionEnd: 2 });
  await page.waitForTimeout(2100);
  assert.equal(await search.inputValue(), 'あな');
  assert.deepEqual(asked, []);
  await ime.send('Input.insertText', { text: '穴' });
  await page.waitForRequest((request) => decodeURIComponent(request.url()).includes('q=穴'));
  assert.equal(await search.inputValue(), '穴');
  await page.context().close();
});

test('the key that ends a composition neither submits nor closes, also where it is told of after the end', async () => {
  // In Safari, which by then has ended the composition; all that is left of it is the key's number.
  const page = await openAs(world, world.ana, { at: settings });
  const saved = [];
  page.on('request', (request) => request.method() === 'PATCH' && saved.push(request.url()));
  const press = (key, keyCode) => page.evaluate((init) => {
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true }));
  }, { key, keyCode });
  const field = page.getByRole('textbox', { name: 'Organization name' });
  await field.focus();
  await page.keyboard.press('End');
  await page.keyboard.type('x');
  await press('Enter', 229);
  await page.waitForTimeout(300);
  assert.deepEqual(saved, []);
  await press('Enter', 13);
  await page.getByText('The organization is now called').first().waitFor({ state: 'attached' });
  assert.equal(saved.length, 1);
  await page.getByRole('button', { name: 'Help and shortcuts' }).click();
  const help = page.getByRole('dialog', { name: 'Help' });
  await help.waitFor();
  await press('Escape', 229);
  await page.waitForTimeout(300);
  assert.equal(await help.count(), 1);
  await press('Escape', 27);
  await help.waitFor({ state: 'detached' });
  assertNoComplaints(page);
  await page.context().close();
});

test('a field that goes while it is composed in leaves the others heard', async () => {
  const page = await openAs(world, world.ana, { at: settings });
  await page.getByRole('textbox', { name: 'Organization name' }).evaluate((input) => {
    input.focus();
    input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
  });
  await goTo(page, tokens);
  const asked = page.waitForRequest((request) => request.url().includes('q=heard'));
  await page.getByRole('searchbox', { name: 'Search tokens' }).fill('heard');
  await asked;
  assertNoComplaints(page);
  await page.context().close();
});

test('a composition that a dialog ends is worked on after the frame that lays the dialog', async () => {
  const page = await openAs(world, world.ana, { at: tokens });
  await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
  const asked = page.waitForRequest((request) => request.url().includes('q=kept'));
  await page.getByRole('searchbox', { name: 'Search tokens' }).evaluate((input) => {
    input.focus();
    input.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    input.value = 'kept';
    // A search begins with a timer: one that is set here is set by a frame within the frame.
    input.addEventListener('blur', () => {
      const set = window.setTimeout;
      window.within = 0;
      window.setTimeout = (...all) => {
        ++window.within;
        return set(...all);
      };
      input.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
      window.setTimeout = set;
    }, { once: true });
    const buttons = Array.from(document.querySelectorAll('#mirror button'));
    buttons.find((one) => one.textContent === 'Generate New Token').click();
  });
  await page.getByRole('dialog', { name: 'Generate New Token' }).waitFor();
  assert.equal(await page.evaluate(() => window.within), 0);
  await asked;
  assertNoComplaints(page);
  await page.context().close();
});

test('paste is never one behind, in the field and in what is made of it', async () => {
  const page = await openAs(world, world.sam, { at: assumePath, permissions: ['clipboard-read', 'clipboard-write'] });
  const field = page.getByRole('textbox', { name: 'Token ID' });
  await field.focus();
  for (const [words, sentence] of [['hello', 'begins with pcc_'], ['tok_0123456789', "a token's public name"],
    ['https://console.example/x', 'a web address'], ['pcc_', 'part of it is missing']]) {
    await page.evaluate((text) => navigator.clipboard.writeText(text), words);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+v');
    assert.equal(await field.inputValue(), words);
    await page.waitForFunction((wanted) => {
      const input = document.querySelector('#mirror input[aria-invalid="true"]');
      return input && document.getElementById(input.getAttribute('aria-describedby'))?.textContent.includes(wanted);
    }, sentence);
  }
  assertNoComplaints(page);
  await page.context().close();
});

async function openGenerated(page) {
  await page.getByRole('button', { name: 'Generate New Token' }).click();
  await page.getByRole('button', { name: 'Generate Token', exact: true }).click();
  await page.getByRole('dialog', { name: 'Token generated' }).waitFor();
}

const byMouse = (page) => () => page.getByRole('button', { name: 'Copy Token ID' }).click();
const byKey = (page) => async () => {
  await page.getByRole('button', { name: 'Copy Token ID' }).focus();
  await page.keyboard.press('Enter');
};

test('a Token ID is copied over HTTPS and over plain HTTP, by mouse and by key, and told of', async (run) => {
  // A name that is not this machine's: there the page is no secure context, as in many a company's own network.
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [...flags, '--host-resolver-rules=MAP console.example 127.0.0.1'] });
  run.after(() => browser.close());
  const plain = { ...world, browser };
  for (const [place, baseURL, secure] of [[world, world.server.url, true], [plain, `http://console.example:${world.server.port}`, false]]) {
    const page = await openAs(place, world.ana, { at: tokens, baseURL });
    assert.equal(await page.evaluate(() => Boolean(navigator.clipboard)), secure);
    assert.equal(await page.evaluate(() => isSecureContext), secure);
    for (const press of [byMouse(page), byKey(page)]) {
      await openGenerated(page);
      assert.deepEqual(await copyFaults(page, { press, works: true }), []);
    }
    // Chromium says so of every plain page that asks for an opener policy.
    page.complaints = page.complaints.filter((one) => !one.startsWith('The Cross-Origin-Opener-Policy header has been ignored'));
    assertNoComplaints(page);
    await page.context().close();
  }
});

test('a copy that did not happen is never told of as one that did', async () => {
  const waysToFail = {
    refused: () => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
      document.execCommand = () => false;
    },
    'an error': () => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
      document.execCommand = () => { throw new Error('refused'); };
    },
    'no clipboard': () => {
      Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined });
      document.execCommand = () => false;
    },
  };
  const page = await openAs(world, world.ana, { at: tokens });
  for (const [how, fail] of Object.entries(waysToFail)) {
    await openGenerated(page);
    await page.evaluate(fail);
    assert.deepEqual(await copyFaults(page, { press: byMouse(page), works: false }), [], how);
  }
  await page.context().close();
});

test('IDs are not spell-checked or completed; the sign-in form is one for password managers', async () => {
  const page = await openTab(world, { at: tokens });
  const form = await page.locator('#form').evaluate((one) => Array.from(one.elements, (field) =>
    [field.type, field.name, field.autocomplete, field.getAttribute('spellcheck'), field.labels?.[0]?.textContent ?? '']));
  assert.deepEqual(form.slice(0, 2), [['email', 'email', 'username', 'false', 'E-mail'], ['password', 'password', 'current-password', null, 'Password']]);
  assert.equal(form.at(-1)[0], 'submit');
  await page.context().close();
  const sam = await openAs(world, world.sam, { at: assumePath });
  const field = sam.getByRole('textbox', { name: 'Token ID' });
  const told = await field.evaluate((one) => [one.tagName, one.type, one.spellcheck, one.autocomplete, one.autocapitalize]);
  assert.deepEqual(told, ['INPUT', 'text', false, 'off', 'none']);
  await sam.context().close();
});

test('keys of the browser stay the browser’s, wherever the focus is', async () => {
  const page = await openAs(world, world.ana, { at: tokens });
  await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
  const places = { 'the page': () => page.evaluate(() => document.activeElement.blur()), 'a field': () => page.getByRole('searchbox').focus(),
    'a button': () => page.getByRole('button', { name: 'Generate New Token' }).focus(), 'a link': () => page.getByRole('link', { name: 'Audit' }).focus(),
    'a cell': () => page.getByRole('table', { name: 'Active Tokens List' }).getByRole('cell').nth(2).focus() };
  for (const [where, focus] of Object.entries(places)) {
    await focus();
    assert.deepEqual(await preventedKeys(page, browserKeys), [], where);
    await focus();
    assert.deepEqual(await preventedKeys(page, commandKeys), [], where);
  }
  await page.getByRole('searchbox').focus();
  assert.deepEqual(await preventedKeys(page, ['Control+a', 'Control+c', 'Home', 'End', 'ArrowLeft', 'Delete', '/', '?', ' ']), [], 'in a field');
  const zoomed = await page.evaluate(() => {
    const wheel = new WheelEvent('wheel', { deltaY: -100, ctrlKey: true, bubbles: true, cancelable: true });
    return document.getElementById('canvas').dispatchEvent(wheel);
  });
  assert.ok(zoomed, 'Ctrl and the wheel zoom');
  const menu = await page.evaluate(() => document.querySelector('#mirror input').dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true })));
  assert.ok(menu, 'a field has its context menu');
  await page.context().close();
});

test('on a Mac, Command does what Control does elsewhere', async () => {
  const page = await openTab(world, { at: 'about:blank' });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setUserAgentOverride', { platform: 'MacIntel',
    userAgent: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36' });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(tokens);
  assert.equal(await page.evaluate(() => navigator.platform), 'MacIntel');
  await page.getByLabel('E-mail').fill(world.ana.email);
  await page.getByLabel('Password').fill(world.ana.password);
  await page.keyboard.press('Enter');
  const table = page.getByRole('table', { name: 'Active Tokens List' });
  await table.waitFor();
  const cell = table.getByRole('cell').nth(2);
  await cell.focus();
  const words = await cell.innerText();
  await page.keyboard.press('Meta+c');
  await page.waitForFunction((copied) => document.getElementById('spoken').textContent.includes(copied), `Copied. ${words}`);
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), words);
  await cell.focus();
  await page.keyboard.press('Meta+a');
  await page.waitForFunction(() => Array.from(document.querySelectorAll('#mirror table')).some((one) =>
    one.querySelectorAll('tbody tr').length > 1 && one.querySelectorAll('tbody tr').length === one.querySelectorAll('tr[aria-selected=true]').length));
  const opened = await page.getByRole('link', { name: 'Audit' }).evaluate((link) => {
    addEventListener('click', (event) => event.preventDefault(), { once: true });
    let kept = null;
    link.closest('#console').addEventListener('click', (event) => { kept = !event.defaultPrevented; }, { once: true });
    link.dispatchEvent(new MouseEvent('click', { metaKey: true, bubbles: true, cancelable: true, detail: 1 }));
    return kept;
  });
  assert.equal(opened, true, 'Command and a click open a tab: the browser’s own');
  assertNoComplaints(page);
  await page.context().close();
});

/** Renames networks by another client, one for each text. */
async function nameNetworks(names) {
  const client = await new Client(world.server).signIn(world.ana);
  const { json } = await client.get('/networks');
  for (const [index, name] of names.entries()) {
    const answer = await client.patch(`/networks/${json.items[index].id}`, { name });
    assert.equal(answer.status, 200, answer.text);
  }
}

// Two of each script, so that a box drawn for what is not there would show twice. The last is in no font.
const scripts = ['Haus', 'Boot', 'Ωδή', 'Γάτα', 'Дом', '한국', '日本', '中国', 'かな', '★♞', '🙂🙂', '\u{e0f0}\u{e0f0}'];

for (const screen of ['pixels', 'webgl']) {
  for (const deviceScaleFactor of [1, 2]) {
    test(`every script is drawn, each text as itself, ${deviceScaleFactor} device pixels, ${screen}`, async () => {
      await nameNetworks(scripts);
      const page = await openAs(world, world.ana, { at: '/monitor/networks', deviceScaleFactor, screen, prepare: countFrames });
      await page.getByRole('table').getByRole('link', { name: scripts[0] }).waitFor();
      await drawn(page);
      await assertDrawn(page);
      assert.equal(await screenOf(page), screen);
      const seen = new Map();
      for (const name of scripts) {
        const box = await page.getByRole('table').getByRole('link', { name, exact: true }).boundingBox();
        const picture = await photograph(page, { clip: box });
        const ink = boxOfInk(picture, { x: 0, y: 0, width: box.width, height: box.height });
        assert.ok(ink && ink.pixels > 12 * deviceScaleFactor ** 2, `${name} is not blank`);
        const bits = picture.data.toString('base64');
        assert.equal(seen.get(bits), undefined, `${name} looks as ${seen.get(bits)} does`);
        seen.set(bits, name);
        // A box for what no font holds is drawn once and again.
        const half = ink.width / 2;
        if (name.length > 1 && !/^(.)\1$/u.test(name)) assert.ok(!sameHalves(picture, ink, half), `${name} is made of boxes`);
      }
      await shot(page, `scripts-${deviceScaleFactor}-${screen}`);
      assertNoComplaints(page);
      await page.context().close();
    });
  }
}

/** Whether the left half of what is drawn looks exactly as the right half does. */
function sameHalves(picture, ink, half) {
  const { scale, channels, width, data } = picture;
  const [from, top, wide, high] = [ink.x * scale, ink.y * scale, Math.floor(half * scale), Math.floor(ink.height * scale)];
  const shift = Math.ceil(half * scale);
  for (let y = 0; y < high; ++y) {
    for (let x = 0; x < wide; ++x) {
      const at = ((top + y) * width + from + x) * channels;
      if (Math.abs(data[at] - data[at + shift * channels]) > 40) return false;
    }
  }
  return true;
}

test('right-to-left and combining text stands in the mirror as it is, and nothing breaks', async () => {
  const hard = ['שלום עולם', 'مرحبا بالعالم', 'é̂x̧ z̴̡̢', 'สวัสดี', 'नमस्ते', '👩‍👩‍👧‍👦 🏳️‍🌈', 'abc\u200fdef', 'a\u0300\u0301\u0302\u0303\u0304'];
  await nameNetworks(hard);
  const page = await openAs(world, world.ana, { at: '/monitor/networks' });
  for (const name of hard) {
    const link = page.getByRole('table').getByRole('link', { name: name.normalize('NFC') }).or(page.getByRole('table').getByRole('link', { name }));
    await link.first().waitFor();
  }
  const links = page.getByRole('table').locator('tbody a');
  const shown = await links.allTextContents();
  for (const name of hard) assert.ok(shown.some((one) => one.normalize('NFC') === name.normalize('NFC')), `${name} in ${shown}`);
  await shot(page, 'hard-scripts');
  await links.first().click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  const search = page.getByRole('searchbox');
  await goTo(page, '/monitor/networks');
  await search.fill('שלום e\u0301');
  assert.equal(await search.inputValue(), 'שלום e\u0301');
  assertNoComplaints(page);
  await page.context().close();
});
