// Boxes, glyphs and triangles, pixel by pixel: the inner loops.
// Layer: web/raster. Knows no tiles.
#include "web/raster/shapes.hpp"

#include <cmath>
#include <cstring>
#include <utility>

namespace pcc::raster {

namespace {

constexpr ImU32 opaque = IM_COL32_A_MASK;
constexpr ImU32 red_and_blue = 0x00FF00FF;
constexpr ImU32 green = 0x0000FF00;
constexpr int one = 1 << 16;  // of the fixed-point numbers below

// Units: 0 to 256, so that a whole one is a shift.
auto weight_of(unsigned alpha) -> unsigned {
    return alpha + (alpha >> 7);
}

// Two channels are mixed at once; eight bits lie free above each.
auto blended(ImU32 below, ImU32 ink, unsigned weight) -> ImU32 {
    const unsigned rest = 256 - weight;
    const ImU32 rb = (ink & red_and_blue) * weight + (below & red_and_blue) * rest;
    const ImU32 g = (ink & green) * weight + (below & green) * rest;
    return (rb >> 8 & red_and_blue) | (g >> 8 & green) | opaque;
}

void fill_row(ImU32* at, int count, ImU32 ink) {
    const unsigned alpha = alpha_of(ink);
    if (alpha == 0xFF) {
        std::fill_n(at, count, ink);
        return;
    }
    const unsigned weight = weight_of(alpha);
    for (ImU32* const end = at + count; at != end; ++at)
        *at = blended(*at, ink, weight);
}

auto to_fixed(float value) -> int {
    return static_cast<int>(std::floor(value * one + 0.5F));
}

/// Where in the texture a row or column of pixels begins, and how far it goes from pixel to pixel.
struct Walk {
    int start = 0;  // Units: 1/65536 texel, of the upper left one of those that are mixed
    int step = 0;
};

auto walk(float low, float high, float from, float to, int first, int texels) -> Walk {
    const float step = (to - from) * static_cast<float>(texels) / (high - low);
    const float centre = static_cast<float>(first) + 0.5F - low;
    return {to_fixed(from * static_cast<float>(texels) + centre * step - 0.5F), to_fixed(step)};
}

/// The texels of two neighbouring rows, and how much the lower one counts. Units: 0 to 256.
struct Texels {
    const ImU32* upper = nullptr;
    const ImU32* lower = nullptr;
    unsigned low_share = 0;
};

auto texels_at(const ImTextureData& texture, int place) -> Texels {
    const auto* first = reinterpret_cast<const ImU32*>(texture.Pixels);
    const int y = std::clamp(place >> 16, 0, texture.Height - 1);
    const int below = std::min(y + 1, texture.Height - 1);
    return {first + static_cast<std::ptrdiff_t>(y) * texture.Width,
            first + static_cast<std::ptrdiff_t>(below) * texture.Width,
            static_cast<unsigned>(place >> 8 & 0xFF)};
}

auto across(const ImU32* row, int x, unsigned share) -> unsigned {
    return (alpha_of(row[x]) * (256 - share) + alpha_of(row[x + 1]) * share) >> 8;
}

auto coverage_at(const Texels& texels, int x, unsigned share) -> unsigned {
    const unsigned upper = across(texels.upper, x, share);
    if (texels.low_share == 0) return upper;
    const unsigned lower = across(texels.lower, x, share);
    return (upper * (256 - texels.low_share) + lower * texels.low_share) >> 8;
}

// What has a colour of its own (emoji) keeps it; all else is white and takes the ink's.
auto ink_of(ImU32 texel, ImU32 ink) -> ImU32 {
    const bool coloured = alpha_of(texel) != 0 && (texel | opaque) != 0xFFFFFFFF;
    return coloured ? texel : ink;
}

// A texel for each pixel, none mixed with its neighbour: nearly all text.
auto is_exact(const Walk& along) -> bool {
    return along.step == one && (along.start & 0xFF00) == 0;
}

auto lies_within(const Walk& along, int count, int texels) -> bool {
    const int first = along.start >> 16;
    return first >= 0 && first + count < texels;
}

void draw_texels(ImU32* at, const ImU32* texel, int count, const ImTextureData& texture,
                 ImU32 ink) {
    const unsigned strength = weight_of(alpha_of(ink));
    for (const ImU32* const end = texel + count; texel != end; ++texel, ++at) {
        const unsigned cover = alpha_of(*texel);
        if (cover == 0) continue;
        const ImU32 own = texture.UseColors ? ink_of(*texel, ink) : ink;
        *at = blended(*at, own, weight_of(cover) * strength >> 8);
    }
}

void draw_texture(const Pixels& pixels, const Box& box, const View& view, const Primitive& shape) {
    const ImTextureData& texture = *shape.texture;
    const ImDrawVert& from = *shape.corners[0];
    const ImDrawVert& to = *shape.corners[1];
    const ImVec2 low = on_surface(view, from.pos);
    const ImVec2 high = on_surface(view, to.pos);
    const Walk across_it = walk(low.x, high.x, from.uv.x, to.uv.x, box.left, texture.Width);
    const Walk down = walk(low.y, high.y, from.uv.y, to.uv.y, box.top, texture.Height);
    const unsigned strength = weight_of(alpha_of(from.col));
    const int last = (texture.Width - 2) * one;
    const int width = box.right - box.left;
    const bool exact =
        is_exact(across_it) && is_exact(down) && lies_within(across_it, width, texture.Width);
    for (int y = box.top; y < box.bottom; ++y) {
        const Texels texels = texels_at(texture, down.start + (y - box.top) * down.step);
        ImU32* at = pixels.row(y) + box.left;
        if (exact) {
            draw_texels(at, texels.upper + (across_it.start >> 16), width, texture, from.col);
            continue;
        }
        int place = across_it.start;
        for (int x = box.left; x < box.right; ++x, ++at, place += across_it.step) {
            const int texel = std::clamp(place, 0, last);
            const unsigned cover =
                coverage_at(texels, texel >> 16, static_cast<unsigned>(texel >> 8 & 0xFF));
            if (cover == 0) continue;
            const ImU32 ink =
                texture.UseColors ? ink_of(texels.upper[texel >> 16], from.col) : from.col;
            *at = blended(*at, ink, weight_of(cover) * strength >> 8);
        }
    }
}

/// How the alpha of a triangle changes from pixel to pixel. Units: 1/65536 of 1/255.
struct Slope {
    float start = 0;  // at the surface's own corner
    float right = 0;
    float down = 0;
};

struct Corner {
    ImVec2 place;
    float alpha = 0;
};

auto slope_of(const Corner (&corners)[3]) -> Slope {
    const auto& [a, b, c] = corners;
    const ImVec2 ab{b.place.x - a.place.x, b.place.y - a.place.y};
    const ImVec2 ac{c.place.x - a.place.x, c.place.y - a.place.y};
    const float area = ab.x * ac.y - ac.x * ab.y;
    if (std::fabs(area) < 1e-6F) return {a.alpha, 0, 0};
    Slope slope;
    slope.right = ((b.alpha - a.alpha) * ac.y - (c.alpha - a.alpha) * ab.y) / area;
    slope.down = ((c.alpha - a.alpha) * ab.x - (b.alpha - a.alpha) * ac.x) / area;
    slope.start = a.alpha - slope.right * a.place.x - slope.down * a.place.y;
    return slope;
}

void draw_sloped_row(ImU32* at, int count, ImU32 ink, float alpha, float step) {
    for (ImU32* const end = at + count; at != end; ++at, alpha += step) {
        const auto strength = static_cast<unsigned>(std::clamp(alpha + 0.5F, 0.F, 255.F));
        if (strength != 0) *at = blended(*at, ink, weight_of(strength));
    }
}

// Always from the upper corner to the lower: the triangle on the other side of the edge then finds
// the very same place, and no pixel is drawn twice or left out.
auto edge_at(const Corner& upper, const Corner& lower, float y) -> float {
    const float share = (y - upper.place.y) / (lower.place.y - upper.place.y);
    return upper.place.x + share * (lower.place.x - upper.place.x);
}

void sort_by_height(Corner (&corners)[3]) {
    const auto is_higher = [](const Corner& a, const Corner& b) {
        return a.place.y != b.place.y ? a.place.y < b.place.y : a.place.x < b.place.x;
    };
    if (is_higher(corners[1], corners[0])) std::swap(corners[0], corners[1]);
    if (is_higher(corners[2], corners[1])) std::swap(corners[1], corners[2]);
    if (is_higher(corners[1], corners[0])) std::swap(corners[0], corners[1]);
}

void draw_triangle(const Pixels& pixels, const Box& box, const View& view, const Primitive& shape) {
    const ImU32 ink = shape.corners[0]->col | opaque;
    Corner corners[3];
    for (int i = 0; i < 3; ++i) {
        const ImDrawVert& vertex = *shape.corners[i];
        corners[i] = {on_surface(view, vertex.pos), static_cast<float>(alpha_of(vertex.col))};
    }
    const bool even = corners[0].alpha == corners[1].alpha && corners[0].alpha == corners[2].alpha;
    const Slope slope = even ? Slope{} : slope_of(corners);
    sort_by_height(corners);
    const int last = std::min(box.bottom, first_pixel(corners[2].place.y));
    for (int y = std::max(box.top, first_pixel(corners[0].place.y)); y < last; ++y) {
        const float centre = static_cast<float>(y) + 0.5F;
        const bool upper_half = centre < corners[1].place.y;
        const float long_edge = edge_at(corners[0], corners[2], centre);
        const float short_edge = upper_half ? edge_at(corners[0], corners[1], centre)
                                            : edge_at(corners[1], corners[2], centre);
        const int left = std::max(box.left, first_pixel(std::min(long_edge, short_edge)));
        const int right = std::min(box.right, first_pixel(std::max(long_edge, short_edge)));
        if (left >= right) continue;
        if (even) {
            fill_row(pixels.row(y) + left, right - left, shape.corners[0]->col);
            continue;
        }
        const float alpha =
            slope.start + slope.right * (static_cast<float>(left) + 0.5F) + slope.down * centre;
        draw_sloped_row(pixels.row(y) + left, right - left, ink, alpha, slope.right);
    }
}

}  // namespace

// One row is filled, the others are copied from it: copying is what machines do fastest.
void fill_box(const Pixels& pixels, const Box& box, ImU32 ink) {
    const int width = box.right - box.left;
    ImU32* const first = pixels.row(box.top) + box.left;
    fill_row(first, width, ink);
    for (int y = box.top + 1; y < box.bottom; ++y) {
        ImU32* const row = pixels.row(y) + box.left;
        if (alpha_of(ink) == 0xFF)
            std::memcpy(row, first, static_cast<std::size_t>(width) * sizeof *row);
        else
            fill_row(row, width, ink);
    }
}

void draw(const Pixels& pixels, const Box& part, const View& view, const Primitive& primitive) {
    const Box box = intersection(primitive.box, part);
    if (is_empty(box)) return;
    switch (primitive.shape) {
        case Shape::Fill: return fill_box(pixels, box, primitive.corners[0]->col);
        case Shape::Texture: return draw_texture(pixels, box, view, primitive);
        case Shape::Triangle: return draw_triangle(pixels, box, view, primitive);
    }
}

}  // namespace pcc::raster
