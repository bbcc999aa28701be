// The room in which the page leaves its texts.
// Layer: web/platform. One call at a time: the browser has one thread.
#include "web/platform/bridge.hpp"

#include <algorithm>
#include <vector>

#include <emscripten.h>

namespace pcc::platform {

namespace {

auto room() -> std::vector<char>& {
    static std::vector<char> bytes;
    return bytes;
}

}  // namespace

auto LeftTexts::take(std::size_t length) -> std::string {
    const auto& bytes = room();
    const std::size_t from = std::min(at_, bytes.size());
    const std::size_t count = std::min(length, bytes.size() - from);
    at_ = from + count;
    return std::string(bytes.data() + from, count);
}

LeftTexts::~LeftTexts() {
    for (volatile char& byte : room())
        byte = 0;
}

}  // namespace pcc::platform

/// A place for `size` bytes, valid until the next call.
extern "C" EMSCRIPTEN_KEEPALIVE auto pcc_room(std::size_t size) -> char* {
    auto& bytes = pcc::platform::room();
    bytes.assign(size, 0);
    return bytes.data();
}
