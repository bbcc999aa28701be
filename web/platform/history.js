// The address bar, the JavaScript half of history.cpp.
mergeInto(LibraryManager.library, {
  $pccHistory__deps: ['$pccRead', '$pccLeave'],
  $pccHistory__postset: 'pccHistory.listen();',
  $pccHistory: {
    assumption: '',
    // A typed address or a link starts the page anew without a state: the tab's name still tells. It is
    // the tab's own, and neither in the URL nor in web storage.
    kept: () => (history.state && history.state.assumption) || (/^asm_/.test(window.name) ? window.name : ''),

    state: () => {
      return pccHistory.assumption ? { assumption: pccHistory.assumption } : null;
    },
    listen: () => {
      pccHistory.assumption = pccHistory.kept();
      addEventListener('popstate', () => {
        // An entry from before the assumption, or from before its end, takes what holds now.
        history.replaceState(pccHistory.state(), '');
        _pcc_history_changed();
      });
    },
  },

  pcc_history_write__deps: ['$pccHistory'],
  pcc_history_write: function (path, length, replace) {
    const url = new URL(pccRead(path, length), location.origin);
    if (url.origin !== location.origin) return;
    if (replace) history.replaceState(pccHistory.state(), '', url);
    else history.pushState(pccHistory.state(), '', url);
  },
  pcc_history_back: function () {
    history.back();
  },
  pcc_history_remember__deps: ['$pccHistory'],
  pcc_history_remember: function (assumption, length) {
    const told = pccRead(assumption, length);
    if (!told && !pccHistory.assumption && !window.name && history.state === null) return;
    pccHistory.assumption = window.name = told;
    history.replaceState(pccHistory.state(), '');
  },
  pcc_history_path__deps: ['$pccHistory'],
  pcc_history_path: function () {
    return pccLeave([location.pathname + location.search])[0];
  },
  pcc_history_remembered__deps: ['$pccHistory'],
  pcc_history_remembered: function () {
    return pccLeave([pccHistory.assumption])[0];
  },
});
