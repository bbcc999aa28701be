// The event stream, the JavaScript half of events.cpp.
mergeInto(LibraryManager.library, {
  $pccEvents__deps: ['$pccRead', '$pccLeave', '$pccBackend'],
  $pccEvents: {
    current: null,

    read: async (head, abort) => {
      let status = 0;
      try {
        const request = pccBackend.request(head, abort.signal);
        const response = await fetch(request.url, request.options);
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
  },

  pcc_events_open__deps: ['$pccEvents', 'pcc_events_close'],
  pcc_events_open: function (head, length) {
    _pcc_events_close();
    const abort = (pccEvents.current = new AbortController());
    pccEvents.read(pccRead(head, length), abort);
  },
  pcc_events_close__deps: ['$pccEvents'],
  pcc_events_close: function () {
    const abort = pccEvents.current;
    pccEvents.current = null;
    if (abort) abort.abort();
  },
});
