// Draws a Picture with Dear ImGui and says where everything is: the door to web/ui.
// Layer: web/ui. No browser, no Emscripten: the caller makes the frame and brings its input.
#pragma once

#include <string>
#include <vector>

#include "core/view/placed.hpp"
#include "web/ui/fonts.hpp"

namespace pcc::ui {

/// How far one scrolling area stands. Units: CSS px.
struct Scroller {
    view::Key key = 0;
    float offset = 0;
    float content = 0;
    float room = 0;
};

/// What is remembered of one table from frame to frame.
struct TableMemory {
    view::Key key = 0;
    float card_width = 0;   // on a phone. Units: CSS px
    float card_height = 0;  // of the tallest row read so far at this width. Units: CSS px
    std::size_t asked_at =
        0;  // row count at which more was asked for; 0 while the end is out of sight
};

/// Lives from frame to frame, in the renderer only.
struct DrawState {
    std::vector<Scroller> scrollers;
    std::vector<TableMemory> tables;
    view::Key dragged = 0;  // the scrolling area under a finger
    float drag_start = 0;
    bool dragging = false;  // the finger has moved: nothing is pressed when it lifts
    view::Key gliding = 0;  // the area that scrolls on after the finger has left it
    float glide_speed = 0;  // of the finger, then of the area. Units: CSS px a second
    float glide_at = 0;     // where exactly it stands; offsets are whole pixels
    std::string page;       // the title that was drawn last: another page starts at its top
    bool one_more = false;
    int cursor = 0;
    bool toasts_held = false;    // under the pointer, or one of their buttons has the focus
    bool toasts_on_top = false;  // below, they would lie over what has the focus
};

struct DrawInput {
    view::Key focused = 0;       // the node that has the keyboard focus
    bool focus_visible = false;  // it came by keyboard
    float width = 0;             // Units: CSS px
    float height = 0;
    bool touch = false;    // the last pointer was a finger
    bool shift = false;    // held with the last pointer
    bool command = false;  // Ctrl or Command
};

/// Draws inside a frame the caller began; appends what was raised; returns where everything is.
/// Of a TextField, Placed::rect is the frame of its box: an <input> laid over it needs a padding of
/// field_padding left and right and no border; with a key hint, field_hint_room more at the right.
/// Below narrow_width the Sidebar, where the picture has one, is drawn as a drawer over the page;
/// and only while it is `selected`; the top bar with the menu button stays above it.
/// Main starts at its top whenever Picture::title is another one.
auto draw_picture(const view::Picture& picture, const Fonts& fonts, const DrawInput& input,
                  DrawState& state, std::vector<app::Msg>& inbox) -> view::Frame;

/// Scrolls so that the node with this key is in sight; true when that moved anything.
auto scroll_into_view(DrawState& state, const view::Frame& frame, view::Key key) -> bool;

/// True when an animation or a late layout needs one more frame.
auto wants_another_frame(const DrawState& state) -> bool;

/// The pointer's shape over what was drawn last: 0 default, 1 pointer, 2 text, 3 a border to draw.
auto hovered_cursor(const DrawState& state) -> int;

// Units: CSS px.
constexpr float narrow_width = 900;
constexpr float field_padding = 11;
constexpr float field_hint_room = 20;

}  // namespace pcc::ui
