#include "core/api/json_writer.hpp"

#include <algorithm>
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

/// How much of the text's beginning stands in JSON as it is, and is ASCII.
auto plain_length(std::string_view text) -> std::size_t {
    const auto special = std::find_if(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte >= 0x7F || c == '"' || c == '\\';
    });
    return static_cast<std::size_t>(special - text.begin());
}

}  // namespace

void JsonWriter::quoted(std::string_view value) {
    out_ += '"';
    for (std::size_t at = 0; at < value.size();) {
        const auto plain = plain_length(value.substr(at));
        out_.append(value.substr(at, plain));
        at += plain;
        if (at == value.size()) break;
        const auto point = code_point_at(value, at);
        append_escaped(out_, point.valid ? point.value : char32_t{0xFFFD});
        at += point.length;
    }
    out_ += '"';
}

void JsonWriter::lead(std::string_view name) {
    if (out_.back() != '{' && out_.back() != '[') out_ += ',';
    if (name.empty()) return;
    quoted(name);
    out_ += ':';
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
    out_ += std::to_string(value);
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
