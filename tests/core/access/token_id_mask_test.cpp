#include "core/access/token_id_mask.hpp"

#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "core/access/token_id.hpp"
#include "tests/core/support/dice.hpp"

using namespace pcc;

namespace {

auto some_token_id(unsigned seed) -> access::TokenId {
    access::TokenIdBytes bytes{};
    for (auto& byte : bytes) {
        seed = seed * 1664525U + 1013904223U;
        byte = static_cast<std::uint8_t>(seed >> 24);
    }
    return access::generate_token_id(bytes);
}

/// The most letters of the Token ID that stand together in the text.
auto longest_shared(std::string_view token_id, std::string_view text) -> std::size_t {
    std::size_t longest = 0;
    for (std::size_t i = 0; i < token_id.size(); ++i) {
        for (std::size_t n = longest + 1; i + n <= token_id.size(); ++n) {
            if (text.find(token_id.substr(i, n)) == std::string_view::npos) break;
            longest = n;
        }
    }
    return longest;
}

}  // namespace

TEST_CASE("a Token ID becomes its hint, however it was pasted") {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        const auto id = some_token_id(seed);
        const std::string text(id.text().reveal());
        const auto hint = access::token_id_hint(id);
        CHECK(access::mask_token_id(text) == hint);
        CHECK(access::mask_token_id(" \"" + text + "\"\n") == hint);
        CHECK(access::mask_token_id(text.substr(4)) == hint);
        CHECK(access::mask_token_id(hint) == hint);
    }
}

TEST_CASE("of a Token ID that is cut or mistyped, only what a hint begins with is left") {
    const std::string text(some_token_id(7).text().reveal());
    for (std::size_t length = 9; length < text.size(); ++length) {
        CHECK(access::mask_token_id(text.substr(0, length)) == text.substr(0, 8));
    }
    auto wrong = text;
    std::swap(wrong[20], wrong[21]);
    wrong[30] = wrong[30] == '7' ? '8' : '7';
    for (const auto& typed : {wrong, text + "X", "the token is " + text, text + text,
                              "PCC_" + wrong.substr(4), text + "…" + text.substr(39)}) {
        INFO(typed);
        CHECK(longest_shared(text, access::mask_token_id(typed)) <= 8);
    }
}

TEST_CASE("any other search is left as it is") {
    for (const std::string typed :
         {"", "pcc_", "pcc_7K2M", "Lobby", "Aurora Hotels", "…", "pcc", "tok_01", "2 Hours",
          "Łódź café 東京", "Internationalisation of everything"}) {
        CHECK(access::mask_token_id(typed) == typed);
    }
}
