// The browser's time zone as rules the core can work with.
// Layer: web/platform. Asks the browser for offsets; formats nothing. JavaScript half in zone.js.
#pragma once

#include "core/base/timestamp.hpp"

namespace pcc::platform {

/// The offsets from 400 days before `now` to 800 days after it, to the minute of each change.
auto browser_zone(Instant now) -> Zone;

}  // namespace pcc::platform
