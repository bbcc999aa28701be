#include "server/cursor.hpp"

#include <charconv>

#include "server/crypto/digest.hpp"

namespace pcc::server {
namespace {

auto text_of(const CursorScope& scope, std::string_view payload) -> std::string {
    auto texts = scope;
    texts.emplace_back(payload);
    return canonical_text(texts);
}

/// The text up to the next line end, which is taken off.
auto take_line(std::string_view& text) -> std::string {
    const auto end = text.find('\n');
    std::string line(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
}

}  // namespace

auto make_cursor(const Keys& keys, const CursorScope& scope, const PageStart& start, Instant now)
    -> std::string {
    if (start.is_first()) return {};
    const auto payload =
        std::to_string(millis_since_epoch(now + cursor_lives)) + '\n' + start.id + '\n' + start.key;
    return to_base64url(reinterpret_cast<const std::uint8_t*>(payload.data()), payload.size()) +
           '.' + keys.cursor_mac(text_of(scope, payload));
}

auto read_cursor(const Keys& keys, const CursorScope& scope, std::string_view text, Instant now)
    -> Checked<PageStart> {
    if (text.empty()) return PageStart{};
    const auto point = text.find('.');
    if (point == std::string_view::npos) return refuse(api::code::cursor_invalid);
    const auto bytes = from_base64url(text.substr(0, point));
    if (!bytes) return refuse(api::code::cursor_invalid);
    const std::string payload(bytes->begin(), bytes->end());
    if (!keys.is_cursor_mac(text_of(scope, payload), Secret(std::string(text.substr(point + 1))))) {
        return refuse(api::code::cursor_invalid);
    }
    std::string_view rest = payload;
    const auto until = take_line(rest);
    long long ms = 0;
    std::from_chars(until.data(), until.data() + until.size(), ms);
    if (now >= instant_from_millis(ms)) return refuse(api::code::cursor_invalid);
    PageStart start;
    start.id = take_line(rest);
    start.key = rest;
    return start;
}

}  // namespace pcc::server
