// Hears the mirror: presses by keyboard and assistive technology, typed text, focus, scrolling.
// Layer: web/platform. Presses by mouse and finger go to the canvas instead: see canvas_input.
#include <utility>

#include <emscripten.h>

#include "web/platform/bridge.hpp"
#include "web/platform/frames.hpp"
#include "web/platform/mirror.hpp"

namespace pcc::platform {

namespace {
struct Heard {
    Focus focus;
    bool focus_moved = false;
    std::vector<ScrollArea> scrolled;
};

auto heard() -> Heard& {
    static Heard since_asked;
    return since_asked;
}

}  // namespace

auto current_focus() -> Focus {
    return heard().focus;
}

auto take_moved_focus() -> std::optional<view::Key> {
    if (!std::exchange(heard().focus_moved, false)) return std::nullopt;
    return heard().focus.key;
}

auto take_scrolled() -> std::vector<ScrollArea> {
    return std::exchange(heard().scrolled, {});
}

}  // namespace pcc::platform

using namespace pcc;
using platform::standing_element;

extern "C" {

EMSCRIPTEN_KEEPALIVE void pcc_mirror_pressed(std::uint32_t key) {
    const auto* element = standing_element(key);
    if (element && element->on_press && *element->on_press) platform::post(**element->on_press);
}

EMSCRIPTEN_KEEPALIVE void pcc_mirror_typed(std::uint32_t key, std::size_t length) {
    platform::LeftTexts texts;
    auto typed = texts.take(length);
    auto* element = standing_element(key);
    if (!element || !element->field || !element->field->on_input) return;
    const bool is_password = element->field->kind == view::FieldKind::Password;
    element->value = is_password && !typed.empty() ? "typed" : typed;
    platform::post(element->field->on_input(std::move(typed)));
    platform::work_at_once(1);
}

EMSCRIPTEN_KEEPALIVE void pcc_mirror_submitted(std::uint32_t key) {
    const auto* element = standing_element(key);
    if (!element || !element->field || !element->field->on_submit) return;
    platform::post(*element->field->on_submit);
}

EMSCRIPTEN_KEEPALIVE void pcc_mirror_focused(std::uint32_t key, int visible) {
    auto& heard = platform::heard();
    heard.focus = {key, visible != 0};
    heard.focus_moved = visible != 0;
    platform::ask_frames(1);
}

EMSCRIPTEN_KEEPALIVE void pcc_mirror_held(int held) {
    platform::post(app::HeldToasts{held != 0});
}

EMSCRIPTEN_KEEPALIVE void pcc_mirror_scrolled(std::uint32_t key, float offset) {
    if (auto* element = standing_element(key)) element->scroll = offset;
    platform::heard().scrolled.push_back({key, offset, 0});
    platform::ask_frames(1);
}

}  // extern "C"
