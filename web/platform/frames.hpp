// The inbox and the frames: a frame is drawn when something has happened, and never otherwise.
// Layer: web/platform. Knows neither model nor picture; JavaScript half in frames.js.
#pragma once

#include "core/app/msg.hpp"
#include "core/base/timestamp.hpp"

#include <vector>

namespace pcc::platform {

/// What is called for each frame; `hidden` when nobody sees the tab, so that nothing need be drawn.
void on_frame(void (*run)(bool hidden));
/// Asks for that many frames from the next one on.
void ask_frames(int count);
/// Puts a message into the inbox and asks for the frames it takes to show it.
void post(app::Msg msg);
/// Empties the inbox.
auto take_inbox() -> std::vector<app::Msg>;
/// Whether one frame a second is needed, on the second; none while the tab is hidden.
void tick_each_second(bool counting);
/// The browser's clock.
auto browser_now() -> Instant;
/// Units: seconds since the page was opened; never goes back.
auto seconds_on_page() -> double;

}  // namespace pcc::platform
