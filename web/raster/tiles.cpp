// Files primitives under the tiles they touch, and compares fingerprints with the last frame's.
// Layer: web/raster. Draws nothing.
#include "web/raster/tiles.hpp"

namespace pcc::raster {

namespace {

auto tiles_for(int pixels, int size) -> int {
    return (pixels + size - 1) / size;
}

// The order counts: the same two primitives the other way round are another picture.
auto after(std::uint64_t hash, std::uint64_t next) -> std::uint64_t {
    hash = (hash ^ next) * 0xD6E8FEB86659FD93U;
    return hash ^ hash >> 32;
}

}  // namespace

void Tiles::fit(int width, int height) {
    if (width == width_ && height == height_) return;
    width_ = width;
    height_ = height;
    columns_ = tiles_for(width, tile_width);
    rows_ = tiles_for(height, tile_height);
    const auto count = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
    shown_.assign(count, 0);
    wanted_.resize(count);
    ends_.resize(count + 1);
    forget();
}

void Tiles::forget() {
    forgotten_ = true;
}

auto Tiles::tiles_of(const Box& box) const -> Box {
    return {box.left / tile_width, box.top / tile_height, tiles_for(box.right, tile_width),
            tiles_for(box.bottom, tile_height)};
}

void Tiles::count(const std::vector<Primitive>& primitives) {
    std::fill(wanted_.begin(), wanted_.end(), 1);
    std::fill(ends_.begin(), ends_.end(), 0);
    for (const Primitive& primitive : primitives) {
        const std::uint64_t hash = fingerprint(primitive);
        const Box over = tiles_of(primitive.box);
        for (int y = over.top; y < over.bottom; ++y) {
            for (int x = over.left; x < over.right; ++x) {
                const auto place = static_cast<std::size_t>(y * columns_ + x);
                wanted_[place] = after(wanted_[place], hash);
                ++ends_[place + 1];
            }
        }
    }
}

// `ends_` holds the beginnings first, and has become the ends when all is filed.
void Tiles::file(const std::vector<Primitive>& primitives) {
    for (std::size_t i = 1; i < ends_.size(); ++i)
        ends_[i] += ends_[i - 1];
    places_.resize(ends_.back());
    for (std::size_t i = 0; i < primitives.size(); ++i) {
        const Box over = tiles_of(primitives[i].box);
        for (int y = over.top; y < over.bottom; ++y) {
            for (int x = over.left; x < over.right; ++x) {
                const auto place = static_cast<std::size_t>(y * columns_ + x);
                places_[ends_[place]++] = static_cast<std::uint32_t>(i);
            }
        }
    }
}

void Tiles::sort(const std::vector<Primitive>& primitives) {
    count(primitives);
    file(primitives);
}

auto Tiles::tile(std::size_t place) const -> Tile {
    const auto columns = static_cast<std::size_t>(columns_);
    const int left = static_cast<int>(place % columns) * tile_width;
    const int top = static_cast<int>(place / columns) * tile_height;
    return {{left, top, std::min(left + tile_width, width_), std::min(top + tile_height, height_)},
            places_.data() + (place == 0 ? 0 : ends_[place - 1]),
            places_.data() + ends_[place]};
}

// Tiles come row by row: one beside the last box widens it.
void Tiles::note_changed(const Box& box) {
    if (!changed_.empty() && changed_.back().right == box.left && changed_.back().top == box.top)
        changed_.back().right = box.right;
    else
        changed_.push_back(box);
}

// Boxes of the same width, one below the other, become one.
void Tiles::stack_changed() {
    std::size_t kept = 0;
    for (const Box& box : changed_) {
        std::size_t above = 0;
        while (above < kept &&
               (changed_[above].left != box.left || changed_[above].right != box.right ||
                changed_[above].bottom != box.top))
            ++above;
        if (above < kept)
            changed_[above].bottom = box.bottom;
        else
            changed_[kept++] = box;
    }
    changed_.resize(kept);
}

}  // namespace pcc::raster
