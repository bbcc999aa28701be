// The second renderer: lays the picture's elements into the page, over the canvas, and hears them.
// Layer: web/platform. Touches only what changed; JavaScript half in mirror.js.
#pragma once

#include <optional>
#include <vector>

#include "core/app/msg.hpp"
#include "web/platform/elements.hpp"

namespace pcc::platform {

/// Where the DOM has the focus, which is where it is.
struct Focus {
    view::Key key = 0;
    bool visible = false;  // it came by keyboard
};

/// Lays a frame; `frame` and its picture have to live until the next one is laid.
void lay_mirror(const view::Frame& frame, const std::vector<ScrollArea>& areas, bool plain);

/// How high the plain page is to be laid out by now. Units: CSS px.
auto plain_height() -> float;

/// What stands under that key, or null; until the next frame is laid.
auto standing_element(view::Key key) -> Element*;

auto current_focus() -> Focus;
/// The focus, when it has moved by keyboard since this was last asked.
auto take_moved_focus() -> std::optional<view::Key>;
/// Areas that the browser has scrolled since this was last asked: to find something, or by keys.
auto take_scrolled() -> std::vector<ScrollArea>;

}  // namespace pcc::platform
