// What the JSON writer writes, byte by byte, where its text grows past the room it began with.
#include "core/api/json_writer.hpp"

#include <limits>
#include <map>
#include <optional>
#include <string>

#include <doctest/doctest.h>

namespace pcc::api {
namespace {

/// So much of a text that is written as it is, but for a quotation mark at its end.
auto text_of(std::size_t length) -> std::string {
    std::string text;
    while (text.size() < length)
        text += static_cast<char>('a' + text.size() % 26);
    return text + '"';
}

}  // namespace

TEST_CASE("json writer: each kind of member, and lists and objects in one another") {
    JsonWriter out;
    out.text("text", "a \"b\"\\\n\x01 \u00E9");
    out.text_or_null("none", "");
    out.number("least", std::numeric_limits<long long>::min());
    out.number("most", std::numeric_limits<long long>::max());
    out.flag("yes", true);
    out.flag("no", false);
    out.instant("at", instant_from_millis(1'795'634'525'123));
    out.instant_or_null("never", std::nullopt);
    out.texts("texts", {"", "two"});
    out.open("object");
    out.open_list("list");
    out.open({});
    out.close();
    out.number({}, 7);
    out.close_list();
    out.close();
    CHECK(out.finish() ==
          "{\"text\":\"a \\\"b\\\"\\\\\\n\\u0001 \u00E9\",\"none\":null,"
          "\"least\":-9223372036854775808,\"most\":9223372036854775807,"
          "\"yes\":true,\"no\":false,\"at\":\"2026-11-25T19:22:05.123Z\",\"never\":null,"
          "\"texts\":[\"\",\"two\"],\"object\":{\"list\":[{},7]}}");
}

TEST_CASE("json writer: each ASCII character at each place of a text") {
    constexpr std::string_view hex = "0123456789abcdef";
    const std::map<char, std::string> short_ones = {
        {'"', "\\\""}, {'\\', "\\\\"}, {'\n', "\\n"}, {'\r', "\\r"}, {'\t', "\\t"}};
    for (int code = 0; code < 128; ++code) {
        const auto c = static_cast<char>(code);
        std::string written(1, c);
        if (code < 0x20)
            written = std::string("\\u00") + hex[static_cast<unsigned>(code) / 16] +
                      hex[static_cast<unsigned>(code) % 16];
        if (const auto found = short_ones.find(c); found != short_ones.end())
            written = found->second;
        for (std::size_t place = 0; place < 20; ++place) {
            std::string text = "abcdefghijklmnopqrst";
            text[place] = c;
            JsonWriter out;
            out.text("a", text);
            text.replace(place, 1, written);
            INFO(code << " at " << place);
            CHECK(out.finish() == "{\"a\":\"" + text + "\"}");
        }
    }
}

TEST_CASE("json writer: texts of every length around the room it begins with") {
    for (std::size_t length = 4000; length < 4120; ++length) {
        const auto text = text_of(length);
        const auto written = text.substr(0, length) + "\\\"";
        JsonWriter out;
        out.text("a", text);
        out.text("b", text);
        out.number("c", static_cast<long long>(length));
        CHECK(out.finish() == "{\"a\":\"" + written + "\",\"b\":\"" + written +
                                  "\",\"c\":" + std::to_string(length) + "}");
    }
}

}  // namespace pcc::api
