// The canvas element and its context, the JavaScript half of canvas.cpp.
mergeInto(LibraryManager.library, {
  $pccCanvas__deps: ['$GL'],
  $pccCanvas: {
    canvas: null,
    room: null,       // canvas and mirror together
    device: null,     // Units: device pixels
    density: 1,

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
      pccCanvas.canvas.addEventListener('webglcontextrestored', () => _pcc_canvas_restored());
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
      const wide = (device && device[0]) || Math.round(width * devicePixelRatio);
      const high = (device && device[1]) || Math.round(height * devicePixelRatio);
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
    pccCanvas.room.style.cursor = ['default', 'pointer', 'text'][cursor];
  },
});
