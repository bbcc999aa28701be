#include "core/api/text.hpp"

#include <string>

#include "core/base/utf8.hpp"

namespace pcc::api {
namespace {

/// What leaves no mark: spaces, and what joins, parts or only turns its neighbours.
auto is_blank(char32_t value) -> bool {
    return value == ' ' || (value >= '\t' && value <= '\r') || value == 0x85 || value == 0xA0 ||
           value == 0xAD || (value >= 0x2000 && value <= 0x200F) || value == 0x2028 ||
           value == 0x2029 || value == 0x202F || (value >= 0x205F && value <= 0x2064) ||
           value == 0x3000 || value == 0x3164 || value == 0xFEFF;
}

/// C0, DEL, C1, the two separators that break a line, and what turns the words around that follow.
auto is_control(char32_t value) -> bool {
    return value < 0x20 || (value >= 0x7F && value < 0xA0) || value == 0x2028 || value == 0x2029 ||
           (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

auto trimmed(std::string_view text) -> std::string_view {
    std::size_t begin = text.size();
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = code_point_at(text, at);
        const bool counts = !point.valid || !is_blank(point.value);
        if (counts && at < begin) begin = at;
        at += point.length;
        if (counts) end = at;
    }
    return begin < end ? text.substr(begin, end - begin) : std::string_view{};
}

auto folded(char32_t value) -> char32_t {
    const auto within = [value](char32_t low, char32_t high) {
        return value >= low && value <= high;
    };
    if (within('A', 'Z')) return value + 0x20;
    if (within(0xC0, 0xDE) && value != 0xD7) return value + 0x20;
    if (within(0x391, 0x3AB) && value != 0x3A2) return value + 0x20;
    if (within(0x410, 0x42F)) return value + 0x20;
    if (within(0x400, 0x40F)) return value + 0x50;
    switch (value) {  // Greek capitals with an accent
        case 0x386: return 0x3AC;
        case 0x388:
        case 0x389:
        case 0x38A: return value + 0x25;
        case 0x38C: return 0x3CC;
        case 0x38E:
        case 0x38F: return value + 0x3F;
        default: return value;
    }
}

}  // namespace

auto is_utf8(std::string_view text) -> bool {
    for (std::size_t at = 0; at < text.size();) {
        const auto point = code_point_at(text, at);
        if (!point.valid) return false;
        at += point.length;
    }
    return true;
}

auto code_point_count(std::string_view text) -> std::size_t {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count)
        at += code_point_at(text, at).length;
    return count;
}

auto clean_text(std::string_view text, std::size_t longest) -> Result<std::string, TextFault> {
    const auto clean = trimmed(text);
    if (clean.empty()) return failed(TextFault::Empty);
    if (code_point_count(clean) > longest) return failed(TextFault::TooLong);
    if (!is_utf8(clean)) return failed(TextFault::NotUtf8);
    for (std::size_t at = 0; at < clean.size();) {
        const auto point = code_point_at(clean, at);
        if (is_control(point.value)) return failed(TextFault::ControlCharacter);
        at += point.length;
    }
    return std::string(clean);
}

auto fold_case(std::string_view text) -> std::string {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto point = code_point_at(text, at);
        if (point.valid) {
            append_utf8(out, folded(point.value));
        } else {
            out += text[at];
        }
        at += point.length;
    }
    return out;
}

auto explain(TextFault fault, std::string_view what, std::size_t longest) -> std::string {
    std::string out(what);
    switch (fault) {
        case TextFault::Empty: return out + " cannot be empty.";
        case TextFault::TooLong:
            return out + " can have at most " + std::to_string(longest) + " characters.";
        case TextFault::NotUtf8:
            return out + " has bytes that are not text. Type it again instead of pasting it.";
        case TextFault::ControlCharacter:
            return out + " can have no line breaks or other invisible control characters.";
    }
    return out;
}

auto clean_ssid(std::string_view text) -> Result<std::string, std::string> {
    constexpr std::size_t longest = 32;
    auto name = clean_text(text, longest);
    if (!name) return failed(explain(name.error(), "An SSID", longest));
    if (name->size() <= longest) return std::move(*name);
    return failed(
        std::string("An SSID can take at most 32 bytes, and some of these characters "
                    "take more than one. Shorten it."));
}

}  // namespace pcc::api
