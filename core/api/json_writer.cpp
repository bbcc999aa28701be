#include "core/api/json_writer.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "core/base/utf8.hpp"

namespace pcc::api {
namespace {

constexpr std::string_view hex = "0123456789abcdef";

void append_escaped(std::string& out, char32_t value) {
    switch (value) {
        case '"': out += "\\\""; return;
        case '\\': out += "\\\\"; return;
        case '\n': out += "\\n"; return;
        case '\r': out += "\\r"; return;
        case '\t': out += "\\t"; return;
        default: break;
    }
    if (value >= 0x20) {
        append_utf8(out, value);
        return;
    }
    out += "\\u00";
    out += hex[value >> 4];
    out += hex[value & 15U];
}

/// By byte, whether it stands in JSON as it is, and is ASCII.
constexpr auto plain_bytes = [] {
    std::array<bool, 256> plain{};
    for (std::size_t byte = 0x20; byte < 0x7F; ++byte)
        plain[byte] = byte != '"' && byte != '\\';
    return plain;
}();

/// Where the first byte at or after `at` stands that is not plain.
auto end_of_plain(std::string_view text, std::size_t at) -> std::size_t {
    while (at < text.size() && plain_bytes[static_cast<unsigned char>(text[at])])
        ++at;
    return at;
}

}  // namespace

void JsonWriter::quoted(std::string_view value) {
    out_ += '"';
    std::size_t at = 0;
    while (true) {
        const auto end = end_of_plain(value, at);
        out_.append(value, at, end - at);
        if (end == value.size()) break;
        const auto point = code_point_at(value, end);
        append_escaped(out_, point.valid ? point.value : char32_t{0xFFFD});
        at = end + point.length;
    }
    out_ += '"';
}

void JsonWriter::lead(std::string_view name) {
    if (out_.back() != '{' && out_.back() != '[') out_ += ',';
    if (name.empty()) return;
    out_.append(1, '"').append(name).append("\":");
}

void JsonWriter::begin(std::string_view name, char bracket) {
    lead(name);
    out_ += bracket;
}

void JsonWriter::text(std::string_view name, std::string_view value) {
    lead(name);
    quoted(value);
}

void JsonWriter::text_or_null(std::string_view name, std::string_view value) {
    if (value.empty()) {
        null(name);
    } else {
        text(name, value);
    }
}

void JsonWriter::number(std::string_view name, long long value) {
    lead(name);
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out_.append(digits.data(), end);
}

void JsonWriter::flag(std::string_view name, bool value) {
    lead(name);
    out_ += value ? "true" : "false";
}

void JsonWriter::null(std::string_view name) {
    lead(name);
    out_ += "null";
}

void JsonWriter::instant(std::string_view name, Instant value) {
    text(name, format_rfc3339(value));
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
    return std::move(out_);
}

}  // namespace pcc::api
