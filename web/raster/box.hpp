// A box of whole device pixels.
// Layer: web/raster. Values only.
#pragma once

#include <algorithm>

namespace pcc::raster {

/// Units: device pixels; `right` and `bottom` are the first ones outside.
struct Box {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
    friend auto operator==(const Box&, const Box&) -> bool = default;
};

inline auto is_empty(const Box& box) -> bool {
    return box.left >= box.right || box.top >= box.bottom;
}

inline auto intersection(const Box& a, const Box& b) -> Box {
    return {std::max(a.left, b.left), std::max(a.top, b.top), std::min(a.right, b.right),
            std::min(a.bottom, b.bottom)};
}

inline auto covers(const Box& outer, const Box& inner) -> bool {
    return outer.left <= inner.left && outer.top <= inner.top && outer.right >= inner.right &&
           outer.bottom >= inner.bottom;
}

}  // namespace pcc::raster
