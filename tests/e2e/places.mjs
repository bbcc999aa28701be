// Every screen and dialog there is to look at, how one gets there, and when it stands.

import { generate, hintOf } from './harness.mjs';

const tokens = '/configure/organization/tokens';

const fixedScreens = [tokens, '/configure/organization/assume', '/monitor/networks',
  '/monitor/sessions', '/configure/organization/settings', '/record/audit', '/nowhere-at-all'];

/** The path of a network with access points that are online. */
async function networkPath(page) {
  const { items } = await (await page.request.get('/api/v1/networks')).json();
  return `/monitor/networks/${items.find((one) => one.access_points.online > 0).id}`;
}

const isNetwork = (path) => path.startsWith('/monitor/networks/');

/** The paths of the screens that whoever is signed in there can open, one network's own among them. */
export async function screensOf(page) {
  return [...fixedScreens, await networkPath(page)];
}

/** What a picture of a screen is called. */
export const screenName = (path) => isNetwork(path) ? 'network' : path.split('/').at(-1);

/** Waits until the screen's first heading stands and nothing is loading. */
export async function settled(page) {
  await page.waitForFunction(() => {
    const main = document.querySelector('#mirror main');
    return Boolean(main) && Boolean(main.querySelector('h1')) && !main.querySelector('[aria-busy]');
  });
}

/** Waits until no animation frame is asked for any more: what was to be drawn is drawn. Needs `countFrames`. */
export async function drawn(page, options) {
  await page.waitForFunction(() => performance.now() - window.framesAsked.last > 150, undefined, { polling: 40, ...options });
}

/** Counts the frames that the page's own scripts ask for, from its start; the test driver asks for some of its own. */
export async function countFrames(context) {
  await context.addInitScript(() => {
    const ask = window.requestAnimationFrame.bind(window);
    window.framesAsked = { asked: 0, at: [], last: performance.now() };
    window.requestAnimationFrame = (run) => {
      if (!new Error().stack.includes(location.origin)) return ask(run);
      ++window.framesAsked.asked;
      window.framesAsked.at.push(Date.now());
      window.framesAsked.last = performance.now();
      return ask(run);
    };
  });
}

/** Goes to a screen without loading the page anew, as Back and Forward do. */
export async function goTo(page, path) {
  await page.evaluate((to) => {
    history.pushState(history.state, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
  }, path);
  const title = titles[path] ?? /./;
  await page.waitForFunction(([source]) => new RegExp(source).test(document.title), [title.source]);
  if (isNetwork(path)) await page.getByRole('heading', { name: 'Access points' }).waitFor();
  await settled(page);
}

const titles = { [tokens]: /^Generated/, '/configure/organization/assume': /^Assume/, '/monitor/networks': /^Networks/,
  '/monitor/sessions': /^Live/, '/configure/organization/settings': /^Settings/, '/record/audit': /^Audit/,
  '/nowhere-at-all': /^Page not found/ };

const press = (page, name) => page.getByRole('button', { name }).first().click();

const openNetwork = async (page) => goTo(page, await networkPath(page));

async function openTokens(page) {
  await goTo(page, tokens);
  await page.getByRole('table', { name: 'Active Tokens List' }).waitFor();
}

/** The dialogs an admin can open, each from any screen, and its title. */
export const dialogs = [
  { title: 'Generate New Token', open: async (page) => {
    await openTokens(page);
    await press(page, 'Generate New Token');
  } },
  { title: 'Token generated', open: async (page) => {
    await openTokens(page);
    await press(page, 'Generate New Token');
    await page.getByRole('radio', { name: '2 Hours', exact: true }).click();
    await press(page, /^Generate Token$/);
  } },
  { title: 'View Token ID', open: async (page) => {
    await openTokens(page);
    await press(page, /^View Token ID/);
    await page.locator('#mirror [role=dialog] code').waitFor();
  } },
  { title: /^Expire this token/, open: async (page) => {
    await openTokens(page);
    await press(page, /^Expire pcc/);
  } },
  { title: /^Delete this token/, open: async (page) => {
    await openTokens(page);
    await press(page, /^Delete pcc/);
  } },
  { title: 'Columns', open: async (page) => {
    await openTokens(page);
    await press(page, /^Columns of Active/);
  } },
  { title: 'Edit name and tags', open: async (page) => {
    await openNetwork(page);
    await press(page, 'Edit name and tags');
  } },
  { title: 'Rename SSID', open: async (page) => {
    await openNetwork(page);
    await press(page, /^Rename /);
  } },
  { title: /^Disable /, open: async (page) => {
    await openNetwork(page);
    await press(page, /^Disable /);
  } },
  { title: /^Restart /, open: async (page) => {
    await openNetwork(page);
    const restart = page.locator('#mirror main button:not([aria-disabled])').filter({ hasText: /^Restart / }).first();
    // On a phone it is further down, and rows stand in the page once they are in sight.
    for (let i = 0; i < 8 && (await restart.count()) === 0; ++i) await page.keyboard.press('PageDown');
    await restart.click();
  } },
  { title: 'Help', open: async (page) => {
    await openTokens(page);
    await press(page, 'Help and shortcuts');
  } },
];

/** The open dialog, with its title. */
export const dialogOf = (page, { title }) => page.getByRole('dialog', { name: title }).or(page.getByRole('alertdialog', { name: title }));

/** Opens a dialog, lets `look` at it, and closes it. */
export async function inDialog(page, dialog, look) {
  await dialog.open(page);
  await dialogOf(page, dialog).waitFor();
  await look();
  await page.keyboard.press('Escape');
  await page.locator('#mirror [aria-modal=true]').waitFor({ state: 'detached' });
}

/** What stands where an engineer goes: refused, acting, with a token looked at, and after the end. */
export async function engineerScreens(admin, engineer, look) {
  const tokenId = await generate(admin);
  await goTo(engineer, '/configure/organization/assume');
  await engineer.getByRole('textbox', { name: 'Token ID' }).fill(tokenId);
  await engineer.getByRole('button', { name: 'Assume User' }).waitFor();
  await look('preflight');
  await engineer.getByRole('button', { name: 'Assume User' }).click();
  await engineer.getByRole('region', { name: /^Acting for/ }).waitFor();
  await engineer.getByRole('table', { name: 'Networks' }).waitFor();
  await look('acting');
  await goTo(engineer, tokens);
  await look('refused');
  await admin.getByRole('button', { name: `Expire ${hintOf(tokenId)}` }).click();
  await admin.getByRole('button', { name: 'Expire Token' }).click();
  await engineer.getByRole('heading', { name: /has ended/ }).waitFor();
  await look('ended');
}
