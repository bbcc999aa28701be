// Texts across the boundary: what the page's JavaScript hands to C++ and what it reads from it.
// Layer: web/platform. Knows no message and no element; JavaScript half in bridge.js.
#pragma once

#include <cstddef>
#include <string>

namespace pcc::platform {

/// The texts the page has left for the call it is making, cut off one after the other.
class LeftTexts {
  public:
    /// The next text. Units: bytes.
    auto take(std::size_t length) -> std::string;
    LeftTexts() = default;
    LeftTexts(const LeftTexts&) = delete;
    auto operator=(const LeftTexts&) -> LeftTexts& = delete;
    /// Overwrites the room: it may have held a password.
    ~LeftTexts();

  private:
    std::size_t at_ = 0;
};

}  // namespace pcc::platform
