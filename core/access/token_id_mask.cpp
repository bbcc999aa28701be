#include "core/access/token_id_mask.hpp"

#include <cstddef>

#include "core/access/token_id.hpp"
#include "core/access/token_id_reading.hpp"

namespace pcc::access {

namespace {

constexpr std::string_view prefix = "pcc_";
constexpr std::size_t shown = prefix.size() + 4;  // of the beginning, as in a hint
constexpr std::string_view ellipsis = "\u2026";
constexpr std::size_t hint_size = shown + ellipsis.size() + 4;

auto hint_of(std::string_view text) -> std::string {
    const auto parsed = parse_token_id(text);
    return parsed ? token_id_hint(*parsed) : std::string();
}

auto lower_ascii(std::string_view text) -> std::string {
    std::string lower(text);
    for (char& c : lower) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    return lower;
}

/// The beginning of a Token ID that stands somewhere in the text with more than its hint would
/// show; empty where none does.
auto beginning_of(std::string_view text) -> std::string {
    const auto read = read_pasted_letters(text.substr(0, token_id_longest_paste));
    const auto letters = read.letters.reveal();
    const auto at = lower_ascii(letters).find(prefix);
    if (at == std::string::npos || letters.size() - at <= shown) {
        return {};
    }
    return std::string(letters.substr(at, shown));
}

auto is_hint(std::string_view text) -> bool {
    return text.size() <= hint_size && text.find(ellipsis) == shown;
}

}  // namespace

auto mask_token_id(std::string_view text) -> std::string {
    if (is_hint(text)) {
        return std::string(text);
    }
    if (auto hint = hint_of(text); !hint.empty()) {
        return hint;
    }
    if (auto hint = hint_of(std::string(prefix).append(text)); !hint.empty()) {
        return hint;
    }
    auto beginning = beginning_of(text);
    return beginning.empty() ? std::string(text) : beginning;
}

}  // namespace pcc::access
