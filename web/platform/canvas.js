// The canvas element and its context, the JavaScript half of canvas.cpp.
mergeInto(LibraryManager.library, {
  $pccCanvas__deps: ['$GL'],
  $pccCanvas: {
    canvas: null,
    room: null,       // canvas and mirror together
    device: null,     // width and height as the browser tells them. Units: device pixels

    open: () => {
      pccCanvas.room = document.getElementById('console');
      pccCanvas.canvas = document.getElementById('canvas');
      pccCanvas.watchSize();
      const context = pccCanvas.canvas.getContext('webgl2', {
        alpha: false, antialias: false, depth: false, stencil: false,
      });
      document.documentElement.classList.toggle('plain', !context);
      if (!context) return 0;
      const handle = GL.registerContext(context, { majorVersion: 2, minorVersion: 0 });
      GL.makeContextCurrent(handle);
      pccCanvas.canvas.addEventListener('webglcontextlost', (event) => {
        event.preventDefault();
        _pcc_canvas_lost();
      });
      // What the old context held cannot be deleted in the new one, only forgotten.
      pccCanvas.canvas.addEventListener('webglcontextrestored', () => {
        for (const table of [GL.buffers, GL.textures, GL.programs, GL.shaders, GL.vaos]) table.fill(null);
        _pcc_canvas_restored();
      });
      return 1;
    },
    // The exact number of device pixels, where the browser tells it: a rounded one blurs all text.
    watchSize: () => {
      const observer = new ResizeObserver((entries) => {
        const exact = entries[0].devicePixelContentBoxSize;
        pccCanvas.device = exact && [exact[0].inlineSize, exact[0].blockSize];
        _pcc_canvas_resized(pccCanvas.room.clientWidth, pccCanvas.room.clientHeight);
      });
      try {
        observer.observe(pccCanvas.canvas, { box: 'device-pixel-content-box' });
      } catch (unknown) {
        observer.observe(pccCanvas.canvas);
      }
    },
    fit: () => {
      const canvas = pccCanvas.canvas;
      const room = pccCanvas.room;
      const device = pccCanvas.device;
      const width = room.clientWidth || 1;
      const height = room.clientHeight || 1;
      const near = (exact, guess) => (Math.abs(exact - guess) < 2 ? exact : Math.round(guess));
      const wide = near(device ? device[0] : 0, width * devicePixelRatio);
      const high = near(device ? device[1] : 0, height * devicePixelRatio);
      if (canvas.width !== wide) canvas.width = wide;
      if (canvas.height !== high) canvas.height = high;
      return [width, height, wide / width];
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
  pcc_canvas_cursor__deps: ['$pccCanvas'],
  pcc_canvas_cursor: function (cursor) {
    pccCanvas.room.style.cursor = ['default', 'pointer', 'text', 'col-resize'][cursor];
  },
});
