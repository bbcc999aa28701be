// Whether the other suites would notice: the page is broken on purpose, one thing at a time, and the very checks they
// use have to find it. A breakage that finds nothing to break fails as well.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTab, phone, signIn, startWorld } from './harness.mjs';
import { countFrames, dialogs, drawn, goTo } from './places.mjs';
import { copyFaults } from './checks/copying.mjs';
import { countdownFaults, framesOf, framesWhile } from './checks/frames.mjs';
import { preventedKeys } from './checks/keys.mjs';
import { focusFault, placementFaults } from './checks/placement.mjs';
import { targetFaults } from './checks/reach.mjs';
import { semanticFaults } from './checks/semantics.mjs';
import { needless, touchedBy } from './checks/touched.mjs';
import { watchLoading, weightFaults } from './checks/weight.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';
const settings = '/configure/organization/settings';
const glue = /\/console-[^/]*\.js$/;
const style = (url) => url.pathname === tokens;  // it stands in the page

/** Serves a file with a change; whether there was what is to be changed is told by `applied`. */
async function breaking(context, { file, find, put, add }) {
  const state = { applied: false };
  await context.route(file, async (route) => {
    const answer = await route.fetch();
    const text = await answer.text();
    const broken = find ? text.replace(find, put) : `${text}\n;${add}`;
    state.applied = broken !== text;
    const headers = answer.headers();
    delete headers['content-security-policy'];  // which names what stands in the page by its hash
    await route.fulfill({ response: answer, headers, body: broken });
  });
  return state;
}

/** Opens the broken page, signed in, on one screen. */
async function openBroken(mutation, { at = tokens, ...options } = {}) {
  let state;
  const page = await openTab(world, { at: 'about:blank', ...options, prepare: async (context) => {
    await countFrames(context);
    state = await breaking(context, mutation);
  } });
  await page.goto(at);
  await signIn(page, world.ana);
  assert.ok(state.applied, 'there was something to break');
  await drawn(page, { timeout: 3000 }).catch(() => {});  // a page that never rests is one of the breakages
  return page;
}

const inMirror = (before) => ({ file: glue, find: /attribute:\s*\((\w+),\s*(\w+),\s*(\w+),\s*(\w+)\)\s*=>\s*\{/, put: (all, key, name) => all + before(name) });
const madeAs = (tag, other) => ({ file: glue, find: /create:\s*\((\w+),\s*(\w+),\s*(\w+)\)\s*=>\s*\{/, put: (all, key, name) => `${all}if(${name}==="${tag}")${name}="${other}";` });

const meaning = [
  ['an input loses its label', inMirror((name) => `if(${name}==="for")return;`), /without a label/],
  ['a table loses its caption', madeAs('caption', 'span'), /without a caption/],
  ['a screen loses its heading', madeAs('h1', 'h2'), /0 headings of the first level/],
  ['columns lose their scope', inMirror((name) => `if(${name}==="scope")return;`), /without a header/],
  ['the main landmark goes', madeAs('main', 'div'), /0 main landmarks/],
];

for (const [what, mutation, complaint] of meaning) {
  test(`noticed: ${what}`, async () => {
    let state;
    const page = await openTab(world, { at: 'about:blank', prepare: async (context) => { state = await breaking(context, mutation); } });
    await page.goto(tokens);
    // Signed in without waiting for what may be gone.
    await page.getByLabel('E-mail').fill(world.ana.email);
    await page.getByLabel('Password').fill(world.ana.password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Expire pcc/ }).first().waitFor();
    assert.ok(state.applied, 'there was something to break');
    assert.match((await semanticFaults(page)).join('\n'), complaint);
    await page.context().close();
  });
}

test('noticed: what is behind a dialog can be reached', async () => {
  const page = await openBroken(inMirror((name) => `if(${name}==="inert")return;`));
  await dialogs[0].open(page);
  await page.getByRole('dialog').waitFor();
  assert.match((await semanticFaults(page)).join('\n'), /behind the dialog can be reached/);
  await page.context().close();
});

for (const [what, put] of [['20 px to the right', 'inset:0 -20px 0 20px'], ['20 px down', 'inset:20px 0 -20px'], ['3 px to the left', 'inset:0 3px 0 -3px']]) {
  test(`noticed: the mirror is shifted by ${what}`, async () => {
    const page = await openBroken({ file: style, find: /(#mirror\s*\{[^}]*?)inset:\s*0(?=[;}])/, put: (all, rest) => rest + put });
    const { faults } = await placementFaults(page);
    assert.ok(faults.length > 0);
    await page.context().close();
  });
}

test('noticed: the mirror keeps still while the canvas scrolls', async () => {
  const page = await openBroken({ file: glue, find: /(\w+)\.scrollTop\s*=\s*(\w+)(?=\)?[,;]\s*\1\.pccScroll\s*=\s*\2)/, put: '0' }, { viewport: { width: 1280, height: 420 }, at: '/record/audit' });
  await page.mouse.move(640, 300);
  await page.mouse.wheel(0, 130);
  await drawn(page);
  assert.ok((await placementFaults(page)).faults.length > 0);
  await page.context().close();
});

test('noticed: the ring of the focus is not drawn', async () => {
  const page = await openBroken({ file: glue, find: /(:focus-visible"\)\s*\?\s*)1(\s*:\s*0)/, put: '$10$2' });
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await drawn(page);
  assert.match(await focusFault(page) ?? '', /no ring around/);
  await page.context().close();
});

test('noticed: frames that nobody needs', async () => {
  const page = await openBroken({ file: glue, add: '(function again(){requestAnimationFrame(again)})()' }, { at: settings });
  assert.ok((await framesWhile(page, 1000)) > 0);
  await page.context().close();
});

test('noticed: more frames for a key than it takes', async () => {
  const more = 'addEventListener("keydown",()=>{let n=0;(function again(){n++<6&&requestAnimationFrame(again)})()})';
  const page = await openBroken({ file: glue, add: more }, { at: settings });
  await page.getByRole('textbox', { name: 'Organization name' }).focus();
  await drawn(page);
  assert.ok((await framesOf(page, () => page.keyboard.press('x'))) > 4);
  await page.context().close();
});

for (const [what, put] of [['twice a second', '$1/2+5'], ['in the middle of the second', '$1+505']]) {
  test(`noticed: the countdown is drawn ${what}`, async () => {
    const page = await openBroken({ file: glue, find: /(pccFrames\.period)\s*\+\s*5(?=\s*-)/, put });
    await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
    assert.ok((await countdownFaults(page, 3)).length > 0);
    await page.context().close();
  });
}

test('noticed: nodes are touched that did not change', async () => {
  const page = await openBroken({ file: glue, add: 'setInterval(()=>document.querySelectorAll("#mirror .leaf").forEach((one)=>{one.textContent=one.textContent}),300)' });
  const seen = await touchedBy(page, () => page.waitForTimeout(700));
  assert.ok(needless(seen).length > 5);
  await page.context().close();
});

test('noticed: a copy is told of that was never made', async () => {
  const page = await openBroken({ file: glue, find: /navigator\.clipboard\.writeText\(\w+\)/, put: 'Promise.resolve()' });
  await dialogs[1].open(page);
  await page.getByRole('button', { name: 'Copy Token ID' }).waitFor();
  const faults = await copyFaults(page, { press: () => page.getByRole('button', { name: 'Copy Token ID' }).click(), works: true });
  assert.match(faults.join('\n'), /success is told of/);
  await page.context().close();
});

test('noticed: a copy is told of before it is refused', async () => {
  const page = await openBroken({ file: glue, find: /\.then\(\(\)\s*=>\s*_pcc_clipboard_done\(1\),\s*(\w+)\)/, put: '.then(()=>_pcc_clipboard_done(1),()=>_pcc_clipboard_done(1))' });
  await dialogs[1].open(page);
  await page.getByRole('button', { name: 'Copy Token ID' }).waitFor();
  await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); });
  const faults = await copyFaults(page, { press: () => page.getByRole('button', { name: 'Copy Token ID' }).click(), works: false });
  assert.match(faults.join('\n'), /success is told of/);
  await page.context().close();
});

test('noticed: the program is fetched twice, and the page is too heavy', async () => {
  let state;
  const page = await openTab(world, { at: 'about:blank', prepare: async (context) => {
    state = await breaking(context, { file: glue, add: 'fetch(document.getElementById("program").href,{cache:"no-store"})' });
  } });
  const loading = await watchLoading(page);
  await page.goto(tokens);
  await signIn(page, world.ana);
  await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
  assert.ok(state.applied);
  const faults = weightFaults(loading, 100_000).join('\n');
  assert.match(faults, /wasm is fetched twice/);
  assert.match(faults, /bytes until the list can be used/);
  await page.context().close();
});

test('noticed: a control too small for a finger', async () => {
  const page = await openBroken({ file: glue, find: /;height:\$\{(\w+)\}px/, put: ';height:${$1>43&&$1<60?40:$1}px' }, { viewport: phone, hasTouch: true, isMobile: true });
  assert.ok((await targetFaults(page)).length > 0);
  await page.context().close();
});

for (const [key, code] of [['F5', 'e.key==="F5"'], ['Control+f', 'e.ctrlKey&&e.key==="f"'], ['Backspace', 'e.key==="Backspace"']]) {
  test(`noticed: ${key} is taken from the browser`, async () => {
    const page = await openBroken({ file: glue, add: `document.addEventListener("keydown",(e)=>{if(${code})e.preventDefault()})` });
    assert.deepEqual(await preventedKeys(page, ['F5', 'Control+f', 'Backspace', 'Tab']), [key]);
    await page.context().close();
  });
}

test('noticed: nothing, where nothing is broken', async () => {
  const page = await openBroken({ file: glue, add: '0' });
  assert.deepEqual(await semanticFaults(page), []);
  const { faults, measured } = await placementFaults(page);
  assert.deepEqual(faults, []);
  assert.ok(measured > 5);
  assert.deepEqual(await preventedKeys(page, ['F5', 'Control+f', 'Backspace', 'Tab']), []);
  await goTo(page, settings);
  await drawn(page);
  assert.equal(await framesWhile(page, 1000), 0);
  await page.context().close();
});
