// Shapes on a draw list.
// Layer: web/ui. Knows shapes and inks, no nodes.
#include "web/ui/paint.hpp"

#include <array>
#include <cmath>

#include <imgui_internal.h>

namespace pcc::ui {

namespace {

auto low(const Rect& rect) -> ImVec2 {
    return {rect.x, rect.y};
}
auto high(const Rect& rect) -> ImVec2 {
    return {right(rect), bottom(rect)};
}

constexpr int corner_points = 8;
constexpr int ring_points = 4 * corner_points;
using Ring = std::array<ImVec2, ring_points>;

// Points around a rounded box, corner after corner.
auto points_around(const Rect& rect, float radius) -> Ring {
    const float centre_x[] = {right(rect) - radius, rect.x + radius, rect.x + radius,
                              right(rect) - radius};
    const float centre_y[] = {bottom(rect) - radius, bottom(rect) - radius, rect.y + radius,
                              rect.y + radius};
    Ring points;
    for (int i = 0; i < ring_points; ++i) {
        const int corner = i / corner_points;
        const float turn = static_cast<float>(corner) +
                           static_cast<float>(i % corner_points) / (corner_points - 1);
        const float angle = turn * IM_PI / 2;
        points[static_cast<std::size_t>(i)] = {centre_x[corner] + radius * std::cos(angle),
                                               centre_y[corner] + radius * std::sin(angle)};
    }
    return points;
}

auto darkness(float share, float strength) -> ImU32 {
    const float left = 1 - share;
    return IM_COL32(0, 0, 0, static_cast<int>(255 * strength * left * left));
}

// A band between two rings whose darkness runs from one to the other.
void band(ImDrawList& list, const Ring& inner, const Ring& outer, ImU32 inner_ink,
          ImU32 outer_ink) {
    const ImVec2 uv = ImGui::GetFontTexUvWhitePixel();
    list.PrimReserve(ring_points * 6, ring_points * 2);
    const auto first = static_cast<ImDrawIdx>(list._VtxCurrentIdx);
    for (int i = 0; i < ring_points; ++i) {
        list.PrimWriteVtx(inner[static_cast<std::size_t>(i)], uv, inner_ink);
        list.PrimWriteVtx(outer[static_cast<std::size_t>(i)], uv, outer_ink);
    }
    for (int i = 0; i < ring_points; ++i) {
        const int next = (i + 1) % ring_points;
        for (const int offset : {2 * i, 2 * i + 1, 2 * next + 1, 2 * i, 2 * next + 1, 2 * next})
            list.PrimWriteIdx(static_cast<ImDrawIdx>(first + offset));
    }
}

// Two half circles: rounded boxes of Dear ImGui stop short of that.
auto is_pill(const Rect& rect, float radius) -> bool {
    return radius * 2 >= rect.height && rect.width >= rect.height;
}

void pill_path(ImDrawList& list, const Rect& rect) {
    const float radius = rect.height / 2;
    const float y = rect.y + radius;
    list.PathArcTo({rect.x + radius, y}, radius, IM_PI * 0.5F, IM_PI * 1.5F);
    list.PathArcTo({right(rect) - radius, y}, radius, IM_PI * 1.5F, IM_PI * 2.5F);
}

}  // namespace

void fill(ImDrawList& list, const Rect& rect, ImU32 ink, float radius, int corners) {
    if (radius > 0 && corners == 0 && is_pill(rect, radius)) {
        pill_path(list, rect);
        return list.PathFillConvex(ink);
    }
    list.AddRectFilled(low(rect), high(rect), ink, radius, corners);
}

void outline(ImDrawList& list, const Rect& rect, ImU32 ink, float radius, float thickness) {
    if (is_pill(rect, radius)) {
        pill_path(list, inset(rect, thickness / 2, thickness / 2));
        return list.PathStroke(ink, ImDrawFlags_Closed, thickness);
    }
    const float half = (thickness - 1) / 2;
    const Rect line = inset(rect, half, half);
    list.AddRect(low(line), high(line), ink, radius - half, 0, thickness);
}

void hairline(ImDrawList& list, float x, float y, float width, ImU32 ink) {
    const float top = std::floor(y + 0.5F);
    list.AddRectFilled({x, top}, {x + width, top + 1}, ink);
}

void shadow(ImDrawList& list, const Rect& rect, float radius, float reach, float drop,
            float strength) {
    constexpr int bands = 6;
    const Rect fallen{rect.x, rect.y + drop, rect.width, rect.height};
    const float start = -drop;  // begins below the box, which hides that part
    Ring inner = points_around(inset(fallen, -start, -start), std::max(radius + start, 1.F));
    for (int i = 1; i <= bands; ++i) {
        const float share = static_cast<float>(i) / bands;
        const float away = start + share * (reach - start);
        const Ring outer = points_around(inset(fallen, -away, -away), std::max(radius + away, 1.F));
        band(list, inner, outer, darkness(share - 1.F / bands, strength),
             darkness(share, strength));
        inner = outer;
    }
}

void ring(ImDrawList& list, const Rect& rect, ImU32 ink, float radius) {
    const Rect around = inset(rect, -3.5F, -3.5F);
    list.AddRect(low(around), high(around), ink, radius + 3, 0, 2);
}

void tick(ImDrawList& list, const Rect& rect, ImU32 ink) {
    const ImVec2 points[] = {{rect.x + rect.width * 0.22F, rect.y + rect.height * 0.52F},
                             {rect.x + rect.width * 0.42F, rect.y + rect.height * 0.72F},
                             {rect.x + rect.width * 0.78F, rect.y + rect.height * 0.30F}};
    list.AddPolyline(points, 3, ink, 0, 2);
}

void arrow(ImDrawList& list, float x, float y, bool up, ImU32 ink) {
    const float tip = up ? -3.F : 3.F;
    if (up)
        list.AddTriangleFilled({x - 4, y - tip / 1.5F}, {x, y + tip}, {x + 4, y - tip / 1.5F}, ink);
    else
        list.AddTriangleFilled({x - 4, y - tip / 1.5F}, {x + 4, y - tip / 1.5F}, {x, y + tip}, ink);
}

}  // namespace pcc::ui
