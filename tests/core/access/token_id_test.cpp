#include "core/access/token_id.hpp"

#include <string>
#include <string_view>

#include "tests/core/support/dice.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc::access {
namespace {

using namespace std::string_view_literals;
using tests::Dice;

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view sample = "pcc_000G40R40M30E209185GR38E1W8124GK08GWYT8";

auto random_bytes(Dice& dice) -> TokenIdBytes {
    TokenIdBytes bytes{};
    for (auto& byte : bytes)
        byte = static_cast<std::uint8_t>(dice.roll(256));
    return bytes;
}

auto text_of(const TokenId& id) -> std::string {
    return std::string(id.text().reveal());
}

/// The canonical text that was read, or the fault's number in angle brackets.
auto read(std::string_view pasted) -> std::string {
    const auto id = parse_token_id(pasted);
    if (id) return text_of(*id);
    return "<" + std::to_string(static_cast<int>(id.error().fault)) + ">";
}

auto fault_of(std::string_view pasted) -> TokenIdError {
    const auto id = parse_token_id(pasted);
    REQUIRE_FALSE(id.has_value());
    return id.error();
}

struct Vector {
    TokenIdBytes bytes;
    std::string_view text;
};

TEST_CASE("token ID: known bytes give known text") {
    // Computed apart from this code, with Python's zlib.crc32.
    TokenIdBytes zeros{};
    TokenIdBytes ones{};
    TokenIdBytes rising{};
    TokenIdBytes high{};
    ones.fill(255);
    for (std::uint8_t i = 0; i < 20; ++i) {
        rising[i] = i;
        high[i] = static_cast<std::uint8_t>(235 + i);
    }
    const Vector vectors[] = {
        {zeros, "pcc_000000000000000000000000000000002YAP9BN"},
        {ones, "pcc_ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ26P0SM6"},
        {rising, sample},
        {high, "pcc_XFPEVVQFY3RZ5WZMYQVFFY7SZBXZSZFY39T140Y"},
    };
    for (const auto& vector : vectors) {
        CHECK(text_of(generate_token_id(vector.bytes)) == vector.text);
        CHECK(read(vector.text) == vector.text);
    }
}

TEST_CASE("token ID: any bytes give 43 canonical characters that are read back") {
    Dice dice(160);
    for (int i = 0; i < 5'000; ++i) {
        const auto id = generate_token_id(random_bytes(dice));
        const auto text = text_of(id);
        REQUIRE(text.size() == token_id_length);
        REQUIRE(text.find_first_not_of(alphabet, 4) == std::string::npos);
        REQUIRE(read(text) == text);
        REQUIRE("0123"sv.find(text[36]) != std::string_view::npos);  // the top three bits are zero
    }
}

TEST_CASE("token ID: each of the 160 bits changes the text") {
    TokenIdBytes bytes{};
    const auto none = text_of(generate_token_id(bytes));
    for (std::size_t bit = 0; bit < 160; ++bit) {
        auto changed = bytes;
        changed[bit / 8] = static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK(text_of(generate_token_id(changed)) != none);
    }
}

TEST_CASE("token ID: one wrong character is refused") {
    Dice dice(43);
    for (int round = 0; round < 5; ++round) {
        const auto text = text_of(generate_token_id(random_bytes(dice)));
        for (std::size_t at = 0; at < text.size(); ++at) {
            for (int byte = 0; byte < 256; ++byte) {
                auto changed = text;
                changed[at] = static_cast<char>(byte);
                const auto id = parse_token_id(changed);
                if (id && text_of(*id) != text) {
                    FAIL("read as another Token ID: ", changed, " from ", text);
                }
            }
        }
    }
}

TEST_CASE("token ID: another character of the alphabet is a checksum fault") {
    for (std::size_t at = 4; at < sample.size(); ++at) {
        for (const char c : alphabet) {
            std::string changed(sample);
            if (changed[at] == c) continue;
            changed[at] = c;
            CAPTURE(changed);
            CHECK(fault_of(changed) == TokenIdError{TokenIdFault::ChecksumMismatch, 0});
        }
    }
}

TEST_CASE("token ID: two neighbours exchanged are refused") {
    Dice dice(44);
    for (int round = 0; round < 200; ++round) {
        const auto text = text_of(generate_token_id(random_bytes(dice)));
        for (std::size_t at = 0; at + 1 < text.size(); ++at) {
            auto changed = text;
            std::swap(changed[at], changed[at + 1]);
            if (changed != text) REQUIRE_FALSE(parse_token_id(changed).has_value());
        }
    }
}

TEST_CASE("token ID: the checksum is looked at in full") {
    for (std::size_t at = 36; at < sample.size(); ++at) {
        std::string changed(sample);
        changed[at] = changed[at] == '0' ? '1' : '0';
        CHECK(fault_of(changed).fault == TokenIdFault::ChecksumMismatch);
    }
}

TEST_CASE("token ID: spellings a person may give it") {
    const std::string lower = "pcc_000g40r40m30e209185gr38e1w8124gk08gwyt8";
    const std::string spellings[] = {
        lower,
        "PCC_" + lower.substr(4),
        " " + lower + " ",
        "\t" + lower + "\r\n",
        "\n\n" + lower + "\n",
        "pcc_000G-40R4-0M30-E209-185G-R38E-1W81-24GK-08GW-YT8",
        "pcc_000G 40R4 0M30 E209 185G R38E 1W81 24GK 08GW YT8",
        "\"" + lower + "\"",
        "'" + lower + "'",
        "`" + lower + "`",
        "\u201C" + lower + "\u201D",
        "\u00AB\u00A0" + lower + "\u00A0\u00BB",
        " \" " + lower + " \" ",
        "\uFEFF" + lower,
        "\u200B" + lower + "\u200B",
        "pcc_000g\u200B40r40m30e2\u00AD09185gr38e1w8124gk\u206008gwyt8",
        "pcc_000g\u00A040r4\u202F0m30e209185gr38e1w8124gk08gwyt8",
        "pcc_000g\u201140r4\u20130m30\u2014e209185gr38e1w8124gk08gwyt8",
        "p c c _" + lower.substr(4),
    };
    for (const auto& spelling : spellings) {
        CAPTURE(spelling);
        CHECK(read(spelling) == sample);
    }
    CHECK(read("pcc_OooG4OR4oM3OE2O9I85GR38El W8i24GKO8GWYT8") == sample);
    CHECK(read("pcc_OooG4OR4oM3OE2O9L85GR38ELW8l24GKO8GWYT8") == sample);
    CHECK(read("pcc_oooooooooooooooooooooooooooooooo2yap9bn") ==
          "pcc_000000000000000000000000000000002YAP9BN");
}

TEST_CASE("token ID: any mix of tolerated spellings reads as the same") {
    Dice dice(10'000);
    const std::string_view gaps[] = {" ",      "-",      "\t",     "\r\n",
                                     "\u00A0", "\u200B", "\uFEFF", "\u2010"};
    for (int round = 0; round < 2'000; ++round) {
        const auto text = text_of(generate_token_id(random_bytes(dice)));
        std::string spelled;
        for (const char c : text) {
            if (dice.chance(15)) spelled += gaps[dice.roll(std::size(gaps))];
            const bool body = spelled.find('_') != std::string::npos;
            if (body && c == '0' && dice.chance(50)) {
                spelled += dice.chance(50) ? 'O' : 'o';
            } else if (body && c == '1' && dice.chance(50)) {
                spelled += "IiLl"[dice.roll(4)];
            } else if (c >= 'A' && c <= 'Z' && dice.chance(50)) {
                spelled += static_cast<char>(c + 32);
            } else {
                spelled += c;
            }
        }
        CAPTURE(spelled);
        REQUIRE(read(spelled) == text);
    }
}

}  // namespace
}  // namespace pcc::access
