// Reads a number, the JavaScript half of number.cpp.
mergeInto(LibraryManager.library, {
  pcc_number_read__deps: ['$pccRead'],
  pcc_number_read: function (text, length) {
    return Number(pccRead(text, length));
  },
});
