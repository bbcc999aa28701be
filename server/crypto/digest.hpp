// SHA-256 and the two texts that bytes travel in.
// Layer: server. Knows no key.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pcc::server {

using Bytes = std::vector<std::uint8_t>;

/// In 64 characters of lower-case hexadecimal.
auto sha256_hex(std::string_view text) -> std::string;
/// In padded base64, as a page's policy names a script. Source: CSP 3, 2.3.1.
auto sha256_base64(std::string_view text) -> std::string;

/// The texts as one, each with its length before it: no two lists of texts give the same.
auto canonical_text(const std::vector<std::string>& texts) -> std::string;

auto to_hex(const std::uint8_t* bytes, std::size_t count) -> std::string;
/// Nothing where the text is not whole bytes in lower-case hexadecimal.
auto from_hex(std::string_view hex) -> std::optional<Bytes>;

/// Without padding, as it may stand in a URL or a cookie.
auto to_base64url(const std::uint8_t* bytes, std::size_t count) -> std::string;
auto from_base64url(std::string_view text) -> std::optional<Bytes>;

}  // namespace pcc::server
