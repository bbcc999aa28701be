// Reads draw lists back into shapes.
// Layer: web/raster. Draws nothing.
#include "web/raster/primitive.hpp"

#include <cstring>

namespace pcc::raster {

namespace {

// Two triangles of a box with straight edges, as Dear ImGui writes them: 0 1 2, 0 2 3.
constexpr int quad_indices = 6;

struct Reader {
    const View& view;
    const ImDrawVert* vertices;
    const ImDrawIdx* indices;
    const ImTextureData* texture;
    Box clip;
    std::vector<Primitive>& out;
};

auto same_place(const ImVec2& a, const ImVec2& b) -> bool {
    return a.x == b.x && a.y == b.y;
}

auto is_quad(const ImDrawVert* vertices, const ImDrawIdx* at) -> bool {
    if (at[0] != at[3] || at[2] != at[4]) return false;
    const ImDrawVert& low = vertices[at[0]];
    const ImDrawVert& high = vertices[at[2]];
    const ImDrawVert& right = vertices[at[1]];
    const ImDrawVert& left = vertices[at[5]];
    return low.pos.x < high.pos.x && low.pos.y < high.pos.y &&
           same_place(right.pos, {high.pos.x, low.pos.y}) &&
           same_place(left.pos, {low.pos.x, high.pos.y}) && low.col == high.col &&
           low.col == right.col && low.col == left.col;
}

void keep(const Reader& reader, Primitive& primitive, const ImVec2& low, const ImVec2& high) {
    const Box reach{first_pixel(low.x), first_pixel(low.y), first_pixel(high.x),
                    first_pixel(high.y)};
    primitive.box = intersection(reach, reader.clip);
    if (!is_empty(primitive.box)) reader.out.push_back(primitive);
}

void read_quad(const Reader& reader, const ImDrawIdx* at) {
    const ImDrawVert& low = reader.vertices[at[0]];
    const ImDrawVert& high = reader.vertices[at[2]];
    if (alpha_of(low.col) == 0) return;
    Primitive primitive;
    primitive.shape = same_place(low.uv, high.uv) ? Shape::Fill : Shape::Texture;
    primitive.corners[0] = &low;
    primitive.corners[1] = &high;
    primitive.texture = reader.texture;
    keep(reader, primitive, on_surface(reader.view, low.pos), on_surface(reader.view, high.pos));
}

void read_triangle(const Reader& reader, const ImDrawIdx* at) {
    Primitive primitive;
    primitive.shape = Shape::Triangle;
    unsigned strongest = 0;
    for (int i = 0; i < 3; ++i) {
        primitive.corners[i] = &reader.vertices[at[i]];
        strongest |= alpha_of(primitive.corners[i]->col);
    }
    if (strongest == 0) return;
    ImVec2 low = on_surface(reader.view, primitive.corners[0]->pos);
    ImVec2 high = low;
    for (const ImDrawVert* corner : primitive.corners) {
        const ImVec2 place = on_surface(reader.view, corner->pos);
        low = {std::min(low.x, place.x), std::min(low.y, place.y)};
        high = {std::max(high.x, place.x), std::max(high.y, place.y)};
    }
    keep(reader, primitive, low, high);
}

void read_command(const Reader& reader, unsigned count) {
    const ImDrawIdx* at = reader.indices;
    const ImDrawIdx* const end = at + count;
    while (at < end) {
        if (end - at >= quad_indices && is_quad(reader.vertices, at)) {
            read_quad(reader, at);
            at += quad_indices;
        } else {
            read_triangle(reader, at);
            at += 3;
        }
    }
}

auto mixed(std::uint64_t hash, std::uint64_t word) -> std::uint64_t {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15U;
    return hash ^ hash >> 32;
}

auto two(int a, int b) -> std::uint64_t {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(a)) << 32 |
           static_cast<std::uint32_t>(b);
}

auto bits(const ImVec2& pair) -> std::uint64_t {
    static_assert(sizeof(ImVec2) == sizeof(std::uint64_t));
    std::uint64_t word = 0;
    std::memcpy(&word, &pair, sizeof word);
    return word;
}

}  // namespace

auto view_of(const ImDrawData& data) -> View {
    View view;
    view.origin = data.DisplayPos;
    view.scale = data.FramebufferScale.x;
    view.width = static_cast<int>(data.DisplaySize.x * view.scale);
    view.height = static_cast<int>(data.DisplaySize.y * view.scale);
    return view;
}

auto clip_of(const View& view, const ImVec4& rect) -> Box {
    const ImVec2 low = on_surface(view, {rect.x, rect.y});
    const ImVec2 high = on_surface(view, {rect.z, rect.w});
    const Box box{first_pixel(low.x), first_pixel(low.y), first_pixel(high.x), first_pixel(high.y)};
    return intersection(box, {0, 0, view.width, view.height});
}

void read_primitives(const ImDrawData& data, const View& view, std::vector<Primitive>& out) {
    out.clear();
    for (const ImDrawList* list : data.CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            const Reader reader{view,
                                list->VtxBuffer.Data + command.VtxOffset,
                                list->IdxBuffer.Data + command.IdxOffset,
                                command.TexRef._TexData,
                                clip_of(view, command.ClipRect),
                                out};
            if (command.UserCallback == nullptr && !is_empty(reader.clip))
                read_command(reader, command.ElemCount);
        }
    }
}

auto fingerprint(const Primitive& primitive) -> std::uint64_t {
    const Box& box = primitive.box;
    std::uint64_t hash = mixed(two(box.left, box.top), two(box.right, box.bottom));
    hash = mixed(
        hash, two(static_cast<int>(primitive.corners[0]->col), static_cast<int>(primitive.shape)));
    if (primitive.shape == Shape::Fill) return hash;
    for (const ImDrawVert* corner : primitive.corners) {
        if (corner == nullptr) continue;
        hash = mixed(hash, bits(corner->pos));
        hash = mixed(hash, bits(corner->uv));
        hash = mixed(hash, corner->col);
    }
    return hash;
}

}  // namespace pcc::raster
