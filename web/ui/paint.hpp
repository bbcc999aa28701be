// Shapes: filled and outlined boxes, hairlines, soft shadows, rings and small marks.
// Layer: web/ui. Knows shapes and inks, no nodes.
#pragma once

#include <imgui.h>

#include "web/ui/geometry.hpp"

namespace pcc::ui {

// Corners. Units: CSS px.
constexpr float radius_small = 6;
constexpr float radius_button = 8;
constexpr float radius_card = 10;
constexpr float radius_dialog = 14;

void fill(ImDrawList& list, const Rect& rect, ImU32 ink, float radius = 0, int corners = 0);
/// A line along the inside of the edge.
void outline(ImDrawList& list, const Rect& rect, ImU32 ink, float radius, float thickness = 1);
/// One px high (or wide); lies on whole pixels.
void hairline(ImDrawList& list, float x, float y, float width, ImU32 ink);
/// Darkness that fades out around a box, a little lower than the box itself.
void shadow(ImDrawList& list, const Rect& rect, float radius, float reach, float drop,
            float strength);
/// The focus ring: two px, two px away from the edge.
void ring(ImDrawList& list, const Rect& rect, ImU32 ink, float radius);
/// A check mark within a box.
void tick(ImDrawList& list, const Rect& rect, ImU32 ink);
/// A small triangle around a centre, pointing up or down.
void arrow(ImDrawList& list, float x, float y, bool up, ImU32 ink);

}  // namespace pcc::ui
