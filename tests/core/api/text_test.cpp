#include "core/api/text.hpp"

#include <string>

#include "core/api/http.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc::api {
namespace {

using namespace std::string_literals;

TEST_CASE("text: what is UTF-8 and how long it is") {
    CHECK(is_utf8(""));
    CHECK(is_utf8("Aurora \u00C9\u05D0\u4E2D\U0001F511"));
    CHECK_FALSE(is_utf8("\xFF"));
    CHECK_FALSE(is_utf8("good \xC3"));
    CHECK_FALSE(is_utf8("\xED\xA0\x80"));
    CHECK(code_point_count("") == 0);
    CHECK(code_point_count("abc") == 3);
    CHECK(code_point_count("\u00C9\u05D0\u4E2D\U0001F511") == 4);
    CHECK(code_point_count("a\xFF\xFE") == 3);
    CHECK(code_point_count("\xE2\x82") == 2);
}

TEST_CASE("text: white space at either end goes, inside it stays") {
    CHECK(clean_text("  Aurora  Porto \t\r\n", 80) == "Aurora  Porto");
    CHECK(clean_text("\u00A0\u2003\uFEFFAurora\u3000\u200B", 80) == "Aurora");
    CHECK(clean_text("\u05D0\u05D5\u05E8", 3) == "\u05D0\u05D5\u05E8");
}

struct BadText {
    const char* what;
    std::string text;
    TextFault fault;
};

TEST_CASE("text: what cannot be a name") {
    const BadText bad_texts[] = {
        {"nothing", "", TextFault::Empty},
        {"only spaces", " \t\n\u00A0\u200B", TextFault::Empty},
        {"only what leaves no mark", "\u200E\u2060\u00AD\u3164", TextFault::Empty},
        {"too long", "123456789", TextFault::TooLong},
        {"too long before it is anything else", "1234\n56789", TextFault::TooLong},
        {"not UTF-8", "abc\xFF", TextFault::NotUtf8},
        {"not UTF-8 before control characters", "a\n\xFF", TextFault::NotUtf8},
        {"line break", "a\nb", TextFault::ControlCharacter},
        {"NUL", "a\0b"s, TextFault::ControlCharacter},
        {"escape", "a\x1B[0m", TextFault::ControlCharacter},
        {"DEL", "a\x7F", TextFault::ControlCharacter},
        {"C1 control", "a\u0085b", TextFault::ControlCharacter},
        {"line separator", "a\u2028b", TextFault::ControlCharacter},
        {"what turns the rest around", "a\u202Eb", TextFault::ControlCharacter},
        {"an isolate that is not closed", "a\u2067b", TextFault::ControlCharacter},
    };
    for (const auto& bad : bad_texts) {
        CAPTURE(bad.what);
        const auto text = clean_text(bad.text, 8);
        REQUIRE_FALSE(text.has_value());
        CHECK(static_cast<int>(text.error()) == static_cast<int>(bad.fault));
    }
    CHECK(clean_text("\u00C9\u00C9\u00C9\u00C9\u00C9\u00C9\u00C9\u00C9", 8).has_value());
    CHECK(clean_text("  12345678  ", 8) == "12345678");
}

TEST_CASE("text: an SSID is measured in bytes, and says which of the two it exceeds") {
    const std::string two_bytes = "\u00E9";
    std::string name;
    for (int i = 0; i < 16; ++i)
        name += two_bytes;
    CHECK(clean_ssid(" " + name + " ") == name);
    CHECK(clean_ssid(name + "a").error().find("32 bytes") != std::string::npos);
    CHECK(clean_ssid(std::string(33, 'a')).error() == "An SSID can have at most 32 characters.");
    CHECK(clean_ssid(" ").error() == "An SSID cannot be empty.");
}

TEST_CASE("text: capitals are folded for comparing") {
    CHECK(fold_case("AURORA Porto 12") == "aurora porto 12");
    CHECK(fold_case("\u00C9TAGE \u00D7 \u00DF") == "\u00E9tage \u00D7 \u00DF");
    CHECK(fold_case("\u0391\u03A9\u03AB \u0386\u0388\u038A\u038C\u038E\u038F") ==
          "\u03B1\u03C9\u03CB \u03AC\u03AD\u03AF\u03CC\u03CD\u03CE");
    CHECK(fold_case("\u0410\u042F \u0401\u040F") == "\u0430\u044F \u0451\u045F");
    CHECK(fold_case("\u4E2D\U0001F511") == "\u4E2D\U0001F511");
    CHECK(fold_case("A\xFFZ") == "a\xFFz");
    CHECK(fold_case("@[`{") == "@[`{");
}

TEST_CASE("text: each fault is said of the field at hand") {
    CHECK(explain(TextFault::Empty, "A network name", 80) == "A network name cannot be empty.");
    CHECK(explain(TextFault::TooLong, "A tag", 32).find("32") != std::string::npos);
    for (const auto fault : {TextFault::NotUtf8, TextFault::ControlCharacter}) {
        const auto sentence = explain(fault, "A tag", 32);
        CHECK(sentence.find("A tag ") == 0);
        CHECK(sentence.back() == '.');
    }
}

TEST_CASE("http: headers are found whatever their case, the first one counts") {
    const Headers headers = {{"X-PCC-CSRF", "one"}, {"x-pcc-csrf", "two"}, {"PCC-Time", ""}};
    CHECK(header(headers, header_name::csrf) == "one");
    CHECK(header(headers, "x-PcC-cSrF") == "one");
    CHECK(header(headers, "X-PCC-CSR") == "");
    CHECK(header(headers, "PCC-Time") == "");
    CHECK(method_name(Method::Patch) == "PATCH");
    CHECK(method_name(Method::Delete) == "DELETE");
}

}  // namespace
}  // namespace pcc::api
