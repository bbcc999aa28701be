// Frames on demand, the JavaScript half of frames.cpp.
mergeInto(LibraryManager.library, {
  $pccFrames__postset: 'pccFrames.listen();',
  $pccFrames: {
    left: 0,
    drawn: 0,
    period: 0,
    ahead: 0,
    request: 0,
    late: 0,
    turn: 0,

    ask: (count) => {
      if (count > pccFrames.left) pccFrames.left = count;
      pccFrames.plan();
    },
    // An animation frame while the tab is seen; hidden, where there are none, a timer: messages are
    // worked on, nothing is drawn.
    plan: () => {
      if (!pccFrames.left || pccFrames.request || pccFrames.late) return;
      if (document.hidden) pccFrames.late = setTimeout(pccFrames.run, 0);
      else pccFrames.request = requestAnimationFrame(pccFrames.run);
    },
    run: () => {
      pccFrames.request = pccFrames.late = 0;
      pccFrames.left = document.hidden ? 0 : Math.max(0, pccFrames.left - 1);
      pccFrames.drawn++;
      _pcc_frame(document.hidden ? 1 : 0);
      pccFrames.plan();
    },
    // Without waiting for the next animation frame.
    hurry: () => {
      if (document.hidden || !pccFrames.request) return;
      cancelAnimationFrame(pccFrames.request);
      pccFrames.run();
    },
    // The next full second or minute.
    planTurn: () => {
      clearTimeout(pccFrames.turn);
      if (!pccFrames.period || document.hidden) return;
      const past = (Date.now() + pccFrames.ahead) % pccFrames.period;
      pccFrames.turn = setTimeout(() => pccFrames.ask(1), pccFrames.period + 5 - past);
    },
    listen: () => {
      document.addEventListener('visibilitychange', () => {
        cancelAnimationFrame(pccFrames.request);
        clearTimeout(pccFrames.late);
        pccFrames.request = pccFrames.late = 0;
        pccFrames.plan();
        pccFrames.planTurn();
      });
    },
  },

  pcc_frames_ask__deps: ['$pccFrames'],
  pcc_frames_ask: function (count) {
    pccFrames.ask(count);
  },
  // Safari has no idle callbacks.
  pcc_frames_ask_idle__deps: ['$pccFrames'],
  pcc_frames_ask_idle: function () {
    (window.requestIdleCallback || setTimeout)(() => pccFrames.drawn || pccFrames.ask(1));
  },
  pcc_frames_hurry__deps: ['$pccFrames'],
  pcc_frames_hurry: function () {
    pccFrames.hurry();
  },
  // So many of those that were asked for have been drawn already; one that is planned still comes.
  pcc_frames_drawn__deps: ['$pccFrames'],
  pcc_frames_drawn: function (count) {
    pccFrames.left = Math.max(0, pccFrames.left - count);
  },
  pcc_frames_tick__deps: ['$pccFrames'],
  pcc_frames_tick: function (period, ahead) {
    pccFrames.period = period;
    pccFrames.ahead = ahead;
    pccFrames.planTurn();
  },
  pcc_frames_now: function () {
    return Date.now();
  },
  pcc_frames_seconds: function () {
    return performance.now() / 1000;
  },
});
