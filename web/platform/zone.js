// The time zone, the JavaScript half of zone.cpp.
mergeInto(LibraryManager.library, {
  // Units: minutes that local time is ahead of UTC.
  pcc_zone_offset: function (millis) {
    return -new Date(millis).getTimezoneOffset();
  },
});
