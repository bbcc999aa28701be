#include "core/base/utf8.hpp"

namespace pcc {
namespace {

/// How many bytes a sequence with this first byte has; 0 where none begins with it.
auto sequence_length(unsigned char first) -> std::size_t {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

auto is_scalar(char32_t value, std::size_t length) -> bool {
    if (length == 3) return value >= 0x800 && (value < 0xD800 || value > 0xDFFF);
    if (length == 4) return value >= 0x10000 && value <= 0x10FFFF;
    return true;
}

}  // namespace

auto code_point_at(std::string_view text, std::size_t offset) -> CodePoint {
    const auto first = static_cast<unsigned char>(text[offset]);
    const auto length = sequence_length(first);
    if (length == 0 || text.size() - offset < length) return {first, 1, false};
    if (length == 1) return {first, 1, true};
    char32_t value = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        const auto byte = static_cast<unsigned char>(text[offset + i]);
        if ((byte & 0xC0U) != 0x80U) return {first, 1, false};
        value = (value << 6) | (byte & 0x3FU);
    }
    if (!is_scalar(value, length)) return {first, 1, false};
    return {value, length, true};
}

void append_utf8(std::string& out, char32_t value) {
    if (value < 0x80) {
        out += static_cast<char>(value);
        return;
    }
    const std::size_t length = value < 0x800 ? 2 : value < 0x10000 ? 3 : 4;
    const auto lead = (0xF00U >> length) & 0xFFU;
    out += static_cast<char>(lead | (value >> (6 * (length - 1))));
    for (auto left = length - 1; left-- > 0;) {
        out += static_cast<char>(0x80U | ((value >> (6 * left)) & 0x3FU));
    }
}

}  // namespace pcc
