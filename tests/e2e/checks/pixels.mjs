// What is seen: screenshots as pixels, and boxes, lines and ink found in them by colour.
// Knows nothing of the mirror, so that the mirror can be measured against it. Units: CSS px, where nothing else is said.

import zlib from 'node:zlib';

/** Reads an 8-bit PNG without interlacing, as browsers write them. */
export function readPng(bytes) {
  const head = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), channels: { 2: 3, 6: 4 }[bytes[25]] };
  if (bytes[24] !== 8 || !head.channels || bytes[28] !== 0) throw new Error('not a PNG that is read here');
  const parts = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
  }
  return { ...head, data: unfilter(zlib.inflateSync(Buffer.concat(parts)), head) };
}

function unfilter(raw, { width, height, channels }) {
  const line = width * channels;
  const data = Buffer.alloc(line * height);
  for (let y = 0; y < height; ++y) {
    const kind = raw[y * (line + 1)];
    const from = y * (line + 1) + 1;
    const to = y * line;
    for (let x = 0; x < line; ++x) {
      const left = x < channels ? 0 : data[to + x - channels];
      const up = y === 0 ? 0 : data[to + x - line];
      const corner = x < channels || y === 0 ? 0 : data[to + x - channels - line];
      data[to + x] = raw[from + x] + [0, left, up, (left + up) >> 1, kind === 4 ? paeth(left, up, corner) : 0][kind];
    }
  }
  return data;
}

function paeth(left, up, corner) {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** A screenshot, and how many of its pixels make one of CSS. */
export async function photograph(page, options = {}) {
  const picture = readPng(await page.screenshot(options));
  const wide = options.clip ? options.clip.width : page.viewportSize().width;
  return { ...picture, scale: picture.width / wide };
}

/** The colour at a place, as 0xRRGGBB; beyond the edge there is none. */
export function colourAt(picture, x, y) {
  return deviceColour(picture, Math.floor(x * picture.scale), Math.floor(y * picture.scale));
}

function deviceColour(picture, x, y) {
  if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return -1;
  const at = (y * picture.width + x) * picture.channels;
  return (picture.data[at] << 16) | (picture.data[at + 1] << 8) | picture.data[at + 2];
}

/** The greatest difference of one channel. */
export function difference(one, other) {
  const red = Math.abs((one >> 16) - (other >> 16));
  const green = Math.abs(((one >> 8) & 255) - ((other >> 8) & 255));
  const blue = Math.abs((one & 255) - (other & 255));
  return Math.max(red, green, blue);
}

export const grown = (box, by) => ({ x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by });

/** The smallest box around all pixels of an area that `holds`; nothing when there are none. */
export function boxWhere(picture, area, holds) {
  const { scale } = picture;
  const seen = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity, pixels: 0 };
  for (let y = Math.max(0, Math.floor(area.y * scale)); y < Math.min(picture.height, (area.y + area.height) * scale); ++y) {
    for (let x = Math.max(0, Math.floor(area.x * scale)); x < Math.min(picture.width, (area.x + area.width) * scale); ++x) {
      if (!holds(deviceColour(picture, x, y))) continue;
      seen.left = Math.min(seen.left, x);
      seen.right = Math.max(seen.right, x + 1);
      seen.top = Math.min(seen.top, y);
      seen.bottom = Math.max(seen.bottom, y + 1);
      ++seen.pixels;
    }
  }
  if (!seen.pixels) return null;
  return { x: seen.left / scale, y: seen.top / scale, width: (seen.right - seen.left) / scale,
    height: (seen.bottom - seen.top) / scale, pixels: seen.pixels };
}

export function boxOfColour(picture, area, colours, within = 10) {
  const wanted = [colours].flat();
  return boxWhere(picture, area, (colour) => wanted.some((one) => difference(colour, one) <= within));
}

/** The boxes of all connected patches of a colour within an area, each with how many device pixels it has. */
export function patchesOfColour(picture, area, colours, within = 2) {
  const { scale, width, height } = picture;
  const [left, top] = [Math.max(0, Math.floor(area.x * scale)), Math.max(0, Math.floor(area.y * scale))];
  const [right, bottom] = [Math.min(width, Math.floor((area.x + area.width) * scale)), Math.min(height, Math.floor((area.y + area.height) * scale))];
  const holds = (x, y) => colours.some((one) => difference(deviceColour(picture, x, y), one) <= within);
  const seen = new Uint8Array(width * height);
  const patches = [];
  for (let y = top; y < bottom; ++y) {
    for (let x = left; x < right; ++x) {
      if (seen[y * width + x] || !holds(x, y)) continue;
      const patch = { left: x, right: x, top: y, bottom: y, pixels: 0 };
      const next = [[x, y]];
      seen[y * width + x] = 1;
      while (next.length) {
        const [px, py] = next.pop();
        ++patch.pixels;
        patch.left = Math.min(patch.left, px);
        patch.right = Math.max(patch.right, px);
        patch.top = Math.min(patch.top, py);
        patch.bottom = Math.max(patch.bottom, py);
        for (const [nx, ny] of [[px + 1, py], [px - 1, py], [px, py + 1], [px, py - 1]]) {
          if (nx < left || ny < top || nx >= right || ny >= bottom || seen[ny * width + nx] || !holds(nx, ny)) continue;
          seen[ny * width + nx] = 1;
          next.push([nx, ny]);
        }
      }
      patches.push({ x: patch.left / scale, y: patch.top / scale, width: (patch.right + 1 - patch.left) / scale,
        height: (patch.bottom + 1 - patch.top) / scale, pixels: patch.pixels });
    }
  }
  return patches;
}

/** Where something is drawn on a ground of one colour: that of the area's first pixel. */
export function boxOfInk(picture, area, least = 48) {
  const ground = colourAt(picture, Math.max(0, area.x), Math.max(0, area.y));
  return boxWhere(picture, area, (colour) => difference(colour, ground) > least);
}

/** The level line of a colour that is nearest to `y`, looked for at three places; nothing when there is none. */
export function lineNear(picture, { from, to, y, reach = 32, colour, within = 6 }) {
  const at = [from + 3, (from + to) / 2, to - 4];
  let nearest = null;
  for (let row = Math.max(0, Math.floor((y - reach) * picture.scale)); row <= (y + reach) * picture.scale; ++row) {
    const drawn = at.every((x) => difference(deviceColour(picture, Math.floor(x * picture.scale), row), colour) <= within);
    const place = row / picture.scale;
    if (drawn && (nearest === null || Math.abs(place - y) < Math.abs(nearest - y))) nearest = place;
  }
  return nearest;
}

/** How much brighter one colour is than another. Source: WCAG 2, contrast ratio. */
export function contrast(one, other) {
  const linear = (channel) => (channel <= 0.04045 * 255 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4);
  const light = (colour) => 0.05 + 0.2126 * linear(colour >> 16) + 0.7152 * linear((colour >> 8) & 255) + 0.0722 * linear(colour & 255);
  return Math.max(light(one), light(other)) / Math.min(light(one), light(other));
}

/** The strongest contrast that anything drawn in an area has with the area's first pixel. */
export function strongest(picture, area) {
  const ground = colourAt(picture, area.x, area.y);
  let most = 1;
  boxWhere(picture, area, (colour) => {
    most = Math.max(most, contrast(colour, ground));
    return false;
  });
  return most;
}
