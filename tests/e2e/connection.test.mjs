// The server is slow, away or silent, and several tabs share it: nobody signs in twice, and nothing waits for ever.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, generate as generateByApi, until } from '../http/harness.mjs';
import { assertNoComplaints, hintOf, openAs, openTab, signIn, startWorld } from './harness.mjs';

let world;
before(async () => { world = await startWorld(); });
after(async () => { await world.stop(); });

const tokens = '/configure/organization/tokens';
const audit = '/record/audit';
const session = '**/api/v1/session';
const events = '**/api/v1/events';

const heading = (page) => page.locator('#mirror main h1').first();
const told = (page, words) => page.getByRole('alert').filter({ hasText: words });
const becomeVisible = () => document.dispatchEvent(new Event('visibilitychange'));
const silence = () => {};  // a route that is never answered

/** Another tab of the same browser. */
async function tabBeside(page, route) {
  const other = await page.context().newPage();
  if (route) await other.route(session, route);
  await other.goto(audit);
  return other;
}

/** In the page: what waits for 40 s or longer waits for `pass`; and each event stream is remembered. */
function holdTime(context) {
  return context.addInitScript(() => {
    const [start, stop, ask] = [setTimeout, clearTimeout, fetch].map((one) => one.bind(window));
    const held = new Map();
    let [now, last] = [0, 1e9];
    window.setTimeout = (run, delay, ...given) => {
      if (!(delay >= 40_000)) return start(run, delay, ...given);
      held.set(++last, { delay, at: now + delay, run: () => run(...given) });
      return last;
    };
    window.clearTimeout = (timer) => held.delete(timer) || stop(timer);
    window.pass = (seconds) => {
      now += seconds * 1000;
      for (const [timer, { at, run }] of Array.from(held)) if (at <= now && held.delete(timer)) run();
    };
    window.waiting = (delay) => Array.from(held.values()).filter((one) => one.delay === delay).length;
    window.streams = [];
    window.fetch = (url, options) => {
      if (String(url).endsWith('/api/v1/events')) window.streams.push(options.signal);
      return ask(url, options);
    };
  });
}

const pass = (page, seconds) => page.evaluate((much) => window.pass(much), seconds);
const streamsAsked = (page) => page.evaluate(() => window.streams.length);
const streamsOpen = (page) => page.evaluate(() => window.streams.filter((one) => !one.aborted).length);
const streamsReach = (page, count) => page.waitForFunction((wanted) => window.streams.length === wanted, count);

/** Waits until so many streams were asked for, and nothing is on its way any more: then time may pass. */
async function streamOpens(page, count, hidden = false) {
  await streamsReach(page, count);
  const resting = hidden ? 1 : 0;
  await page.waitForFunction((most) => window.waiting(45_000) === 0 && window.waiting(60_000) <= most, resting);
}

const hide = (page, hidden) => page.evaluate((is) => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => is });
  document.dispatchEvent(new Event('visibilitychange'));
}, hidden);

test('of two tabs at the form one signs in, the other opens by itself, and neither throws the other out', async () => {
  const page = await openTab(world, { at: audit });
  const other = await tabBeside(page);
  const comings = [becomeVisible, () => dispatchEvent(new Event('online')), () => dispatchEvent(new Event('focus'))];
  for (const come of comings) {
    for (const tab of [page, other]) await tab.locator('#form').waitFor();
    await signIn(page, world.ana);
    await other.evaluate(come);
    await heading(other).waitFor();
    await other.locator('#sign-in').waitFor({ state: 'hidden' });
    await page.reload();
    await heading(page).waitFor();
    assert.equal(await page.locator('#form').isVisible(), false, 'still signed in');
    await other.getByRole('button', { name: 'Sign out' }).click();
  }
  assertNoComplaints(page);
  await page.context().close();
});

test('where the first answer was a failure, the page opens by itself after the next one', async () => {
  const page = await openAs(world, world.ana, { at: audit });
  for (const fail of [(route) => route.fulfill({ status: 503, body: '' }), (route) => route.abort()]) {
    let asked = 0;
    const other = await tabBeside(page, (route) => (++asked === 1 ? fail(route) : route.continue()));
    await told(other, /could not answer|No connection/).waitFor();
    await heading(other).waitFor();
    assert.equal(await other.locator('#form').isVisible(), false);
    assert.equal(asked, 2);
    await other.close();
  }
  assertNoComplaints(page);
  await page.context().close();
});

test('nothing is done over the head of somebody who types', async () => {
  const page = await openAs(world, world.ana, { at: audit });
  let asked = 0;
  let held = null;
  const other = await tabBeside(page, (route) => {
    if (++asked === 1) return route.fulfill({ status: 503, body: '' });
    if (asked > 2) return route.continue();
    held = route;
  });
  await until(() => held, 'the second question');
  const password = other.getByLabel('Password');
  await password.fill('half a passw');
  const answered = other.waitForResponse(session);
  await held.continue();
  assert.equal((await answered).status(), 200);
  await other.evaluate(becomeVisible);
  await other.waitForTimeout(300);
  assert.equal(await password.inputValue(), 'half a passw');
  assert.ok(await other.locator('#form').isVisible());
  assert.equal(asked, 2, 'nor asked');

  await password.fill('');
  await other.evaluate(becomeVisible);
  await heading(other).waitFor();
  assertNoComplaints(page);
  await page.context().close();
});

test('a sign-in page that gets no answer says so after a minute, at the start and on signing in', async () => {
  const page = await openTab(world, { at: 'about:blank', prepare: holdTime });
  await page.route(session, silence);
  await Promise.all([page.waitForRequest(session), page.goto(tokens)]);
  await pass(page, 59);
  assert.equal(await page.locator('#form').isVisible(), false);
  await pass(page, 2);
  await told(page, /No connection/).waitFor();
  await page.getByLabel('E-mail').fill(world.ana.email);
  await page.getByLabel('Password').fill(world.ana.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signing in…').waitFor();
  await pass(page, 61);
  await told(page, /No connection/).waitFor();
  assert.equal(await page.getByLabel('Password').inputValue(), world.ana.password);
  await page.unroute(session);
  await signIn(page, world.ana);
  await page.context().close();
});

test('a request without an answer is given up after a minute, and told of', async () => {
  const page = await openTab(world, { at: audit, prepare: holdTime });
  await page.route(events, silence);
  await signIn(page, world.ana);
  const networks = /\/api\/v1\/networks(\?|$)/;
  await page.route(networks, silence);
  await Promise.all([page.waitForRequest(networks), page.getByRole('link', { name: 'Networks' }).click()]);
  await pass(page, 61);
  await page.getByText('No answer came.').first().waitFor({ state: 'attached' });
  await page.unroute(networks);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('table', { name: 'Networks' }).waitFor();
  assertNoComplaints(page);
  await page.context().close();
});

test('an event stream without an answer is given up after 45 s and tried again; one with an answer stays', async () => {
  const page = await openTab(world, { at: tokens, prepare: holdTime });
  let asked = 0;
  await page.route(events, (route) => (++asked === 1 ? silence() : route.continue()));
  await signIn(page, world.ana);
  await streamsReach(page, 1);
  await pass(page, 44);
  assert.equal(await streamsOpen(page), 1);
  await pass(page, 2);
  await streamOpens(page, 2);
  await pass(page, 46);
  assert.equal(await streamsOpen(page), 1);
  assertNoComplaints(page);
  await page.context().close();
});

test('a tab that was hidden for a minute lets go of its stream, in silence, and opens it once it is seen', async () => {
  const page = await openAs(world, world.ana, { at: tokens, prepare: holdTime });
  await streamOpens(page, 1);
  await hide(page, true);
  await pass(page, 59);
  assert.equal(await streamsOpen(page), 1, 'not yet');
  await pass(page, 2);
  assert.equal(await streamsOpen(page), 0);
  const asked = await streamsAsked(page);
  await page.waitForTimeout(1000);
  assert.equal(await streamsAsked(page), asked, 'of one that broke, another is opened after half a second');

  const hint = hintOf((await generateByApi(await new Client(world.server).signIn(world.ana))).token_id);
  await hide(page, false);
  await page.getByRole('button', { name: `Expire ${hint}` }).waitFor();
  assert.equal(await streamsOpen(page), 1);
  assertNoComplaints(page);
  await page.context().close();
});

test('seen again within the minute a tab keeps its stream; one opened while hidden has a minute, too', async () => {
  const page = await openAs(world, world.ana, { at: tokens, prepare: holdTime });
  await streamOpens(page, 1);
  await hide(page, true);
  await pass(page, 30);
  await hide(page, false);
  await streamOpens(page, 2);
  await pass(page, 61);
  assert.equal(await streamsOpen(page), 1);

  await hide(page, true);
  await pass(page, 61);
  assert.equal(await streamsOpen(page), 0);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await streamOpens(page, 3, true);
  await pass(page, 59);
  assert.equal(await streamsOpen(page), 1);
  await pass(page, 2);
  assert.equal(await streamsOpen(page), 0);
  assertNoComplaints(page);
  await page.context().close();
});
