#include "core/access/token_id.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/access/token_id_reading.hpp"

namespace pcc::access {
namespace {

constexpr std::string_view prefix = "pcc_";
constexpr std::string_view handle_prefix = "tok_";
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t body_length = 32;
constexpr std::size_t checked_length = prefix.size() + body_length;
constexpr std::size_t checksum_length = 7;
static_assert(checked_length + checksum_length == token_id_length);
static_assert(token_id_random_bytes * 8 == body_length * 5);

/// CRC-32 as in IEEE 802.3: reflected polynomial 0xEDB88320.
auto crc32(std::string_view text) -> std::uint32_t {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
        }
    }
    return ~crc;
}

/// Big-endian; 7 characters hold 35 bits, so the top three are zero.
void append_checksum(std::string& canonical) {
    const auto crc = crc32(canonical);
    for (std::size_t i = checksum_length; i-- > 0;) {
        const auto shift = 5 * i;
        canonical += alphabet[(static_cast<std::uint64_t>(crc) >> shift) & 31U];
    }
}

auto lower(char c) -> char {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// The character of the alphabet that a person means by `c`, or 0.
auto meant_by(char c) -> char {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
    if (c == 'O') return '0';
    if (c == 'I' || c == 'L') return '1';
    return c != 0 && alphabet.find(c) != std::string_view::npos ? c : '\0';
}

auto begins_with(std::string_view letters, std::string_view wanted) -> bool {
    if (letters.size() < wanted.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (lower(letters[i]) != wanted[i]) return false;
    }
    return true;
}

auto fault(TokenIdFault kind, std::size_t number = 0) -> std::optional<TokenIdError> {
    return TokenIdError{kind, number};
}

auto looks_like_url(std::string_view pasted) -> bool {
    return pasted.find("://") != std::string_view::npos;
}

auto check_prefix(const PastedLetters& pasted) -> std::optional<TokenIdError> {
    const auto letters = pasted.letters.reveal();
    const auto shown = std::min(prefix.size(), letters.size());
    for (std::size_t i = 0; i < shown; ++i) {
        if (pasted.marks[i].kind == LetterKind::Unprintable) {
            return fault(TokenIdFault::BadCharacter, pasted.marks[i].position);
        }
    }
    if (begins_with(letters, handle_prefix)) return fault(TokenIdFault::Handle);
    if (!begins_with(letters, prefix)) return fault(TokenIdFault::MissingPrefix);
    for (std::size_t i = 0; i < prefix.size(); ++i) {
        if (pasted.marks[i].kind == LetterKind::LookAlike) {
            return fault(TokenIdFault::LookAlike, pasted.marks[i].position);
        }
    }
    return std::nullopt;
}

auto check_characters(const PastedLetters& pasted) -> std::optional<TokenIdError> {
    const auto letters = pasted.letters.reveal();
    for (std::size_t i = prefix.size(); i < letters.size(); ++i) {
        const auto& mark = pasted.marks[i];
        if (meant_by(letters[i]) == 0) return fault(TokenIdFault::BadCharacter, mark.position);
        if (mark.kind == LetterKind::LookAlike) {
            return fault(TokenIdFault::LookAlike, mark.position);
        }
    }
    if (letters.size() < token_id_length) return fault(TokenIdFault::TooShort, letters.size());
    if (letters.size() > token_id_length) return fault(TokenIdFault::TooLong, letters.size());
    return std::nullopt;
}

/// The first 36 characters as they are written, with the checksum they should have.
auto canonical_of(std::string_view letters) -> Secret {
    std::string canonical;
    canonical.reserve(token_id_length);
    canonical += prefix;
    for (const char c : letters.substr(prefix.size(), body_length))
        canonical += meant_by(c);
    append_checksum(canonical);
    return Secret(std::move(canonical));
}

auto checksum_matches(std::string_view canonical, std::string_view letters) -> bool {
    for (std::size_t i = checked_length; i < token_id_length; ++i) {
        if (meant_by(letters[i]) != canonical[i]) return false;
    }
    return true;
}

}  // namespace

TokenId::TokenId(Secret text) : text_(std::move(text)) {}

auto generate_token_id(const TokenIdBytes& random) -> TokenId {
    std::string canonical;
    canonical.reserve(token_id_length);
    canonical += prefix;
    unsigned window = 0;
    int bits = 0;
    for (const auto byte : random) {
        window = (window << 8) | byte;
        for (bits += 8; bits >= 5; bits -= 5)
            canonical += alphabet[(window >> (bits - 5)) & 31U];
    }
    append_checksum(canonical);
    return TokenId(Secret(std::move(canonical)));
}

auto parse_token_id(std::string_view pasted) -> Result<TokenId, TokenIdError> {
    if (pasted.size() > token_id_longest_paste) return failed(*fault(TokenIdFault::TooMuchText));
    if (looks_like_url(pasted)) return failed(*fault(TokenIdFault::Url));
    const auto read = read_pasted_letters(pasted);
    const auto letters = read.letters.reveal();
    if (letters.empty()) return failed(*fault(TokenIdFault::Empty));
    if (const auto error = check_prefix(read)) return failed(*error);
    if (const auto error = check_characters(read)) return failed(*error);
    auto canonical = canonical_of(letters);
    if (!checksum_matches(canonical.reveal(), letters)) {
        return failed(*fault(TokenIdFault::ChecksumMismatch));
    }
    return TokenId(std::move(canonical));
}

auto explain(const TokenIdError& error) -> std::string {
    const auto number = std::to_string(error.number);
    switch (error.fault) {
        case TokenIdFault::Empty:
            return "Paste the Token ID you were given. It begins with pcc_ and has 43 characters.";
        case TokenIdFault::TooMuchText:
            return "This is far too much text for a Token ID. Copy only the 43 characters that "
                   "begin with pcc_ and paste again.";
        case TokenIdFault::Url:
            return "This is a web address, not a Token ID. Ask for the 43 characters that begin "
                   "with pcc_ and paste them here.";
        case TokenIdFault::Handle:
            return "This is a token's public name (tok_...), which opens nothing. Ask the admin "
                   "for the Token ID itself, which begins with pcc_.";
        case TokenIdFault::MissingPrefix:
            return "A Token ID begins with pcc_. Copy it again from its first character to its "
                   "last.";
        case TokenIdFault::BadCharacter:
            return "Character " + number +
                   " cannot be part of a Token ID, which has only letters and digits after pcc_ "
                   "and no U. Copy it again rather than typing it.";
        case TokenIdFault::LookAlike:
            return "Character " + number +
                   " only looks right: it comes from another alphabet. Copy the Token ID again "
                   "from where it was generated.";
        case TokenIdFault::TooShort:
            return "This has " + number +
                   " characters and a Token ID has 43, so part of it is missing. Copy the whole "
                   "of it and paste again.";
        case TokenIdFault::TooLong:
            return "This has " + number +
                   " characters and a Token ID has 43, so something else was copied with it. Copy "
                   "it alone and paste again.";
        case TokenIdFault::ChecksumMismatch:
            return "At least one character of this Token ID is wrong. Copy it again rather than "
                   "typing it, or ask the admin to send it once more.";
    }
    return {};
}

auto token_id_hint(const TokenId& id) -> std::string {
    const auto text = id.text().reveal();
    std::string hint(text.substr(0, prefix.size() + 4));
    hint += "\u2026";
    hint += text.substr(token_id_length - 4);
    return hint;
}

}  // namespace pcc::access
