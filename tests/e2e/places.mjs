// Every screen there is to look at, and when one of them stands.

/** The screens an admin can open, by path and by what stands on them when they are ready. */
export const screens = ['/configure/organization/tokens', '/configure/organization/assume', '/monitor/networks',
  '/monitor/sessions', '/configure/organization/settings', '/record/audit', '/nowhere-at-all'];

/** Waits until the screen's first heading stands and nothing is loading. */
export async function settled(page) {
  await page.waitForFunction(() => {
    const main = document.querySelector('#mirror main');
    return Boolean(main) && Boolean(main.querySelector('h1')) && !main.querySelector('[aria-busy]');
  });
}
