// What the harness asks of the console, the JavaScript half of guest.cpp.
mergeInto(LibraryManager.library, {
  $pccBench__deps: ['$pccRead'],
  $pccBench__postset: 'pccBench.open();',
  $pccBench: {
    parts: ['search', 'rows', 'header:label', 'header:expiresAt'],
    shown: { count: -1, first: '' },  // of the last frame that went to the screen
    scroll: [0, 0],

    rect: (what) => {
      const at = _pcc_bench_rect(pccBench.parts.indexOf(what)) >> 2;
      return { x: HEAPF32[at], y: HEAPF32[at + 1], w: HEAPF32[at + 2], h: HEAPF32[at + 3] };
    },
    open: () => {
      window.consoleBench = { probe: () => pccBench.shown, scrollPos: () => pccBench.scroll, rect: pccBench.rect };
    },
  },

  pcc_bench_wanted: function () {
    return window.benchRows;
  },
  pcc_bench_shown__deps: ['$pccBench'],
  pcc_bench_shown: function (count, first, length, top, most) {
    pccBench.shown = { count: count, first: pccRead(first, length) };
    pccBench.scroll = [top, Math.max(0, most)];
  },
});
