// Glyphs on a 2D canvas, the JavaScript half of canvas_glyphs.cpp.
mergeInto(LibraryManager.library, {
  $pccGlyphs__postset: 'setTimeout(pccGlyphs.warmUp);',
  $pccGlyphs: {
    sans: 'Inter, "Segoe UI", system-ui, -apple-system, Roboto, "Noto Sans", sans-serif',
    mono: '"JetBrains Mono", ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace',
    context: null,
    font: '',

    // The browser looks for a face when it is first measured: better while the program still loads.
    // Nothing is left to do where the first page was quicker.
    warmUp: () => pccGlyphs.context || [0, 1, 2, 3].forEach((face) => pccGlyphs.choose(face, 14).measureText('x')),
    choose: (face, size) => {
      if (!pccGlyphs.context) {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 128;
        pccGlyphs.context = canvas.getContext('2d', { willReadFrequently: true });
      }
      const font = [400, 500, 600, 400][face] + ' ' + size + 'px ' + (face === 3 ? pccGlyphs.mono : pccGlyphs.sans);
      if (pccGlyphs.font !== font) pccGlyphs.context.font = pccGlyphs.font = font;
      return pccGlyphs.context;
    },
    room: (context, width, height) => {
      const canvas = context.canvas;
      if (canvas.width >= width && canvas.height >= height) return context.clearRect(0, 0, width, height);
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
      context.font = pccGlyphs.font;
    },
    // White as far as the glyph covers; emoji keep their colours. Drawn in black, so what is not grey
    // is coloured.
    whiten: (pixels) => {
      for (let i = 0; i < pixels.length; i += 4) {
        if (pixels[i + 3] > 32 && pixels[i] + pixels[i + 1] + pixels[i + 2] > 48) return 1;
      }
      for (let i = 0; i < pixels.length; i += 4) pixels[i] = pixels[i + 1] = pixels[i + 2] = 255;
      return 0;
    },
  },

  pcc_glyphs_line__deps: ['$pccGlyphs'],
  pcc_glyphs_line: function (face, size, out) {
    const line = pccGlyphs.choose(face, size).measureText('x');
    HEAPF32.set([line.fontBoundingBoxAscent, line.fontBoundingBoxDescent], out >> 2);
  },
  pcc_glyphs_measure__deps: ['$pccGlyphs'],
  pcc_glyphs_measure: function (face, size, codepoint, out) {
    const glyph = pccGlyphs.choose(face, size).measureText(String.fromCodePoint(codepoint));
    const right = glyph.actualBoundingBoxRight;
    const seen = right > -glyph.actualBoundingBoxLeft;
    // One pixel more on each side, for soft edges.
    HEAPF32.set(seen ? [
      glyph.width, Math.floor(-glyph.actualBoundingBoxLeft) - 1, Math.floor(-glyph.actualBoundingBoxAscent) - 1,
      Math.ceil(right) + 1, Math.ceil(glyph.actualBoundingBoxDescent) + 1,
    ] : [glyph.width, 0, 0, 0, 0], out >> 2);
  },
  pcc_glyphs_draw__deps: ['$pccGlyphs'],
  pcc_glyphs_draw: function (face, size, codepoint, x, y, width, height, out) {
    const context = pccGlyphs.choose(face, size);
    pccGlyphs.room(context, width, height);
    context.fillText(String.fromCodePoint(codepoint), -x, -y);
    const image = context.getImageData(0, 0, width, height);
    const coloured = pccGlyphs.whiten(image.data);
    HEAPU8.set(image.data, out);
    return coloured;
  },
  // A glyph is nine numbers: see WaitingGlyph.
  pcc_glyphs_draw_sheet__deps: ['$pccGlyphs'],
  pcc_glyphs_draw_sheet: function (glyphs, count, width, height, out) {
    pccGlyphs.room(pccGlyphs.choose(HEAP32[glyphs >> 2], HEAPF32[(glyphs >> 2) + 1]), width, height);
    for (let i = glyphs >> 2; count > 0; i += 9, --count) {
      const context = pccGlyphs.choose(HEAP32[i], HEAPF32[i + 1]);
      context.fillText(String.fromCodePoint(HEAP32[i + 2]), HEAP32[i + 7] - HEAP32[i + 3], HEAP32[i + 8] - HEAP32[i + 4]);
    }
    HEAPU8.set(pccGlyphs.context.getImageData(0, 0, width, height).data, out);
  },
});
