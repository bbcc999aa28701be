// Whether a copy is told of exactly when it happened: the clipboard as the next paste finds it, against the words.

/** What Control+V puts into a field of the page, by the browser's own hand. */
export async function pasted(page, field) {
  await field.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Control+v');
  return field.inputValue();
}

/** Remembers all that the live region has said since. */
export async function listen(page) {
  await page.evaluate(() => {
    const region = document.getElementById('spoken');
    window.heardWords = [];
    new MutationObserver(() => window.heardWords.push(region.textContent)).observe(region, { subtree: true, childList: true, characterData: true });
  });
}

export const heard = (page) => page.evaluate(() => window.heardWords.join('\n'));

/** Presses the copy button of the open dialog; what is wrong with what is said and what the clipboard then holds. */
export async function copyFaults(page, { press, works }) {
  const shown = await page.locator('#mirror code').first().textContent();
  await listen(page);
  await press();
  await page.waitForFunction(() => window.heardWords.some((words) => /cop(ied|ying)/i.test(words)), undefined, { timeout: 5000 }).catch(() => {});
  const said = await heard(page);
  const drawn = await page.locator('#mirror [role=dialog]').innerText();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });  // what lies below it takes no focus before
  const search = page.getByRole('searchbox').first();
  const found = await pasted(page, search);
  const faults = [];
  const claims = /Token ID copied/.test(said) || /^Copied\./m.test(drawn);
  const holds = found.includes(shown.slice(-4)) && found !== '';
  if (claims && !holds) faults.push('success is told of, and the clipboard does not hold the Token ID');
  if (works && !claims) faults.push(`nothing told of a copy that was made: ${said}`);
  if (works && !holds) faults.push(`the clipboard holds "${found.slice(0, 12)}"`);
  if (!works && !/did not allow/.test(said)) faults.push(`the failure is not told of: ${said}`);
  return faults;
}
