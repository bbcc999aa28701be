// Which keys a page takes from the browser.

/** Keys that belong to the browser wherever the focus is. */
export const browserKeys = ['Backspace', 'Tab', 'F1', 'F3', 'F5', 'F6', 'F7', 'F11', 'F12', 'Control+F5', 'Control+f', 'Control+g', 'Control+l', 'Control+t',
  'Control+n', 'Control+w', 'Control+p', 'Control+r', 'Control+s', 'Control+d', 'Control+h', 'Control+j', 'Control+k', 'Control+u', 'Control+v', 'Control+x', 'Control+z',
  'Control+Equal', 'Control++', 'Control+-', 'Control+0', 'Control+Tab', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+d'];

export const commandKeys = ['Meta+f', 'Meta+g', 'Meta+l', 'Meta+t', 'Meta+n', 'Meta+w', 'Meta+p', 'Meta+r', 'Meta+v', 'Meta+x', 'Meta+z', 'Meta+Shift+z',
  'Meta+=', 'Meta+-', 'Meta+0', 'Meta+ArrowLeft', 'Meta+ArrowRight', 'Meta+,', 'Meta+q', 'Meta+m'];

/**
 * Keys whose default the page prevents while the focus is where it is, as the last listener of all sees it. The keys are
 * those that the page would hear; what the browser then does by itself is kept from happening only after that was seen.
 */
export async function preventedKeys(page, keys) {
  await page.evaluate(() => {
    window.heardKeys = [];
    window.keyListener ??= addEventListener('keydown', (event) => {
      if (['Control', 'Shift', 'Alt', 'Meta'].includes(event.key)) return;
      window.heardKeys.push(event.defaultPrevented);
      event.preventDefault();
    }) ?? true;
  });
  const prevented = [];
  for (const key of keys) {
    const before = await page.evaluate(() => window.heardKeys.length);
    await page.keyboard.press(key);
    const seen = await page.evaluate((from) => window.heardKeys.slice(from), before);
    if (seen.length !== 1) throw new Error(`the page heard ${seen.length} of ${key}`);
    if (seen[0]) prevented.push(key);
  }
  return prevented;
}
