// What gen.js says of the same rows: the lines of golden.txt, and its checksum.
// Layer: tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/timestamp.hpp"

namespace pcc::bench {

using Fields = std::vector<std::string>;

/// The lines that begin with this word, without it.
auto golden(std::string_view kind) -> std::vector<Fields>;

/// The moment the rows of golden.txt are made for, and the one at which they are looked at.
auto golden_base() -> Instant;
auto golden_now() -> Instant;

/// FNV-1a, 32 bits.
struct Checksum {
    std::uint32_t value = 0x811c9dc5U;
    void add(std::string_view bytes);
};

}  // namespace pcc::bench
