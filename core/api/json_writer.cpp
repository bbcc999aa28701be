#include "core/api/json_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <utility>

#include "core/base/utf8.hpp"

namespace pcc::api {
namespace {

constexpr std::string_view hex = "0123456789abcdef";

/// What stands in a text for a character that is not plain.
auto escape_of(char32_t value) -> std::string {
    switch (value) {
        case '"': return "\\\"";
        case '\\': return "\\\\";
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        default: break;
    }
    std::string escape;
    if (value >= 0x20) {
        append_utf8(escape, value);
        return escape;
    }
    escape = "\\u00";
    escape += hex[value >> 4];
    escape += hex[value & 15U];
    return escape;
}

/// By byte, whether it stands in JSON as it is, and is ASCII.
constexpr auto plain_bytes = [] {
    std::array<bool, 256> plain{};
    for (std::size_t byte = 0x20; byte < 0x7F; ++byte)
        plain[byte] = byte != '"' && byte != '\\';
    return plain;
}();

/// Whether all of eight bytes are plain: none below a blank, no `"`, no `\\`, none above `~`. Where
/// one is not, what a subtraction borrows can only make others look like it.
auto are_plain(const char* bytes) -> bool {
    constexpr std::uint64_t each = 0x0101010101010101;
    constexpr std::uint64_t top = each * 0x80;
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes, sizeof eight);
    const auto quotes = eight ^ (each * '"');
    const auto slashes = eight ^ (each * '\\');
    const auto low = (eight - each * ' ') | (quotes - each) | (slashes - each);
    const auto high = eight | (eight + each);
    return ((low | high) & top) == 0;
}

/// Where the first byte at or after `at` stands that is not plain.
auto end_of_plain(std::string_view text, std::size_t at) -> std::size_t {
    while (text.size() - at >= 8 && are_plain(text.data() + at))
        at += 8;
    while (at < text.size() && plain_bytes[static_cast<unsigned char>(text[at])])
        ++at;
    return at;
}

}  // namespace

void JsonWriter::quoted(std::string_view value) {
    const auto plain = end_of_plain(value, 0);
    auto* to = room_for(plain + 2);
    *to++ = '"';
    to = std::copy_n(value.begin(), plain, to);
    written_to(to);
    if (plain < value.size()) escaped(value, plain);
    put('"');
}

void JsonWriter::escaped(std::string_view value, std::size_t at) {
    while (at < value.size()) {
        const auto point = code_point_at(value, at);
        put(escape_of(point.valid ? point.value : char32_t{0xFFFD}));
        at += point.length;
        const auto end = end_of_plain(value, at);
        put(value.substr(at, end - at));
        at = end;
    }
}

void JsonWriter::text_or_null(std::string_view name, std::string_view value) {
    if (value.empty()) {
        null(name);
    } else {
        text(name, value);
    }
}

void JsonWriter::digits(long long value) {
    constexpr std::size_t longest = 20;
    auto* to = room_for(longest);
    written_to(std::to_chars(to, to + longest, value).ptr);
}

void JsonWriter::time(Instant value) {
    const auto text = rfc3339_of(value);
    auto* to = room_for(text.size() + 2);
    *to++ = '"';
    to = std::copy(text.begin(), text.end(), to);
    *to++ = '"';
    written_to(to);
}

void JsonWriter::instant_or_null(std::string_view name, const std::optional<Instant>& value) {
    if (value) {
        instant(name, *value);
    } else {
        null(name);
    }
}

void JsonWriter::texts(std::string_view name, const std::vector<std::string>& values) {
    open_list(name);
    for (const auto& value : values)
        text({}, value);
    close_list();
}

auto JsonWriter::finish() -> std::string {
    close();
    out_.resize(length_);
    return std::move(out_);
}

}  // namespace pcc::api
