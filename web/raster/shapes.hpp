// Puts primitives into pixels.
// Layer: web/raster. Knows no tiles. Units: device pixels.
#pragma once

#include "web/raster/primitive.hpp"

namespace pcc::raster {

/// Rows of pixels, as a 2D canvas takes them: red, green, blue and alpha, a byte each, all opaque.
struct Pixels {
    ImU32* first = nullptr;
    int stride = 0;  // pixels from one row to the next

    auto row(int y) const -> ImU32* { return first + static_cast<std::ptrdiff_t>(y) * stride; }
};

/// Fills a box; what lies below shows through as far as the ink is not opaque.
void fill_box(const Pixels& pixels, const Box& box, ImU32 ink);

/// Draws what of a primitive lies within `part`, the way Dear ImGui's renderers for graphics cards
/// do: a pixel belongs to the shape its centre is in, textures are sampled linearly, colours blend
/// by their alpha. A triangle has one colour, whose alpha may differ from corner to corner: that is
/// all that soft edges and shadows need.
void draw(const Pixels& pixels, const Box& part, const View& view, const Primitive& primitive);

}  // namespace pcc::raster
