// Keys, the JavaScript half of keys.cpp.
mergeInto(LibraryManager.library, {
  $pccKeys__deps: ['$pccMirror', '$pccTables'],
  $pccKeys: {
    pressed: (event) => {
      if (pccMirror.composes(event) || event.defaultPrevented || pccMirror.root.closest('[inert]')) return;
      if (event.key === 'Escape') return _pcc_keys_escape();
      if (pccTables.pressed(event)) return event.preventDefault();
      if (event.ctrlKey || event.metaKey || event.altKey || pccMirror.isField(event.target)) return;
      if (event.key === '/' || event.key === '?') pccKeys.shortcut(event);
      else if (!pccMirror.plain()) pccKeys.scroll(event);
    },
    shortcut: (event) => {
      event.preventDefault();
      const search = event.key === '/' && pccMirror.usable(pccMirror.root.querySelector('.field[type=search]'));
      if (search) search.focus();
      _pcc_keys_shortcut(event.key.charCodeAt(0));
    },
    // What a page does by itself: the area around the focus, else the one that is open.
    scroll: (event) => {
      const over = pccMirror.elements.get(pccMirror.dialog) || pccMirror.root.querySelector('main');
      const area = event.target.closest('.scrolls') || (over && (over.closest('.scrolls') || over.querySelector('.scrolls')));
      if (!area || (event.key === ' ' && event.target.closest('.control'))) return;
      const page = area.clientHeight * 0.9;
      const way = {
        ArrowDown: 40, ArrowUp: -40, PageDown: page, PageUp: -page,
        ' ': event.shiftKey ? -page : page, Home: -area.scrollHeight, End: area.scrollHeight,
      }[event.key];
      if (!way) return;
      event.preventDefault();
      area.scrollTop += way;
    },
  },

  pcc_keys_listen__deps: ['$pccKeys'],
  pcc_keys_listen: function () {
    document.addEventListener('keydown', pccKeys.pressed);
  },
});
