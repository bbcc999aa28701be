// Draws Dear ImGui's draw data into pixels, for machines without a graphics card.
// Layer: web/raster. Sees Dear ImGui alone; no browser: the caller puts the pixels on a screen.
#pragma once

#include <memory>
#include <vector>

#include "web/raster/shapes.hpp"
#include "web/raster/tiles.hpp"

namespace pcc::raster {

class Raster {
  public:
    /// Draws a frame; only tiles that differ from the last one are drawn anew. Answers Dear ImGui's
    /// wishes for textures, whose pixels are read where they are.
    void draw(const ImDrawData& data);
    /// What the last frame changed. Units: device pixels.
    auto changed() const -> const std::vector<Box>& { return tiles_.changed(); }
    /// What was on the screen is lost: the next frame draws all of it.
    void forget() { tiles_.forget(); }

    auto pixels() const -> const ImU32* { return pixels_.get(); }
    auto width() const -> int { return width_; }
    auto height() const -> int { return height_; }

  private:
    void fit(const View& view);

    int width_ = 0;
    int height_ = 0;
    std::unique_ptr<ImU32[]> pixels_;
    std::vector<Primitive> primitives_;
    Tiles tiles_;
};

/// Answers Dear ImGui's wishes for textures where nothing has to be handed to a graphics card; true
/// when one was made or changed.
auto accept_textures() -> bool;

}  // namespace pcc::raster
