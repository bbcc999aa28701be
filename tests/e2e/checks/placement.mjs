// Whether the mirror stands where the canvas shows things: what is drawn is found in a screenshot by its
// colour, and compared with the boxes of the elements. Units: CSS px, except in pictures.

import { boxOfColour, boxOfInk, difference, grown, lineNear, patchesOfColour, photograph } from './pixels.mjs';

// Source: web/ui/theme.cpp.
export const themes = {
  light: { accent: [0x2f5bea, 0x244fd8], bad: [0xb42318, 0x981b12], line: 0xe3e6eb, raised: 0xffffff,
    rings: [0x2f5bea, 0x5b21b6, 0x8fa9ff, 0xc4b0ff], bannerRings: [0xffffff] },
  dark: { accent: [0x7c9bff, 0x93adff], bad: [0xff8a80, 0xffa39b], line: 0x2a323e, raised: 0x1b212a,
    rings: [0x7c9bff, 0xa98bff, 0x8fa9ff, 0xc4b0ff], bannerRings: [0xffffff] },
};

const near = 2;     // Source: issue "The canvas is a real web page"
const bearing = 4;  // a letter's own white before it

/** The boxes of what a person sees of the mirror, in the picture's own frame. */
export async function boxesOf(page, selector) {
  return page.evaluate((wanted) => {
    // Pinched, the picture shows a part of the page, larger.
    const view = window.visualViewport;
    return Array.from(document.querySelectorAll(wanted)).map((element) => {
      const box = element.getBoundingClientRect();
      const scrolled = element.closest('.scrolls');
      const clip = scrolled ? scrolled.getBoundingClientRect() : { top: 0, bottom: innerHeight };
      const whole = box.top >= clip.top - 1 && box.bottom <= clip.bottom + 1 && box.left >= 0 && box.right <= innerWidth && box.width > 4;
      const head = element.closest('table')?.querySelector('thead')?.getBoundingClientRect();
      const under = head && !element.closest('thead') && box.top < head.bottom && box.bottom > head.top;
      const covered = under || element.closest('[inert]') !== null;
      return { name: element.textContent.slice(0, 40), whole, covered,
        x: (box.left - view.offsetLeft) * view.scale, y: (box.top - view.offsetTop) * view.scale,
        width: box.width * view.scale, height: box.height * view.scale, zoom: view.scale };
    }).filter((box) => box.whole && !box.covered);
  }, selector);
}

function apart(drawn, box, by = near) {
  const pairs = [[drawn.x, box.x], [drawn.y, box.y], [drawn.x + drawn.width, box.x + box.width], [drawn.y + drawn.height, box.y + box.height]];
  return Math.max(...pairs.map(([one, other]) => Math.abs(one - other))) > by;
}

const told = (box) => ['x', 'y', 'width', 'height'].map((side) => box[side].toFixed(1)).join(' ');

/** Each box filled as primary and dangerous buttons are is the box of the button that is nearest. */
function buttonFaults(picture, boxes, area, theme) {
  const faults = [];
  let measured = 0;
  for (const colours of [theme.accent, theme.bad]) {
    for (const drawn of patchesOfColour(picture, area, colours)) {
      const whole = drawn.width > 40 && drawn.height > 24 && drawn.pixels > drawn.width * drawn.height * picture.scale ** 2 * 0.4;
      // What is cut off at an edge is not measured.
      const cut = drawn.y < area.y + 1 || drawn.y + drawn.height > area.y + area.height - 1 || (drawn.x + drawn.width + 1) * picture.scale > picture.width;
      if (!whole || cut) continue;
      const away = (box) => Math.hypot(box.x + box.width / 2 - drawn.x - drawn.width / 2, box.y + box.height / 2 - drawn.y - drawn.height / 2);
      const nearest = boxes.reduce((best, box) => (!best || away(box) < away(best) ? box : best), null);
      ++measured;
      if (!nearest || apart(drawn, nearest, near * nearest.zoom)) {
        faults.push(`a button is drawn at ${told(drawn)}, the nearest, "${nearest?.name}", stands at ${nearest ? told(nearest) : 'no place'}`);
      }
    }
  }
  return { faults, measured };
}

/** The hairline below a row is at the row's lower edge. */
function rowFaults(picture, rows, theme) {
  const faults = [];
  let measured = 0;
  for (const row of rows) {
    const y = row.y + row.height;
    const line = lineNear(picture, { from: row.x, to: row.x + row.width, y, reach: 0.45 * row.height, colour: theme.line });
    if (line === null) continue;
    ++measured;
    if (Math.abs(line - y) > near * row.zoom) faults.push(`row "${row.name}" ends at ${y.toFixed(1)}, its line is at ${line.toFixed(1)}`);
  }
  return { faults, measured };
}

/** The box of a dialog is the light one over the dimmed page. */
function dialogFaults(picture, boxes, theme) {
  const faults = [];
  for (const box of boxes) {
    const drawn = boxOfColour(picture, grown(box, 24), theme.raised, 2);
    if (!drawn || apart(drawn, box)) faults.push(`the dialog is drawn at ${drawn ? told(drawn) : 'no place'}, stands at ${told(box)}`);
  }
  return { faults, measured: boxes.length };
}

/** The words of a heading or a cell are drawn in its box and begin where it begins. */
function wordFaults(picture, boxes) {
  const faults = [];
  let measured = 0;
  for (const box of boxes) {
    const around = { x: box.x - 12 * box.zoom, y: box.y - 1, width: box.width + 24 * box.zoom, height: box.height + 2 };
    // What goes beyond the picture's last line is cut off by it.
    if ((around.y + around.height) * picture.scale > picture.height) continue;
    const ink = boxOfInk(picture, around);
    ++measured;
    const inside = ink && ink.x >= box.x - near * box.zoom && ink.x <= box.x + bearing * box.zoom &&
      ink.y + ink.height / 2 > box.y + box.height * 0.3 && ink.y + ink.height / 2 < box.y + box.height * 0.75;
    if (!inside) faults.push(`"${box.name}" drawn at ${ink ? told(ink) : 'no place'}, stands at ${told(box)}`);
  }
  return { faults, measured };
}

/** All that is measured in one look at the page: `{ faults, measured }`. */
export async function placementFaults(page, { theme = 'light', picture } = {}) {
  const taken = picture ?? await photograph(page);
  const colours = themes[theme];
  const open = await page.locator('#mirror [aria-modal=true]').count();
  const within = open ? '#mirror [aria-modal=true]' : '#mirror main';
  const parts = [
    buttonFaults(taken, await boxesOf(page, `${within} button.control`), (await boxesOf(page, open ? within : '#canvas'))[0], colours),
    ...(open ? [
      dialogFaults(taken, await boxesOf(page, within), colours),
      wordFaults(taken, await boxesOf(page, `${within} > :is(h2, p)`))] : [
      wordFaults(taken, await boxesOf(page, `${within} :is(h1, h2), ${within} td:first-child > span.leaf`)),
      rowFaults(taken, await boxesOf(page, `${within} tbody tr`), colours)]),
  ];
  return { faults: parts.flatMap((part) => part.faults), measured: parts.reduce((sum, part) => sum + part.measured, 0) };
}

/** Whether the focus is seen: a ring of its colour goes all around what has it, or its frame is coloured. */
export async function focusFault(page, { theme = 'light' } = {}) {
  const focused = await page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    return { name: `${element.tagName} ${element.textContent.slice(0, 40)}`, field: element.matches('.field'),
      banner: element.closest('[role=region]') !== null, mirrored: element.closest('#mirror') !== null,
      heads: element.closest('thead') !== null && element.closest('th') !== null, box: element.matches('th [role=checkbox]'),
      x: box.left, y: box.top, width: box.width, height: box.height };
  });
  if (!focused.mirrored) return `the focus is not in the mirror: ${focused.name}`;
  const around = grown(focused, 8);
  const clip = { x: Math.max(0, around.x), y: Math.max(0, around.y) };
  const view = page.viewportSize();
  clip.width = Math.min(view.width, around.x + around.width) - clip.x;
  clip.height = Math.min(view.height, around.y + around.height) - clip.y;
  if (clip.width <= 0 || clip.height <= 0) return `out of sight: ${focused.name} at ${told(focused)}`;
  const picture = await photograph(page, { clip });
  const place = { ...focused, x: focused.x - clip.x, y: focused.y - clip.y };
  return ringFault(picture, place, focused, focused.banner ? themes[theme].bannerRings : themes[theme].rings);
}

// Rings stand 3 px off what they are around, over the whole edge; the title of a column has a lower one, and the
// box for all rows one of its own within what can be pressed.
function ringFault(picture, box, focused, rings) {
  const off = focused.field ? 0 : 3;
  const middleY = box.y + box.height / 2;
  for (const ring of rings) {
    const seen = (x, y) => x < 0 || y < 0 || x >= picture.width / picture.scale || y >= picture.height / picture.scale ||
      difference(colourOf(picture, x, y), ring) <= 40;
    const sweep = (from, to, place) => {
      for (let at = from; at <= to; at += 0.5) if (seen(...place(at))) return true;
      return false;
    };
    const aside = focused.box ? box.width / 2 - 4 : 2;
    const left = sweep(box.x - off - 4, box.x - off + aside, (x) => [x, middleY]);
    const right = sweep(box.x + box.width + off - aside, box.x + box.width + off + 4, (x) => [x, middleY]);
    const reach = focused.heads ? 10 : 2;
    const middleX = box.x + box.width / 2;
    const top = sweep(box.y - off - 4, box.y - off + reach, (y) => [middleX, y]);
    const low = sweep(box.y + box.height + off - reach, box.y + box.height + off + 4, (y) => [middleX, y]);
    if (left && right && top && low) return null;
  }
  return `no ring around ${focused.name} at ${told(focused)}`;
}

function colourOf(picture, x, y) {
  const at = (Math.floor(y * picture.scale) * picture.width + Math.floor(x * picture.scale)) * picture.channels;
  return (picture.data[at] << 16) | (picture.data[at + 1] << 8) | picture.data[at + 2];
}
