// The Token ID: the secret an admin hands over. Format, generation, tolerant parsing, masked hint.
// Layer: access. Draws no randomness itself, looks nothing up, keeps nothing.
#pragma once

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pcc::access {

/// `pcc_`, 32 characters of Crockford base32 (160 random bits), 7 of CRC-32.
/// Source: reference/security.md, decision table; alphabet after Crockford, base32 without I, L, O, U.
inline constexpr std::size_t token_id_random_bytes = 20;
inline constexpr std::size_t token_id_length = 43;
/// Longest text that is looked at; what people paste by mistake is refused before it is scanned.
inline constexpr std::size_t token_id_longest_paste = 1024;

using TokenIdBytes = std::array<std::uint8_t, token_id_random_bytes>;

enum class TokenIdFault {
    Empty,
    TooMuchText,     // more than token_id_longest_paste bytes
    Url,             // a web address was pasted
    Handle,          // a tok_... handle: the public name of a token, not its secret
    MissingPrefix,   // does not begin with pcc_
    BadCharacter,    // a character that no Token ID has, such as U or a comma
    LookAlike,       // a letter of another script that only looks like a Latin one
    TooShort,
    TooLong,
    ChecksumMismatch,  // mistyped or cut somewhere
};

struct TokenIdError {
    TokenIdFault fault = TokenIdFault::Empty;
    /// Where it matters, how many characters were found (TooShort, TooLong) or the 1-based position
    /// in the pasted text (BadCharacter, LookAlike); 0 otherwise. Units: characters.
    std::size_t number = 0;
    friend auto operator==(const TokenIdError&, const TokenIdError&) -> bool = default;
};

/// A well-formed Token ID in canonical form. Only made by generating or by parsing.
class TokenId {
public:
    /// The canonical 43 characters.
    auto text() const -> const Secret& { return text_; }

private:
    explicit TokenId(Secret text);
    Secret text_;
    friend auto generate_token_id(const TokenIdBytes& random) -> TokenId;
    friend auto parse_token_id(std::string_view pasted) -> Result<TokenId, TokenIdError>;
};

/// The Token ID of the given random bytes; the same bytes give the same ID.
auto generate_token_id(const TokenIdBytes& random) -> TokenId;

/// Reads what a person pasted: any case; spaces, line ends, hyphens, zero-width characters, no-break
/// spaces, a byte order mark and surrounding quotes are passed over; O is 0, I and L are 1.
/// Errors: the first fault in the order in which a person would mend it.
auto parse_token_id(std::string_view pasted) -> Result<TokenId, TokenIdError>;

/// A sentence for the person who pasted: what is wrong and what to do next.
auto explain(const TokenIdError& error) -> std::string;

/// What may be shown in lists: `pcc_7K2M…XWM4`.
auto token_id_hint(const TokenId& id) -> std::string;

}  // namespace pcc::access
