// Requests, the JavaScript half of fetch.cpp.
mergeInto(LibraryManager.library, {
  // Where the backend is: this origin, or the one a deployment names in the page.
  $pccBackend__deps: ['$pccRead'],
  $pccBackend: {
    base: () => {
      const meta = document.querySelector('meta[name="pcc-api"]');
      return (meta && meta.content.replace(/\/+$/, '')) || '';
    },
    // Splits `METHOD\npath\nName: value...` into what fetch takes.
    request: (head, signal) => {
      const lines = head.split('\n');
      const base = pccBackend.base();
      const options = {
        method: lines[0],
        signal: signal,
        headers: lines.slice(2).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        credentials: base ? 'include' : 'same-origin',
        cache: 'no-store',
        redirect: 'error',
      };
      return { url: base + lines[1], options: options };
    },
    // The headers the console reads.
    headerLines: (headers) => {
      return ['content-type', 'pcc-time', 'retry-after', 'x-request-id', 'x-pcc-csrf']
        .filter((name) => headers.has(name))
        .map((name) => name + ': ' + headers.get(name))
        .join('\n');
    },
  },

  $pccRequests: {},

  pcc_fetch_send__deps: ['$pccRead', '$pccLeave', '$pccBackend', '$pccRequests'],
  pcc_fetch_send: function (id, head, headLength, body, bodyLength) {
    const abort = (pccRequests[id] = new AbortController());
    const request = pccBackend.request(pccRead(head, headLength), abort.signal);
    if (bodyLength) request.options.body = pccRead(body, bodyLength);
    // A connection may be dead without a word; that is told as a broken one is.
    const deadline = setTimeout(() => abort.abort(), 60000);
    // A reply is only passed on while this request is still wanted.
    const finish = (act) => {
      clearTimeout(deadline);
      if (pccRequests[id] !== abort) return;
      delete pccRequests[id];
      act();
    };
    fetch(request.url, request.options)
      .then((response) => response.text().then((text) => finish(() => {
        const lengths = pccLeave([pccBackend.headerLines(response.headers), text]);
        _pcc_fetch_replied(id, response.status, lengths[0], lengths[1]);
      })))
      .catch(() => finish(() => _pcc_fetch_failed(id)));
  },

  pcc_fetch_abort__deps: ['$pccRequests'],
  pcc_fetch_abort: function (id) {
    const abort = pccRequests[id];
    delete pccRequests[id];
    if (abort) abort.abort();
  },
});
