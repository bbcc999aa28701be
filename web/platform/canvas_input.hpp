// Pointer and wheel for Dear ImGui, from canvas and mirror alike; the keyboard belongs to the page.
// Layer: web/platform. Takes nothing away from the browser but the wheel; JavaScript in
// canvas_input.js.
#pragma once

namespace pcc::platform {

void listen_to_pointers();
/// Whether the last pointer was a finger, or a pen, which moves as one.
auto is_touched() -> bool;
/// Keys that were held with it; Command on a Mac, Ctrl elsewhere.
auto is_shift_held() -> bool;
auto is_command_held() -> bool;
/// Whether Dear ImGui has put off some of what happened to the next frame.
auto has_input_left() -> bool;

}  // namespace pcc::platform
