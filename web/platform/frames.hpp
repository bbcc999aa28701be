// The inbox and the frames: a frame is drawn when something has happened, and never otherwise.
// Layer: web/platform. Knows neither model nor picture; JavaScript half in frames.js.
#pragma once

#include <vector>

#include "core/app/msg.hpp"
#include "core/base/timestamp.hpp"

namespace pcc::platform {

/// Who looks at a frame: Nobody while the tab is hidden, so that nothing need be drawn; Later when
/// another frame puts it on the screen; Unasked when it is only about what came, and draws nothing.
enum class Sight { Now, Later, Nobody, Unasked };

/// What is called for each frame.
void on_frame(void (*run)(Sight sight));
/// Works on what is waiting before this call returns: the browser still counts it as the person's
/// act, as a click that copies has to be, and the picture that comes next already shows it.
/// `frames` of them, of which only the last one is put on the screen. Within a frame they are only
/// asked for.
void work_at_once(int frames);
/// Asks for that many frames from the next one on.
void ask_frames(int count);
/// Asks for a first frame once the browser has nothing else to do; none when one was drawn by
/// then.
void ask_idle_frame();
/// Draws the frame that was asked for before this call returns; none while the tab is hidden.
void hurry_frame();
/// Puts a message into the inbox and asks for the frame that shows it.
void post(app::Msg msg);
/// Empties the inbox.
auto take_inbox() -> std::vector<app::Msg>;
/// Works on a message at once, as Unasked: most likely there is nothing to draw for it.
void work_unasked(app::Msg msg);
/// One frame each time a clock that is so far ahead of the browser's comes to a whole `period`;
/// none for a period of 0, and none while the tab is hidden.
void tick_each(Millis period, Millis ahead);
/// The browser's clock.
auto browser_now() -> Instant;
/// Units: seconds since the page was opened; never goes back.
auto seconds_on_page() -> double;

}  // namespace pcc::platform
