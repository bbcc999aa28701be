// The JSON part of the bad-input catalogue.
#include "core/api/json_reader.hpp"

#include <string>
#include <string_view>

#include "core/api/codec.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc::api {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using enum DecodeError::Fault;

struct BadBody {
    const char* what;
    std::string body;
    DecodeError::Fault fault;
    const char* field = "";
};

auto repeated(std::string_view text, int times) -> std::string {
    std::string out;
    for (int i = 0; i < times; ++i)
        out += text;
    return out;
}

auto utf16(std::string_view ascii, bool big_endian) -> std::string {
    std::string out = big_endian ? "\xFE\xFF" : "\xFF\xFE";
    for (const char c : ascii) {
        if (big_endian) out += '\0';
        out += c;
        if (!big_endian) out += '\0';
    }
    return out;
}

auto broken_texts() -> std::vector<BadBody> {
    return {
        {"empty", "", NotJson},
        {"white space", " \n\t ", NotJson},
        {"truncated", R"({"validity":"2h")", NotJson},
        {"truncated in a text", R"({"validity":"2)", NotJson},
        {"only an opening", "{", NotJson},
        {"trailing garbage", R"({"validity":"2h"} x)", NotJson},
        {"two values", R"({"validity":"2h"}{"validity":"8h"})", NotJson},
        {"NUL behind", R"({"validity":"2h"})"s + "\0"s, NotJson},
        {"trailing comma", R"({"validity":"2h",})", NotJson},
        {"comment", R"({"validity":"2h"/*two*/})", NotJson},
        {"single quotes", "{'validity':'2h'}", NotJson},
        {"bare name", R"({validity:"2h"})", NotJson},
        {"NaN", R"({"validity":NaN})", NotJson},
        {"Infinity", R"({"validity":-Infinity})", NotJson},
        {"leading zero", R"({"validity":02})", NotJson},
        {"plus sign", R"({"validity":+2})", NotJson},
        {"hexadecimal", R"({"validity":0x2})", NotJson},
        {"True", R"({"validity":True})", NotJson},
        {"line break in a text", "{\"validity\":\"2\nh\"}", NotJson},
        {"NUL in a text", "{\"validity\":\"2\0h\"}"s, NotJson},
        {"unknown escape", R"({"validity":"\x32h"})", NotJson},
        {"lone high surrogate", R"({"validity":"\ud800"})", NotJson},
        {"lone low surrogate", R"({"validity":"\udc00"})", NotJson},
        {"surrogates exchanged", R"({"validity":"\udc00\ud800"})", NotJson},
        {"form encoding", "validity=2h", NotJson},
        {"duplicate keys", R"({"validity":"2h","validity":"lifetime"})", DuplicateKey},
        {"duplicate keys, one escaped", R"({"validity":"2h","\u0076alidity":"8h"})", DuplicateKey},
        {"duplicate keys nobody reads", R"({"validity":"2h","x":{"a":1,"b":2,"a":3}})",
         DuplicateKey},
        {"depth 17", repeated("[", 17) + repeated("]", 17), TooDeep},
        {"depth 17 in a member", R"({"x":)" + repeated("[", 16) + repeated("]", 16) + "}", TooDeep},
        {"depth 100,000", repeated("[", 100'000), TooDeep},
        {"depth 100,000 of objects", repeated(R"({"a":)", 100'000), TooDeep},
        {"1e999", R"({"validity":"2h","x":1e999})", OutOfRange},
        {"-1e999", R"({"validity":"2h","x":-1e999})", OutOfRange},
        {"2^53", R"({"validity":"2h","x":9007199254740992})", OutOfRange},
        {"2^53+1", R"({"validity":"2h","x":9007199254740993})", OutOfRange},
        {"-2^53", R"({"validity":"2h","x":-9007199254740992})", OutOfRange},
        {"2^63", R"({"validity":"2h","x":9223372036854775808})", OutOfRange},
        {"2^64", R"({"validity":"2h","x":18446744073709551616})", OutOfRange},
        {"a hundred digits", R"({"validity":"2h","x":)" + repeated("9", 100) + "}", OutOfRange},
        {"1e300", R"({"validity":"2h","x":1e300})", OutOfRange},
        {"invalid UTF-8", "{\"validity\":\"2h\",\"x\":\"\xFF\"}", NotUtf8},
        {"invalid UTF-8 in a key", "{\"validity\":\"2h\",\"\xC3\":1}", NotUtf8},
        {"overlong UTF-8", "{\"validity\":\"2h\",\"x\":\"\xC0\xAF\"}", NotUtf8},
        {"surrogate in UTF-8", "{\"validity\":\"2h\",\"x\":\"\xED\xA0\x80\"}", NotUtf8},
        {"UTF-8 with byte order mark", "\xEF\xBB\xBF{\"validity\":\"2h\"}", NotJson},
        {"UTF-16 little-endian", utf16(R"({"validity":"2h"})", false), NotUtf8},
        {"UTF-16 big-endian", utf16(R"({"validity":"2h"})", true), NotUtf8},
        {"UTF-16 without mark", utf16(R"({"validity":"2h"})", false).substr(2), NotJson},
    };
}

auto bad_generates() -> std::vector<BadBody> {
    return {
        {"array", "[]", WrongType},
        {"array of objects", R"([{"validity":"2h"}])", WrongType},
        {"null", "null", WrongType},
        {"text", R"("2h")", WrongType},
        {"number", "2", WrongType},
        {"true", "true", WrongType},
        {"no members", "{}", Missing, "validity"},
        {"another spelling of the name", R"({"Validity":"2h"})", Missing, "validity"},
        {"only in __proto__", R"({"__proto__":{"validity":"2h"}})", Missing, "validity"},
        {"0", R"({"validity":0})", WrongType, "validity"},
        {"-2", R"({"validity":-2})", WrongType, "validity"},
        {"3", R"({"validity":3})", WrongType, "validity"},
        {"2.5", R"({"validity":2.5})", WrongType, "validity"},
        {"1e9", R"({"validity":1e9})", WrongType, "validity"},
        {"null validity", R"({"validity":null})", WrongType, "validity"},
        {"validity in an array", R"({"validity":["2h"]})", WrongType, "validity"},
        {"validity in an object", R"({"validity":{"hours":2}})", WrongType, "validity"},
        {"the text 2", R"({"validity":"2"})", OutOfRange, "validity"},
        {"the text 2.5h", R"({"validity":"2.5h"})", OutOfRange, "validity"},
        {"the text 0h", R"({"validity":"0h"})", OutOfRange, "validity"},
        {"the text -2h", R"({"validity":"-2h"})", OutOfRange, "validity"},
        {"the text lifetime with a space", R"({"validity":"lifetime "})", OutOfRange, "validity"},
        {"NUL behind lifetime", R"({"validity":"lifetime\u0000"})", OutOfRange, "validity"},
        {"empty text", R"({"validity":""})", OutOfRange, "validity"},
        {"a thousand years", R"({"validity":"9999999h"})", OutOfRange, "validity"},
    };
}

TEST_CASE("JSON: what is broken is refused by whatever reads it") {
    for (const auto& bad : broken_texts()) {
        CAPTURE(bad.what);
        const auto tree = parse_json(bad.body);
        REQUIRE_FALSE(tree.has_value());
        CHECK(static_cast<int>(tree.error().fault) == static_cast<int>(bad.fault));
        CHECK(tree.error().field == "");
        CHECK_FALSE(decode_generate_token(bad.body).has_value());
        CHECK_FALSE(decode_sign_in(bad.body).has_value());
        CHECK_FALSE(decode_tokens(bad.body).has_value());
        CHECK(decode_problem(400, bad.body).is(code::answer_malformed));
        CHECK(decode_generate_token(R"({"validity":"2h"})").has_value());
    }
}

TEST_CASE("JSON: a request of the wrong shape says which member is at fault") {
    for (const auto& bad : bad_generates()) {
        CAPTURE(bad.what);
        const auto request = decode_generate_token(bad.body);
        REQUIRE_FALSE(request.has_value());
        CHECK(static_cast<int>(request.error().fault) == static_cast<int>(bad.fault));
        CHECK(request.error().field == bad.field);
    }
}

TEST_CASE("JSON: what is good is read") {
    const auto deepest = R"({"validity":"2h","x":)" + repeated("[", 15) + repeated("]", 15) + "}";
    for (const auto& body : {
             R"({"validity":"2h"})"s,
             " \r\n\t{ \"validity\" : \"2h\" } \n"s,
             R"({"validity":"\u0032\u0068"})"s,
             R"({"validity":"2h","org_id":"org_other","role":"admin","organization":{"id":"x"}})"s,
             R"({"__proto__":{"role":"admin"},"constructor":null,"validity":"2h"})"s,
             R"({"validity":"2h","x":9007199254740991,"y":-9007199254740991,"z":1.5e3})"s,
             R"({"validity":"2h","a":{"k":1},"b":{"k":1}})"s,
             deepest,
         }) {
        CAPTURE(body);
        const auto request = decode_generate_token(body);
        REQUIRE(request.has_value());
        CHECK(request->validity == access::Validity::of_hours(2));
    }
    const auto pair = parse_json(R"({"key":"\ud83d\udd11"})");
    REQUIRE(pair.has_value());
    CHECK(pair->items[0].text == "\U0001F511");
}

TEST_CASE("JSON: a validity that is not offered is read, for policy to judge") {
    const auto request = decode_generate_token(R"({"validity":"36h"})");
    REQUIRE(request.has_value());
    CHECK(request->validity.hours() == 36);
}

TEST_CASE("JSON: a fault deep inside is named with its path") {
    const auto page = decode_tokens(
        R"({"items":[{"handle":"tok_1","hint":"h","validity":"2h",
            "generated_at":"2026-11-23T19:22:05Z","expires_at":null,
            "generated_by":{"id":"usr_1","name":7},"ended":null,"last_used_at":null,
            "last_used_by":null,"use_count":0,"live_count":0}],"next":null,"total":1})");
    REQUIRE_FALSE(page.has_value());
    CHECK(page.error().fault == WrongType);
    CHECK(page.error().field == "items[0].generated_by.name");

    const auto second = decode_networks(R"({"items":[],"next":null,"total":-1})");
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().fault == OutOfRange);
    CHECK(second.error().field == "total");

    const auto item = decode_tokens(R"({"items":[null],"next":null,"total":0})");
    REQUIRE_FALSE(item.has_value());
    CHECK(item.error().fault == WrongType);
    CHECK(item.error().field == "items[0]");

    const auto when = decode_organization(
        R"({"id":"o","name":"n","created_at":"2026-02-30T00:00:00Z","network_count":0})");
    REQUIRE_FALSE(when.has_value());
    CHECK(when.error().fault == OutOfRange);
    CHECK(when.error().field == "created_at");
}

TEST_CASE("JSON: ten thousand members are read in a moment") {
    std::string body = "{";
    for (int i = 0; i < 10'000; ++i)
        body += "\"k" + std::to_string(i) + "\":" + std::to_string(i) + ",";
    const auto tree = parse_json(body + "\"k10000\":0}");
    REQUIRE(tree.has_value());
    CHECK(tree->items.size() == 10'001);
    CHECK_FALSE(parse_json(body + "\"k77\":0}").has_value());
}

}  // namespace
}  // namespace pcc::api
