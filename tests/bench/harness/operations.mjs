// What a person does with the list, and how long each takes until it is seen.

import { expectedOf, searchKey } from './expected.mjs';
import { median, sleep } from './statistics.mjs';

/** Acts, and waits for what has to be seen. Units: milliseconds from the input event. */
async function timed(page, candidate, type, want, act, longest = 60_000) {
  await page.evaluate(([event, probe, wanted]) => window.bench.arm(event, probe, wanted), [type, candidate.probe, want]);
  await act();
  try {
    const done = await page.waitForFunction(() => window.bench.done, null, { timeout: longest, polling: 100 });
    return (await done.jsonValue()).time;
  } catch {
    const seen = await page.evaluate(() => window.bench.last).catch(() => '?');
    throw new Error(`never seen: wanted ${JSON.stringify(want)}, saw ${JSON.stringify(seen)}`);
  }
}

/** Says which operation it was that failed. */
async function named(result, name, act) {
  try {
    result[name] = await act();
  } catch (error) {
    (result.fail ||= {})[name] = String(error.message).slice(0, 300);
    throw error;
  }
}

async function searchAndClear(page, candidate, rows, result) {
  const want = expectedOf(rows);
  const search = () => timed(page, candidate, 'keydown', want.found, () => candidate.search(page, searchKey));
  const clear = () => timed(page, candidate, 'keydown', want.all, () => candidate.clearSearch(page));
  await candidate.focusSearch(page);
  await sleep(300);
  await named(result, 'search1', search);
  await named(result, 'clear1', clear);
  const again = [];
  for (let i = 0; i < (rows >= 1e6 ? 1 : 3); i++) {
    await sleep(150);
    again.push(await search());
    await clear();
  }
  result.search2 = median(again);
}

async function sort(page, candidate, rows, result) {
  const want = expectedOf(rows);
  const press = (wanted) => () => timed(page, candidate, 'pointerup', wanted, () => candidate.sort(page));
  await candidate.hover(page, 'label');
  await sleep(300);
  await named(result, 'sortText', press(want.labelUp));
  await sleep(600);  // no double click
  await named(result, 'sortTextDesc', press(want.labelDown));
  await candidate.hover(page, 'expiresAt');
  await sleep(600);
  await named(result, 'sortNum', press(want.expiryUp));
}

export async function operate(page, candidate, rows, result) {
  await searchAndClear(page, candidate, rows, result);
  await sort(page, candidate, rows, result);
}
