// Whether everything can be reached and pressed: in sight once it has the focus, nothing over it, large enough
// for a finger, and nothing beyond the edges.

import { drawn } from '../places.mjs';

/** Goes through all stops of the Tab key; what is wrong with where they are. */
export async function reachFaults(page) {
  await page.evaluate(() => {
    const open = document.querySelector('#mirror [aria-modal=true]');
    (open ?? document.querySelector('#mirror h1')).focus();
  });
  const faults = [];
  const seen = new Set();
  for (let i = 0; i < 90; ++i) {
    await page.keyboard.press('Tab');
    await drawn(page);
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element.matches('.control, .field')) return null;
      const box = element.getBoundingClientRect();
      // The head of a table whose rows are cards is only read.
      if (box.height === 0) return { key: element.pccKey, sight: true, pressed: true };
      const over = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, innerHeight - box.top) / 2);
      return { key: element.pccKey, name: `${element.tagName} ${element.textContent.slice(0, 40)}`,
        sight: box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 && box.bottom <= innerHeight + 1,
        toast: over !== null && over.closest('[role=status]') !== null,
        pressed: over !== null && (element.contains(over) || over.contains(element) || over.closest('td') === element.closest('td')),
        box: `${box.left} ${box.top} ${box.width} ${box.height}` };
    });
    if (stop === null) {
      if (seen.size) break;  // out of the page, and round again
      continue;
    }
    if (seen.has(stop.key)) break;
    seen.add(stop.key);
    if (!stop.sight) faults.push(`out of sight: ${stop.name} at ${stop.box}`);
    else if (!stop.pressed && !stop.toast) faults.push(`something lies over ${stop.name} at ${stop.box}`);
  }
  return { faults, stops: seen.size };
}

/** What stands beyond the window or out of what holds it. */
export async function overflowFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    for (const element of document.querySelectorAll('#mirror :is(.leaf, .control, .field)')) {
      if (element.closest('[inert]') || element.closest('nav[aria-label=Main]')) continue;
      const box = element.getBoundingClientRect();
      const within = element.closest('td, [role=dialog], [role=alertdialog], main, header')?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
      const side = element.matches('.control') ? 15 : 1;  // a finger's area is larger than its words
      if (box.right > Math.min(innerWidth, within.right + side) + 1 || box.left < Math.max(0, within.left - side) - 1) {
        faults.push(`${element.tagName} "${element.textContent.slice(0, 40)}" from ${box.left} to ${box.right} in ${within.left} to ${within.right}`);
      }
    }
    return faults;
  });
}

/** Controls in sight that are smaller than a finger. Units: CSS px. */
export async function targetFaults(page, least = 44) {
  return page.evaluate((wanted) => Array.from(document.querySelectorAll('#mirror :is(.control, .field)'))
    .filter((element) => !element.closest('[inert]') && element.getBoundingClientRect().height > 0)
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width < wanted - 0.5 || box.height < wanted - 0.5)
    .map(([element, box]) => `${element.tagName} "${element.textContent.slice(0, 40)}" is ${box.width} x ${box.height}`), least);
}
