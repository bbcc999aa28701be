// What stands around the console, the JavaScript half of page.cpp. `pccPage` is shell/boot.js.
mergeInto(LibraryManager.library, {
  $pccAround__deps: ['$pccRead', '$pccLeave'],
  $pccAround__postset: 'pccAround.listen();',
  $pccAround: {
    tabs: null,
    region: 0,
    path: '',
    happened: { visible: 0, online: 1, offline: 2, signedOut: 3, look: 4, plain: 5 },
    // What the system asks for, a bit each: see page.cpp.
    wishes: ['prefers-color-scheme: dark', 'prefers-reduced-motion: reduce', 'prefers-contrast: more', 'forced-colors: active'],
    wish: (at) => matchMedia('(' + pccAround.wishes[at] + ')'),

    tell: (what, value) => {
      _pcc_page_happened(pccAround.happened[what], value);
    },
    look: () => pccAround.wishes.reduce((bits, wish, at) => bits | (pccAround.wish(at).matches ? 1 << at : 0), 0),
    listen: () => {
      const tell = pccAround.tell;
      setTimeout(pccAround.stored);  // the first look into web storage takes long: while the program loads
      document.addEventListener('visibilitychange', () => document.hidden || tell('visible'));
      addEventListener('pageshow', (event) => event.persisted && tell('visible'));
      addEventListener('online', () => tell('online'));
      addEventListener('offline', () => tell('offline'));
      pccAround.wishes.forEach((wish, at) => pccAround.wish(at).addEventListener('change', () => tell('look', pccAround.look())));
      document.getElementById('plain').addEventListener('click', () => tell('plain', pccPage.plain));
      if (typeof BroadcastChannel !== 'function') return;
      pccAround.tabs = new BroadcastChannel('pcc-console');
      pccAround.tabs.onmessage = (event) => event.data === 'signed out' && tell('signedOut');
    },
    // Web storage may be switched off; then the choice lasts as long as the page.
    stored: (choice) => {
      try {
        if (choice === undefined) return localStorage.getItem('pcc-theme') || '';
        if (choice) localStorage.setItem('pcc-theme', choice);
        else localStorage.removeItem('pcc-theme');
      } catch (refused) {}
      return '';
    },
  },

  pcc_page_sign_in__deps: ['$pccAround'],
  pcc_page_sign_in: function (notice, length) {
    pccPage.showSignIn(pccRead(notice, length));
  },
  pcc_page_signed_in: function () {
    pccPage.hideSignIn();
  },
  pcc_page_tell_signed_out__deps: ['$pccAround'],
  pcc_page_tell_signed_out: function () {
    if (pccAround.tabs) pccAround.tabs.postMessage('signed out');
  },
  pcc_page_remember_look__deps: ['$pccAround'],
  pcc_page_remember_look: function (theme, length, plain) {
    pccAround.stored(pccRead(theme, length));
    pccPage.choosePlain(plain !== 0);
  },
  pcc_page_theme_choice__deps: ['$pccAround'],
  pcc_page_theme_choice: function () {
    return pccLeave([pccAround.stored()])[0];
  },
  // 128 random bits, in hex.
  pcc_page_seed__deps: ['$pccAround'],
  pcc_page_seed: function () {
    const bytes = Array.from(crypto.getRandomValues(new Uint8Array(16)));
    return pccLeave([bytes.map((byte) => (256 + byte).toString(16).slice(1)).join('')])[0];
  },
  pcc_page_look__deps: ['$pccAround'],
  pcc_page_look: function () {
    return pccAround.look();
  },
  pcc_page_plain_choice: function () {
    return pccPage.plain ? 1 : 0;
  },
  pcc_page_width: function () {
    return document.getElementById('console').clientWidth;
  },
  pcc_page_height: function () {
    return document.getElementById('console').clientHeight;
  },
  // Another address is another page, which starts at its top; another title alone is a new name for it.
  pcc_page_title__deps: ['$pccAround', '$pccMirror'],
  pcc_page_title: function (title, length) {
    document.title = pccRead(title, length);
    if (pccAround.path === location.pathname) return;
    pccAround.path = location.pathname;
    pccMirror.height = 6000;
    scrollTo(0, 0);
  },
  pcc_page_dress: function (bits) {
    const root = document.documentElement;
    ['dark', 'light', 'assuming', 'still', 'plain'].forEach((name, at) => root.classList.toggle(name, (bits & (1 << at)) !== 0));
    document.getElementById('plain-style').disabled = (bits & 16) === 0;
    document.querySelector('link[rel="icon"]').href = (bits & 4) ? '/favicon-assuming.svg' : '/favicon.svg';
  },
  // Two regions take turns, so that the same words spoken twice are heard twice.
  pcc_page_announce__deps: ['$pccAround'],
  pcc_page_announce: function (words, length) {
    const regions = document.querySelectorAll('#spoken > div');
    regions[pccAround.region].textContent = '';
    pccAround.region = 1 - pccAround.region;
    regions[pccAround.region].textContent = pccRead(words, length);
  },
  pcc_page_ready__deps: ['$pccAround'],
  pcc_page_ready: function () {
    pccPage.attach((status, headers, body) => {
      const lengths = pccLeave([headers, body]);
      _pcc_page_session(status, lengths[0], lengths[1]);
    });
  },
});
