// Timers, the JavaScript half of timers.cpp.
mergeInto(LibraryManager.library, {
  $pccTimers: {},
  pcc_timers_start__deps: ['$pccTimers'],
  pcc_timers_start: function (id, delay) {
    clearTimeout(pccTimers[id]);
    // The browser counts in 32 bits: what lies beyond 24 days would fire at once.
    pccTimers[id] = setTimeout(() => _pcc_timers_fired(id), Math.min(delay, 0x7fffffff));
  },
});
