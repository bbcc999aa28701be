// Keys that mean something to the whole console: Escape, `/` and `?`, and those that scroll.
// Layer: web/platform. Leaves every other key to the browser; JavaScript half in keys.js.
#pragma once

namespace pcc::platform {

/// -> PressedEscape, PressedShortcut; never while the sign-in form is shown.
void listen_to_keys();

}  // namespace pcc::platform
