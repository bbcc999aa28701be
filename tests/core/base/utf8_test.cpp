#include "core/base/utf8.hpp"

#include <string>

#include "tests/core/support/dice.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc {
namespace {

TEST_CASE("every code point is written and read back") {
    for (char32_t value = 0; value <= 0x10FFFF; value += value < 0x3000 ? 1 : 61) {
        if (value >= 0xD800 && value <= 0xDFFF) continue;
        std::string text;
        append_utf8(text, value);
        const auto point = code_point_at(text, 0);
        REQUIRE(point.valid);
        REQUIRE(point.value == value);
        REQUIRE(point.length == text.size());
    }
}

TEST_CASE("what is no UTF-8 is one bad byte at a time") {
    for (const std::string text :
         {"\x80", "\xBF", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x80\xAF", "\xE0\x9F\xBF",
          "\xED\xA0\x80", "\xED\xBF\xBF", "\xE2\x82", "\xF0\x80\x80\xAF", "\xF0\x8F\xBF\xBF",
          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF"}) {
        CAPTURE(text);
        const auto point = code_point_at(text, 0);
        CHECK_FALSE(point.valid);
        CHECK(point.length == 1);
    }
}

TEST_CASE("any bytes are walked through to their end") {
    tests::Dice dice(99);
    for (int round = 0; round < 2'000; ++round) {
        const auto text = dice.bytes(dice.roll(64));
        std::size_t at = 0;
        while (at < text.size()) {
            const auto point = code_point_at(text, at);
            REQUIRE(point.length >= 1);
            at += point.length;
        }
        REQUIRE(at == text.size());
    }
}

}  // namespace
}  // namespace pcc
