// Feeds Dear ImGui's event queue.
// Layer: web/platform. Decides nothing about what is under the pointer.
#include "web/platform/canvas_input.hpp"

#include <cfloat>

#include <emscripten.h>
#include <imgui_internal.h>

#include "web/platform/frames.hpp"

extern "C" void pcc_input_listen();

namespace pcc::platform {

namespace {

bool touched = false;
int held = 0;

// A press, and what it raises.
constexpr int frames_of_a_press = 2;

void leave(ImGuiIO& io) {
    io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
}

}  // namespace

void listen_to_pointers() {
    pcc_input_listen();
}

auto is_touched() -> bool {
    return touched;
}

auto is_shift_held() -> bool {
    return (held & 1) != 0;
}

auto is_command_held() -> bool {
    return (held & 2) != 0;
}

auto has_input_left() -> bool {
    return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
}

}  // namespace pcc::platform

using namespace pcc::platform;

extern "C" {

/// Units: CSS px. `pressed`: 1 down, 0 up, -1 neither. `keys` held: 1 Shift, 2 Ctrl or Command.
EMSCRIPTEN_KEEPALIVE void pcc_input_pointer(float x, float y, int pressed, int finger, int keys) {
    ImGuiIO& io = ImGui::GetIO();
    const int behind = has_input_left() ? 1 : 0;  // down and up are never seen in one frame
    touched = finger != 0;
    io.AddMouseSourceEvent(touched ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
    held = keys;
    io.AddMousePosEvent(x, y);
    if (pressed >= 0) io.AddMouseButtonEvent(0, pressed == 1);
    if (pressed == 0) work_at_once(behind + frames_of_a_press);
    if (touched && pressed == 0) leave(io);
    ask_frames(1);
}

/// The pointer has left, or the browser has taken it for itself: nothing is pressed by that.
EMSCRIPTEN_KEEPALIVE void pcc_input_left(int was_pressed) {
    ImGuiIO& io = ImGui::GetIO();
    leave(io);
    if (was_pressed) io.AddMouseButtonEvent(0, false);
    ask_frames(1);
}

EMSCRIPTEN_KEEPALIVE void pcc_input_wheel(float x, float y) {
    ImGui::GetIO().AddMouseWheelEvent(x, y);
    ask_frames(1);
}

}  // extern "C"
