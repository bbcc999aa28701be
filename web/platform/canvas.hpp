// The canvas: its size in CSS and device pixels, and what puts a frame of Dear ImGui on it.
// Layer: web/platform. Draws no node; JavaScript half in canvas.js.
#pragma once

#include "core/view/placed.hpp"

namespace pcc::platform {

/// WebGL2 where a graphics card does the work; else web/raster and a 2D canvas. False without any
/// canvas: then the page is plain, and frames only lay it out.
auto open_canvas() -> bool;
/// Sets size, density and time, and begins a Dear ImGui frame. Units: CSS px; from (0, 0).
auto begin_canvas_frame() -> view::Rect;
/// Puts what was drawn on the screen, or drops it; without a canvas nothing is seen.
void present_canvas();
void drop_canvas_frame();
/// The pointer's shape: 0 default, 1 pointer, 2 text.
void show_cursor(int cursor);

}  // namespace pcc::platform
