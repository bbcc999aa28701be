// UTF-8 read one code point at a time, and written.
// Layer: base. Judges well-formedness only; knows nothing of what a text may hold.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pcc {

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1;  // bytes it takes
    bool valid = false;  // false for a byte that begins no well-formed sequence; length is 1 then
};

/// The code point that begins at byte `offset`, which is less than `text.size()`.
/// Overlong forms, surrogates and values above U+10FFFF are not valid. Source: RFC 3629.
auto code_point_at(std::string_view text, std::size_t offset) -> CodePoint;
void append_utf8(std::string& out, char32_t value);

}  // namespace pcc
