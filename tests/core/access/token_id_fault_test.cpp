// The token field's part of the bad-input catalogue: each fault, where it is, and what is said.
#include <set>
#include <string>
#include <string_view>

#include <sys/mman.h>

#include "core/access/token_id.hpp"
#include "tests/core/support/dice.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc::access {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
using enum TokenIdFault;

constexpr std::string_view body = "000G40R40M30E209185GR38E1W8124GK08GWYT8";

struct Bad {
    const char* what;
    std::string pasted;
    TokenIdError error;
};

auto good() -> std::string {
    return "pcc_" + std::string(body);
}

/// The good one with the character at 1-based `position` replaced.
auto with(std::size_t position, std::string_view text) -> std::string {
    auto out = good();
    return out.replace(position - 1, 1, text);
}

auto catalogue() -> std::vector<Bad> {
    return {
        {"nothing", "", {Empty, 0}},
        {"only white space", " \t\r\n\u00A0\u200B\uFEFF", {Empty, 0}},
        {"only quotes", "\"\"", {Empty, 0}},
        {"only hyphens", "---", {Empty, 0}},
        {"prefix only", "pcc_", {TooShort, 4}},
        {"42 characters", good().substr(0, 42), {TooShort, 42}},
        {"44 characters", good() + "0", {TooLong, 44}},
        {"spaces do not count", "  " + good().substr(0, 42) + "  ", {TooShort, 42}},
        {"pasted twice", good() + "\n" + std::string(body), {TooLong, 82}},
        {"bad checksum", with(43, "9"), {ChecksumMismatch, 0}},
        {"without prefix", std::string(body), {MissingPrefix, 0}},
        {"half a prefix", "pc", {MissingPrefix, 0}},
        {"another prefix", "pcd_" + std::string(body), {MissingPrefix, 0}},
        {"prefix without underscore", "pcc" + std::string(body), {MissingPrefix, 0}},
        {"a word before it", "Token: " + good(), {MissingPrefix, 0}},
        {"text of another script", "\u0416\u0443\u043A", {MissingPrefix, 0}},
        {"a handle", "tok_4Fz9Qw2L", {Handle, 0}},
        {"a handle in capitals, quoted", "\"TOK_4FZ9\"", {Handle, 0}},
        {"an address", "https://pcc.example/assume?token=" + good(), {Url, 0}},
        {"a plain address", "http://pcc.example/", {Url, 0}},
        {"any scheme", "pcc://" + good(), {Url, 0}},
        {"letter U", with(5, "U"), {BadCharacter, 5}},
        {"small u", with(43, "u"), {BadCharacter, 43}},
        {"comma", with(20, ","), {BadCharacter, 20}},
        {"second underscore", with(20, "_"), {BadCharacter, 20}},
        {"full stop at the end", good() + ".", {BadCharacter, 44}},
        {"quote inside", with(20, "\""), {BadCharacter, 20}},
        {"position counts what is passed over", "  " + with(20, "!"), {BadCharacter, 22}},
        {"position counts characters, not bytes",
         "\u00A0\uFEFF" + with(20, "!"),
         {BadCharacter, 22}},
        {"accented letter", with(20, "\u00C9"), {BadCharacter, 20}},
        {"emoji", with(20, "\U0001F511"), {BadCharacter, 20}},
        {"NUL inside", with(20, "\0"sv), {BadCharacter, 20}},
        {"NUL in the prefix", "p\0cc_"s + std::string(body), {BadCharacter, 2}},
        {"NUL in front", "\0"s + good(), {BadCharacter, 1}},
        {"NUL at the end", good() + "\0"s, {BadCharacter, 44}},
        {"escape character", with(20, "\x1B"), {BadCharacter, 20}},
        {"DEL", with(20, "\x7F"), {BadCharacter, 20}},
        {"C1 control", with(20, "\u0090"), {BadCharacter, 20}},
        {"invalid UTF-8", with(20, "\xFF"), {BadCharacter, 20}},
        {"overlong UTF-8", with(20, "\xC0\xB0"), {BadCharacter, 20}},
        {"half a sequence at the end", good() + "\xE2\x80", {BadCharacter, 44}},
        {"lone surrogate", with(20, "\xED\xA0\x80"), {BadCharacter, 20}},
        {"Cyrillic A", with(20, "\u0410"), {LookAlike, 20}},
        {"Cyrillic small o", with(5, "\u043E"), {LookAlike, 5}},
        {"Cyrillic Ze", with(20, "\u0417"), {LookAlike, 20}},
        {"Greek Rho", with(20, "\u03A1"), {LookAlike, 20}},
        {"Greek omicron", with(5, "\u03BF"), {LookAlike, 5}},
        {"full-width digit", with(5, "\uFF10"), {LookAlike, 5}},
        {"full-width letter", with(20, "\uFF27"), {LookAlike, 20}},
        {"full-width comma", with(20, "\uFF0C"), {BadCharacter, 20}},
        {"Cyrillic prefix", "\u0440\u0441\u0441_" + std::string(body), {LookAlike, 1}},
        {"one Cyrillic letter in the prefix", "p\u0441c_" + std::string(body), {LookAlike, 2}},
        {"full-width underscore", "pcc\uFF3F" + std::string(body), {LookAlike, 4}},
        {"the first fault is named", with(10, "\u0410").replace(4, 1, "!"), {BadCharacter, 5}},
        {"a bad character before a wrong length", "pcc_U", {BadCharacter, 5}},
        {"1024 bytes are looked at", "pcc_" + std::string(1020, '0'), {TooLong, 1024}},
        {"1025 bytes are not", "pcc_" + std::string(1021, '0'), {TooMuchText, 0}},
        {"1025 spaces", std::string(1025, ' '), {TooMuchText, 0}},
        {"10 MB", std::string(10'000'000, 'A'), {TooMuchText, 0}},
    };
}

TEST_CASE("token ID: what people paste by mistake is told apart") {
    for (const auto& bad : catalogue()) {
        CAPTURE(bad.what);
        const auto id = parse_token_id(bad.pasted);
        REQUIRE_FALSE(id.has_value());
        CHECK(static_cast<int>(id.error().fault) == static_cast<int>(bad.error.fault));
        CHECK(id.error().number == bad.error.number);
        CHECK(parse_token_id(good()).has_value());
    }
}

TEST_CASE("token ID: far too much text is refused without being read") {
    constexpr std::size_t size = 10'000'000;
    void* unreadable = mmap(nullptr, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(unreadable != MAP_FAILED);
    const auto id = parse_token_id({static_cast<const char*>(unreadable), size});
    REQUIRE_FALSE(id.has_value());
    CHECK(id.error() == TokenIdError{TooMuchText, 0});
    munmap(unreadable, size);
}

TEST_CASE("token ID: any bytes are read without harm, and none by luck") {
    tests::Dice dice(7);
    for (int round = 0; round < 20'000; ++round) {
        auto pasted = dice.chance(50) ? "pcc_" + dice.bytes(dice.roll(60)) : good();
        for (auto changes = dice.roll(4) + 1; changes > 0; --changes) {
            const auto at = dice.roll(pasted.size());
            if (dice.chance(30)) {
                pasted.erase(at, 1 + dice.roll(3));
            } else {
                pasted.insert(at, dice.bytes(1 + dice.roll(3)));
            }
            if (pasted.empty()) break;
        }
        const auto id = parse_token_id(pasted);
        if (id) REQUIRE(id->text().reveal() == good());
    }
}

TEST_CASE("token ID: each fault has a sentence of its own that gives nothing away") {
    std::set<std::string> sentences;
    for (const auto fault : {Empty, TooMuchText, Url, Handle, MissingPrefix, BadCharacter,
                             LookAlike, TooShort, TooLong, ChecksumMismatch}) {
        const auto sentence = explain(TokenIdError{fault, 17});
        CAPTURE(sentence);
        CHECK(sentence.size() > 40);
        CHECK(sentence.back() == '.');
        const bool counts =
            fault == BadCharacter || fault == LookAlike || fault == TooShort || fault == TooLong;
        CHECK((sentence.find("17") != std::string::npos) == counts);
        CHECK(sentences.insert(sentence).second);
    }
}

TEST_CASE("token ID: the hint shows four and four of forty-three") {
    const auto id = parse_token_id(good());
    REQUIRE(id.has_value());
    CHECK(token_id_hint(*id) == "pcc_000G\u2026WYT8");
}

}  // namespace
}  // namespace pcc::access
