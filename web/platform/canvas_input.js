// Pointer and wheel, the JavaScript half of canvas_input.cpp.
mergeInto(LibraryManager.library, {
  $pccInput__deps: ['$pccCanvas', '$pccMirror'],
  $pccInput: {
    pressed: null,  // the pointer that did

    at: (event, pressed) => {
      if (pressed >= 0) pccMirror.tellAllScrolls();
      const box = pccCanvas.room.getBoundingClientRect();
      const finger = event.pointerType === 'touch' || event.pointerType === 'pen' ? 1 : 0;
      const keys = (event.shiftKey ? 1 : 0) + (event.ctrlKey || event.metaKey ? 2 : 0);
      _pcc_input_pointer(event.clientX - box.left, event.clientY - box.top, pressed, finger, keys);
    },
    down: (event) => {
      // A link with Ctrl, Shift or the middle button opens a tab or a window: the browser's business.
      const aside = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
      if (!event.isPrimary || event.button !== 0 || (aside && event.target.closest('a'))) return;
      pccInput.pressed = event.pointerId;
      // So that a scrollbar can be dragged beyond the window. Controls keep their own clicks.
      if (!event.target.closest('.control, .field')) pccCanvas.room.setPointerCapture(event.pointerId);
      pccInput.at(event, 1);
    },
    up: (event) => {
      if (event.pointerId !== pccInput.pressed || event.button !== 0) return;
      pccInput.pressed = null;
      pccInput.at(event, 0);
    },
    // While another button is held, the release of the first one comes as a move. One that was never told (a menu of
    // the browser has taken it) presses nothing.
    move: (event) => {
      if (!event.isPrimary) return;
      const released = event.pointerId === pccInput.pressed && !(event.buttons & 1);
      if (released && event.button === 0) return pccInput.up(event);
      if (released) pccInput.left();
      pccInput.at(event, -1);
    },
    left: () => {
      _pcc_input_left(pccInput.pressed === null ? 0 : 1);
      pccInput.pressed = null;
    },
    // Units: 100 CSS px; browsers tell pixels, lines or pages.
    wheel: (event) => {
      if (event.ctrlKey) return;  // zoom
      event.preventDefault();
      const unit = [1 / 100, 1 / 3, 8][event.deltaMode];
      pccInput.at(event, -1);  // a mouse that has not moved yet has told of no place
      const across = event.shiftKey && !event.deltaX;
      _pcc_input_wheel(-(across ? event.deltaY : event.deltaX) * unit, across ? 0 : -event.deltaY * unit);
    },
    // On the plain page the browser's own clicks and scrolling do it all.
    hear: (type, act, options) =>
      pccCanvas.room.addEventListener(type, (event) => pccMirror.plain() || act(event), options),
    listen: () => {
      const hear = pccInput.hear;
      hear('pointerdown', pccInput.down);
      hear('pointerup', pccInput.up);
      hear('pointermove', pccInput.move);
      hear('pointercancel', pccInput.left);
      hear('pointerleave', (event) => event.pointerType === 'mouse' && pccInput.left());
      hear('wheel', pccInput.wheel, { passive: false });
    },
  },

  pcc_input_listen__deps: ['$pccInput'],
  pcc_input_listen: function () {
    pccInput.listen();
  },
});
