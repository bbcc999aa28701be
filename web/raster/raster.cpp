// One frame: read the primitives, sort them into tiles, draw the tiles that changed.
// Layer: web/raster. No browser.
#include "web/raster/raster.hpp"

namespace pcc::raster {

namespace {

constexpr ImU32 nothing = IM_COL32_BLACK;

// What lies below a box that covers the whole tile is never seen.
auto first_seen(const Tile& tile, const std::vector<Primitive>& primitives)
    -> const std::uint32_t* {
    for (const std::uint32_t* at = tile.last; at != tile.first; --at) {
        const Primitive& primitive = primitives[at[-1]];
        if (primitive.shape == Shape::Fill && alpha_of(primitive.corners[0]->col) == 0xFF &&
            covers(primitive.box, tile.box))
            return at - 1;
    }
    return nullptr;
}

void draw_tile(const Pixels& pixels, const Tile& tile, const View& view,
               const std::vector<Primitive>& primitives) {
    const std::uint32_t* at = first_seen(tile, primitives);
    if (at == nullptr) {
        fill_box(pixels, tile.box, nothing);
        at = tile.first;
    }
    for (; at != tile.last; ++at)
        raster::draw(pixels, tile.box, view, primitives[*at]);
}

}  // namespace

auto accept_textures() -> bool {
    bool changed = false;
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy) {
            if (texture->UnusedFrames <= 0) continue;
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        } else if (texture->Status != ImTextureStatus_OK) {
            texture->SetTexID(ImTextureID{1});
            texture->SetStatus(ImTextureStatus_OK);
            changed = true;
        }
    }
    return changed;
}

void Raster::fit(const View& view) {
    tiles_.fit(view.width, view.height);
    if (view.width == width_ && view.height == height_) return;
    width_ = view.width;
    height_ = view.height;
    // Not emptied: of another size, all of them are drawn.
    pixels_.reset(new ImU32[static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)]);
}

void Raster::draw(const ImDrawData& data) {
    const View view = view_of(data);
    fit(view);
    if (accept_textures()) tiles_.forget();
    read_primitives(data, view, primitives_);
    tiles_.sort(primitives_);
    const Pixels pixels{pixels_.get(), width_};
    tiles_.each_changed([&](const Tile& tile) { draw_tile(pixels, tile, view, primitives_); });
}

}  // namespace pcc::raster
