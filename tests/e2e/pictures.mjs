// Screenshots as numbers: how many pixels of two of them differ by more than antialiasing does.

/** Decodes in the page, which has the decoder; gives the share of pixels that differ. Units: 0 to 1. */
export function differing(page, one, other, tolerance = 40) {
  return page.evaluate(async ([a, b, most]) => {
    const pixelsOf = async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
      pen.drawImage(bitmap, 0, 0);
      return pen.getImageData(0, 0, bitmap.width, bitmap.height);
    };
    const [left, right] = [await pixelsOf(a), await pixelsOf(b)];
    if (left.width !== right.width || left.height !== right.height) return 1;
    let count = 0;
    for (let i = 0; i < left.data.length; i += 4) {
      const away = (at) => Math.abs(left.data[i + at] - right.data[i + at]) > most;
      if (away(0) || away(1) || away(2)) count++;
    }
    return count / (left.width * left.height);
  }, [one.toString('base64'), other.toString('base64'), tolerance]);
}
