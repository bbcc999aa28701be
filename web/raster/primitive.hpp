// What Dear ImGui's draw lists are made of: filled boxes, pieces of the font atlas, triangles.
// Layer: web/raster. Finds them again in the triangles; draws nothing.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include <imgui.h>

#include "web/raster/box.hpp"

namespace pcc::raster {

enum class Shape : std::uint8_t { Fill, Texture, Triangle };

/// Points into the draw data it was read from, and lives no longer.
struct Primitive {
    Shape shape = Shape::Fill;
    Box box;  // the pixels it may touch, clipped
    /// Three of a triangle; of a texture the top left and the bottom right one.
    const ImDrawVert* corners[3] = {};
    const ImTextureData* texture = nullptr;
};

/// How draw data lie on the surface. Units: device pixels.
struct View {
    ImVec2 origin;  // Units: CSS px
    float scale = 1;
    int width = 0;
    int height = 0;
};

auto view_of(const ImDrawData& data) -> View;

/// A place of the draw data on the surface. Units: device pixels.
inline auto on_surface(const View& view, const ImVec2& place) -> ImVec2 {
    return {(place.x - view.origin.x) * view.scale, (place.y - view.origin.y) * view.scale};
}

/// A clip rectangle of a draw command, within the surface.
auto clip_of(const View& view, const ImVec4& rect) -> Box;

/// The first pixel whose centre lies at or behind an edge, as graphics cards have it.
inline auto first_pixel(float edge) -> int {
    return static_cast<int>(std::ceil(edge - 0.5F));
}

/// Replaces `out` by all that can be seen, in the order it is to be drawn.
void read_primitives(const ImDrawData& data, const View& view, std::vector<Primitive>& out);

/// Two primitives with the same fingerprint put the same pixels in the same places, as long as the
/// textures do not change.
auto fingerprint(const Primitive& primitive) -> std::uint64_t;

inline auto alpha_of(ImU32 ink) -> unsigned {
    return ink >> IM_COL32_A_SHIFT;
}

}  // namespace pcc::raster
