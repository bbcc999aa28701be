// Arithmetic of rectangles.
// Layer: web/ui. Values only.
#pragma once

#include <algorithm>

#include "core/view/placed.hpp"

namespace pcc::ui {

using view::Rect;

struct Size {
    float width = 0;
    float height = 0;
};

constexpr auto right(const Rect& rect) -> float {
    return rect.x + rect.width;
}
constexpr auto bottom(const Rect& rect) -> float {
    return rect.y + rect.height;
}

/// Smaller on all sides; larger where negative.
constexpr auto inset(const Rect& rect, float by_x, float by_y) -> Rect {
    return {rect.x + by_x, rect.y + by_y, std::max(0.F, rect.width - 2 * by_x),
            std::max(0.F, rect.height - 2 * by_y)};
}

constexpr auto intersection(const Rect& one, const Rect& other) -> Rect {
    const float x = std::max(one.x, other.x);
    const float y = std::max(one.y, other.y);
    return {x, y, std::max(0.F, std::min(right(one), right(other)) - x),
            std::max(0.F, std::min(bottom(one), bottom(other)) - y)};
}

constexpr auto contains(const Rect& rect, float x, float y) -> bool {
    return x >= rect.x && x < right(rect) && y >= rect.y && y < bottom(rect);
}

/// A box of this height in the middle of another one's height, on whole pixels.
inline auto middle(const Rect& rect, float height) -> float {
    return static_cast<float>(static_cast<int>(rect.y + (rect.height - height) / 2 + 0.5F));
}

}  // namespace pcc::ui
