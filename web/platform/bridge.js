// Texts across the boundary, the JavaScript half of bridge.cpp. In all these files: no destructuring,
// which the optimizer of older Emscripten takes apart, and no shorthand methods.
mergeInto(LibraryManager.library, {
  $pccDecoder: '=new TextDecoder()',
  // Reads a text that C++ holds.
  $pccRead__deps: ['$pccDecoder'],
  $pccRead: function (at, length) {
    return pccDecoder.decode(HEAPU8.subarray(at, at + length));
  },
  $pccLiterals: '=[]',
  // One that stands in the program itself: always the same at the same place.
  $pccReadLiteral__deps: ['$pccRead', '$pccLiterals'],
  $pccReadLiteral: function (at, length) {
    return pccLiterals[at] || (pccLiterals[at] = pccRead(at, length));
  },
  // Leaves texts for the C++ call that follows at once, and returns their lengths in bytes.
  $pccLeave: function (texts) {
    const parts = texts.map((text) => new TextEncoder().encode(text));
    let at = _pcc_room(parts.reduce((sum, part) => sum + part.length, 0));
    for (const part of parts) {
      HEAPU8.set(part, at);
      at += part.length;
    }
    return parts.map((part) => part.length);
  },
});
