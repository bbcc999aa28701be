// The canvas element and what draws on it, the JavaScript half of canvas.cpp.
mergeInto(LibraryManager.library, {
  $pccCanvas__deps: ['$pccWebgl', '$pccMirror'],
  $pccCanvas: {
    canvas: null,
    room: null,       // canvas and mirror together
    device: null,     // width and height as the browser tells them. Units: device pixels
    observer: null,
    pen: null,        // of a 2D canvas
    told: null,       // width and height of the room as the program knows them. Units: CSS px
    image: null,      // the rasteriser's pixels as the pen takes them
    returning: 0,

    open: () => {
      pccCanvas.room = document.getElementById('console');
      pccCanvas.told = [pccCanvas.room.clientWidth, pccCanvas.room.clientHeight];
      pccCanvas.take(document.getElementById('canvas'));
      const known = pccCanvas.remembered();
      const screen = (known === 'webgl' && pccCanvas.openWebgl()) || pccCanvas.openPixels();
      if (screen) pccCanvas.fit();  // so that the observer has nothing to tell
      if (!known) pccCanvas.whenQuiet(pccCanvas.lookForCard);
      return screen;
    },
    // Which way is the right one on this machine. It is found out once, after the first page is there:
    // a context in which a processor plays the graphics card takes long to make and stays in memory.
    remembered: (way) => {
      try {
        if (!way) return localStorage.getItem('pcc-screen');
        localStorage.setItem('pcc-screen', way);
      } catch (refused) {}
      return '';
    },
    whenQuiet: (work) => {
      const observer = new PerformanceObserver((marks) => {
        if (!marks.getEntriesByName('console-ready').length) return;
        observer.disconnect();
        setTimeout(() => (window.requestIdleCallback || setTimeout)(work), 200);
      });
      observer.observe({ type: 'mark', buffered: true });
    },
    lookForCard: () => {
      const context = pccCanvas.contextOf(document.createElement('canvas'));
      pccCanvas.remembered(context ? 'webgl' : 'pixels');
      if (!context) return;
      pccCanvas.letGo(context);
      pccCanvas.replace(pccCanvas.openWebgl);
    },
    letGo: (context) => {
      const extension = context.getExtension('WEBGL_lose_context');
      if (extension) extension.loseContext();
    },
    // Null where no graphics card draws: our own rasteriser is quicker than a processor playing one.
    contextOf: (canvas) => {
      const context = canvas.getContext('webgl2', {
        alpha: false, antialias: false, depth: false, stencil: false, failIfMajorPerformanceCaveat: true,
      });
      if (!context) return null;
      const names = context.getExtension('WEBGL_debug_renderer_info');
      const renderer = context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER);
      if (!/swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer)) return context;
      pccCanvas.letGo(context);
      return null;
    },
    openWebgl: () => {
      const canvas = pccCanvas.canvas;
      const context = pccCanvas.contextOf(canvas);
      if (!context) {
        pccCanvas.remembered('pixels');
        pccCanvas.renew();
        return 0;
      }
      pccWebgl.open(context);
      pccCanvas.hear('webglcontextlost', (event) => {
        event.preventDefault();
        _pcc_canvas_lost();
        pccCanvas.returning = setTimeout(pccCanvas.replace, 700, pccCanvas.openPixels);
      });
      pccCanvas.hear('webglcontextrestored', () => {
        clearTimeout(pccCanvas.returning);
        pccWebgl.open(context);
        _pcc_canvas_opened(1);
      });
      return 1;
    },
    openPixels: () => {
      const canvas = pccCanvas.canvas;
      pccCanvas.pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      document.documentElement.classList.toggle('no-canvas', !pccCanvas.pen);
      pccCanvas.hear('contextlost', () => {
        pccCanvas.returning = setTimeout(pccCanvas.replace, 2000, pccCanvas.openPixels);
      });
      pccCanvas.hear('contextrestored', () => {
        clearTimeout(pccCanvas.returning);
        _pcc_canvas_opened(2);
      });
      return pccCanvas.pen ? 2 : 0;
    },
    // A canvas that was replaced may still get its context back; nobody sees that one.
    hear: (type, act) => {
      const canvas = pccCanvas.canvas;
      canvas.addEventListener(type, (event) => canvas === pccCanvas.canvas && act(event));
    },
    take: (canvas) => {
      pccCanvas.canvas = canvas;
      if (pccCanvas.observer) pccCanvas.observer.disconnect();
      pccCanvas.watchSize();
    },
    // A canvas keeps its first kind of context for good, so another one takes its place.
    renew: () => {
      const old = pccCanvas.canvas;
      const fresh = old.cloneNode();
      old.replaceWith(fresh);
      pccCanvas.take(fresh);
    },
    replace: (open) => {
      pccCanvas.renew();
      _pcc_canvas_opened(open() || pccCanvas.openPixels());
    },
    // The exact number of device pixels, where the browser tells it: a rounded one blurs all text.
    watchSize: () => {
      pccCanvas.observer = new ResizeObserver((entries) => {
        const exact = entries[0].devicePixelContentBoxSize;
        pccCanvas.device = exact && [exact[0].inlineSize, exact[0].blockSize];
        pccCanvas.tellSize();
      });
      try {
        pccCanvas.observer.observe(pccCanvas.canvas, { box: 'device-pixel-content-box' });
      } catch (unknown) {
        pccCanvas.observer.observe(pccCanvas.canvas);
      }
    },
    // An observer begins with what it finds: drawn like that already, it needs no other frame.
    tellSize: () => {
      const canvas = pccCanvas.canvas;
      const size = [pccCanvas.room.clientWidth, pccCanvas.room.clientHeight];
      if (String([pccCanvas.told, canvas.width, canvas.height]) === String([size, pccCanvas.fitting()])) return;
      pccCanvas.told = size;
      _pcc_canvas_resized(size[0], size[1]);
    },
    // The plain page may be higher than the window; the canvas never is.
    fitting: () => {
      const room = pccCanvas.room;
      const device = pccCanvas.device;
      const near = (exact, guess) => (Math.abs(exact - guess) < 2 ? exact : Math.round(guess));
      return [
        near(device ? device[0] : 0, (room.clientWidth || 1) * devicePixelRatio),
        near(device ? device[1] : 0, (Math.min(room.clientHeight, document.documentElement.clientHeight) || 1) * devicePixelRatio),
      ];
    },
    // The CSS size is the pixels' own, up to a fraction of one: so all that is drawn keeps its scale.
    fit: () => {
      const fitting = pccCanvas.fitting();
      const wide = fitting[0];
      const high = fitting[1];
      if (!pccMirror.plain()) pccCanvas.resize(wide, high);
      return [(wide + 0.01) / devicePixelRatio, (high + 0.01) / devicePixelRatio, devicePixelRatio];
    },
    // Setting a size, even the same one, empties the canvas, and what has not changed is not drawn again. So the plain
    // page, which draws nothing, leaves it as it is.
    resize: (wide, high) => {
      const canvas = pccCanvas.canvas;
      if (canvas.width !== wide) canvas.width = wide;
      if (canvas.height !== high) canvas.height = high;
    },
    put: (pixels, width, height, boxes, count) => {
      const known = pccCanvas.image;
      if (!known || known.data.buffer !== HEAPU8.buffer || known.data.byteOffset !== pixels || known.width !== width ||
          known.height !== height) {
        pccCanvas.image = new ImageData(new Uint8ClampedArray(HEAPU8.buffer, pixels, width * height * 4), width, height);
      }
      for (let i = boxes >> 2; count > 0; i += 4, --count) {
        const left = HEAP32[i];
        const top = HEAP32[i + 1];
        pccCanvas.pen.putImageData(pccCanvas.image, 0, 0, left, top, HEAP32[i + 2] - left, HEAP32[i + 3] - top);
      }
    },
  },

  pcc_canvas_open__deps: ['$pccCanvas'],
  pcc_canvas_open: function () {
    return pccCanvas.open();
  },
  pcc_canvas_fit__deps: ['$pccCanvas'],
  pcc_canvas_fit: function (size) {
    HEAPF32.set(pccCanvas.fit(), size >> 2);
  },
  pcc_canvas_put__deps: ['$pccCanvas'],
  pcc_canvas_put: function (pixels, width, height, boxes, count) {
    pccCanvas.put(pixels, width, height, boxes, count);
  },
  pcc_canvas_cursor__deps: ['$pccCanvas'],
  pcc_canvas_cursor: function (cursor) {
    pccCanvas.room.style.cursor = ['default', 'pointer', 'text', 'col-resize'][cursor];
  },
});
