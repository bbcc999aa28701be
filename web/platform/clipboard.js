// The clipboard, the JavaScript half of clipboard.cpp.
mergeInto(LibraryManager.library, {
  // The old way, which also works over plain HTTP: select the text and let the browser copy it.
  $pccCopySelected: function (text) {
    const before = document.activeElement;
    const area = document.createElement('textarea');
    area.value = text;
    area.readOnly = true;
    area.className = 'unseen';
    area.setAttribute('aria-hidden', 'true');
    document.body.append(area);
    area.select();
    let done = false;
    try {
      done = document.execCommand('copy');
    } catch (refused) {
      done = false;
    }
    area.remove();
    if (before && before !== document.body) before.focus({ preventScroll: true });
    return done;
  },

  pcc_clipboard_write__deps: ['$pccRead', '$pccCopySelected'],
  pcc_clipboard_write: function (text, length) {
    const words = pccRead(text, length);
    const oldWay = () => _pcc_clipboard_done(pccCopySelected(words) ? 1 : 0);
    if (!navigator.clipboard) return oldWay();
    navigator.clipboard.writeText(words).then(() => _pcc_clipboard_done(1), oldWay);
  },
});
