// The event stream, the JavaScript half of events.cpp.
mergeInto(LibraryManager.library, {
  $pccEvents__deps: ['$pccRead', '$pccLeave', '$pccBackend'],
  $pccEvents__postset: 'pccEvents.listen();',
  $pccEvents: {
    current: null,
    resting: 0,

    read: async (head, abort) => {
      let status = 0;
      try {
        const request = pccBackend.request(head, abort.signal);
        // A connection may be dead without a word.
        const deadline = setTimeout(() => abort.abort(), 45000);
        const response = await fetch(request.url, request.options).finally(() => clearTimeout(deadline));
        if (response.status === 200) {
          if (pccEvents.current === abort) _pcc_events_opened();
          await pccEvents.pump(response.body.getReader(), abort);
        } else {
          status = response.status;
        }
      } catch (broken) {}
      if (pccEvents.current !== abort) return;
      pccEvents.current = null;
      abort.abort();
      _pcc_events_closed(status);
    },
    pump: async (reader, abort) => {
      const decoder = new TextDecoder();
      let rest = '';
      for (;;) {
        const chunk = await reader.read();
        if (chunk.done || pccEvents.current !== abort) return;
        rest += decoder.decode(chunk.value, { stream: true });
        const blocks = rest.split(/\r\n\r\n|\n\n|\r\r/);
        rest = blocks.pop();
        for (const block of blocks) pccEvents.tell(block);
      }
    },
    tell: (block) => {
      let name = 'message';
      const data = [];
      for (const line of block.split(/\r\n|\n|\r/)) {
        const colon = line.indexOf(':');
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
        if (field === 'event') name = value;
        if (field === 'data') data.push(value);
      }
      if (!data.length) return;
      const lengths = pccLeave([name, data.join('\n')]);
      _pcc_events_arrived(lengths[0], lengths[1]);
    },
    close: () => {
      const abort = pccEvents.current;
      pccEvents.current = null;
      if (abort) abort.abort();
    },
    // Over HTTP/1.1 a browser has six connections to a server for all of its tabs, and each stream holds one: a tab
    // that was hidden for a minute lets go of its own. The program, which is not told, opens it anew once it is seen.
    restWhenHidden: () => {
      clearTimeout(pccEvents.resting);
      pccEvents.resting = document.hidden ? setTimeout(pccEvents.rest, 60000) : 0;
    },
    rest: () => {
      if (document.hidden) pccEvents.close();
    },
    listen: () => document.addEventListener('visibilitychange', pccEvents.restWhenHidden),
  },

  pcc_events_open__deps: ['$pccEvents'],
  pcc_events_open: function (head, length) {
    pccEvents.close();
    pccEvents.restWhenHidden();
    const abort = (pccEvents.current = new AbortController());
    pccEvents.read(pccRead(head, length), abort);
  },
  pcc_events_close__deps: ['$pccEvents'],
  pcc_events_close: function () {
    pccEvents.close();
  },
});
