// Areas that scroll: by wheel, by finger, by keys and by a thin bar.
// Layer: web/ui. Knows areas, not what is in them.
#pragma once

#include "web/ui/pen.hpp"

namespace pcc::ui {

/// How far the pen's node is scrolled in this frame. `content` is the height of all that is in it.
auto scroll_offset(const Pen& pen, const Rect& area, float content) -> float;

/// The bar at the right edge, where there is something to scroll; goes over what was drawn.
void draw_scrollbar(const Pen& pen, const Rect& area);

/// Forgets how far an area was scrolled.
void scroll_to_top(DrawState& state, view::Key key);

}  // namespace pcc::ui
