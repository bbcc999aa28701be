// How often a page draws. Needs `countFrames` of places.mjs from the start of the page.

const sleep = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/**
 * Waits for a stretch of time without the turn of a minute in it, at which clocks are drawn anew. A busy
 * machine draws them late: a turn just past may still be to come.
 */
export async function awayFromTheMinute(millis) {
  const past = Date.now() % 60_000;
  if (past < 1500) await sleep(1500 - past);
  else if (past > 60_000 - millis - 1500) await sleep(60_000 - past + 1500);
}

const asked = (page) => page.evaluate(() => window.framesAsked.asked);

/** The frames asked for while nothing happens. Nothing is asked of the page meanwhile. */
export async function framesWhile(page, millis) {
  await awayFromTheMinute(millis);
  const before = await asked(page);
  await sleep(millis);
  return (await asked(page)) - before;
}

/** The frames asked for by one act, until none is asked for any more. */
export async function framesOf(page, act) {
  await awayFromTheMinute(2000);
  const before = await asked(page);
  await act();
  await page.waitForFunction(() => performance.now() - window.framesAsked.last > 250, undefined, { polling: 40 });
  return (await asked(page)) - before;
}

/** When frames were asked for within the last stretch of time. Units: milliseconds of the clock. */
export async function framesSince(page, instant) {
  return page.evaluate((from) => window.framesAsked.at.filter((at) => at >= from), instant);
}

/** What is wrong with the frames of a countdown in sight: one for each of some seconds, after its turn
 *  by the server's clock, which is this machine's. */
export async function countdownFaults(page, seconds) {
  await awayFromTheMinute((seconds + 2) * 1000);
  const from = await page.evaluate(() => Math.ceil(Date.now() / 1000) * 1000);
  await sleep(from - Date.now() + seconds * 1000);
  const frames = (await framesSince(page, from)).filter((at) => at < from + seconds * 1000);
  // On a busy machine a frame comes late, never early, and not each of them does.
  const late = Math.min(...frames.map((at) => (at - from) % 1000));
  if (late > 450) return [`frames ${late} ms after the turn of the second`];
  const turns = frames.map((at) => Math.floor((at - from) / 1000));
  return turns.join() === Array.from({ length: seconds }, (_, second) => second).join() ? [] : [`frames at ${frames.map((at) => at - from)} ms`];
}
