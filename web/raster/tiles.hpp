// The surface in tiles: which primitives touch each, and which tiles differ from the last frame.
// Layer: web/raster. Draws nothing. Units: device pixels.
#pragma once

#include <cstdint>
#include <vector>

#include "web/raster/primitive.hpp"

namespace pcc::raster {

// Wide and low, as lines of text and rows of tables are; 16 KiB of pixels stay in the first cache.
constexpr int tile_width = 128;
constexpr int tile_height = 32;

struct Tile {
    Box box;
    const std::uint32_t* first = nullptr;  // places in the list of primitives, in drawing order
    const std::uint32_t* last = nullptr;
};

class Tiles {
  public:
    /// Another size forgets what was there.
    void fit(int width, int height);
    /// All tiles count as changed the next time.
    void forget();
    /// Takes in the primitives of a frame.
    void sort(const std::vector<Primitive>& primitives);
    /// Calls `draw` for each tile that does not show what was sorted last; then it does.
    template <class Draw>
    void each_changed(Draw draw) {
        changed_.clear();
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (!forgotten_ && shown_[i] == wanted_[i]) continue;
            shown_[i] = wanted_[i];
            const Tile changed = tile(i);
            draw(changed);
            note_changed(changed.box);
        }
        forgotten_ = false;
        stack_changed();
    }
    /// Boxes around the tiles that each_changed drew, none twice.
    auto changed() const -> const std::vector<Box>& { return changed_; }

  private:
    auto tile(std::size_t place) const -> Tile;
    auto tiles_of(const Box& box) const -> Box;
    void count(const std::vector<Primitive>& primitives);
    void file(const std::vector<Primitive>& primitives);
    void note_changed(const Box& box);
    void stack_changed();

    int width_ = 0;
    int height_ = 0;
    int columns_ = 0;
    int rows_ = 0;
    bool forgotten_ = true;
    std::vector<std::uint64_t> shown_;   // the fingerprint of what each tile shows
    std::vector<std::uint64_t> wanted_;  // and of what it is to show
    std::vector<std::uint32_t> ends_;    // where the places of each tile end in `places_`
    std::vector<std::uint32_t> places_;
    std::vector<Box> changed_;
};

}  // namespace pcc::raster
