// JSON written member by member, in the order of the calls.
// Layer: api. Always valid JSON: bytes that are no UTF-8 become U+FFFD.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/timestamp.hpp"

namespace pcc::api {

/// Writes one object. A member without a name is an item of the array that is open. Names are the
/// program's own and need no escapes.
class JsonWriter {
  public:
    JsonWriter() : out_(usual_size, '\0') { put('{'); }

    void text(std::string_view name, std::string_view value) {
        lead(name);
        quoted(value);
    }
    /// The text, or null where it is empty.
    void text_or_null(std::string_view name, std::string_view value);
    void number(std::string_view name, long long value) {
        lead(name);
        digits(value);
    }
    void flag(std::string_view name, bool value) {
        lead(name);
        put(value ? std::string_view("true") : std::string_view("false"));
    }
    void null(std::string_view name) {
        lead(name);
        put("null");
    }
    void instant(std::string_view name, Instant value) {
        lead(name);
        time(value);
    }
    void instant_or_null(std::string_view name, const std::optional<Instant>& value);
    void texts(std::string_view name, const std::vector<std::string>& values);

    void open(std::string_view name) { begin(name, '{'); }
    void open_list(std::string_view name) { begin(name, '['); }
    void close() { put('}'); }
    void close_list() { put(']'); }

    /// The whole text; the writer is spent.
    auto finish() -> std::string;

  private:
    static constexpr std::size_t usual_size = 4096;  // Units: bytes

    /// Where so many more bytes may be written; `written_to` says how far they were.
    auto room_for(std::size_t size) -> char* {
        if (out_.size() - length_ < size) out_.resize(2 * out_.size() + size);
        return out_.data() + length_;
    }
    void written_to(const char* end) { length_ = static_cast<std::size_t>(end - out_.data()); }
    void put(char byte) {
        *room_for(1) = byte;
        ++length_;
    }
    void put(std::string_view bytes) {
        written_to(std::copy(bytes.begin(), bytes.end(), room_for(bytes.size())));
    }

    void begin(std::string_view name, char bracket) {
        lead(name);
        put(bracket);
    }
    void lead(std::string_view name);
    void quoted(std::string_view value);
    void digits(long long value);
    void time(Instant value);
    void escaped(std::string_view value, std::size_t at);

    std::string out_;  // longer than what is written
    std::size_t length_ = 0;
};

// In sight of the callers, whose names are literals: then it is a few moves.
inline void JsonWriter::lead(std::string_view name) {
    auto* to = room_for(name.size() + 4);
    const char before = to[-1];
    if (before != '{' && before != '[') *to++ = ',';
    if (!name.empty()) {
        *to++ = '"';
        to = std::copy(name.begin(), name.end(), to);
        *to++ = '"';
        *to++ = ':';
    }
    written_to(to);
}

}  // namespace pcc::api
