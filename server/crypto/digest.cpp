#include "server/crypto/digest.hpp"

#include <array>

#include <sodium.h>

namespace pcc::server {
namespace {

constexpr auto url_variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

auto sha256(std::string_view text) -> std::array<std::uint8_t, crypto_hash_sha256_BYTES> {
    std::array<std::uint8_t, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const std::uint8_t*>(text.data()),
                       text.size());
    return digest;
}

auto to_base64(const std::uint8_t* bytes, std::size_t count, int variant) -> std::string {
    std::string text(sodium_base64_encoded_len(count, variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes, count, variant);
    text.pop_back();
    return text;
}

}  // namespace

auto sha256_hex(std::string_view text) -> std::string {
    const auto digest = sha256(text);
    return to_hex(digest.data(), digest.size());
}

auto sha256_base64(std::string_view text) -> std::string {
    const auto digest = sha256(text);
    return to_base64(digest.data(), digest.size(), sodium_base64_VARIANT_ORIGINAL);
}

auto canonical_text(const std::vector<std::string>& texts) -> std::string {
    std::string out;
    for (const auto& text : texts)
        out += std::to_string(text.size()) + ':' + text + '\n';
    return out;
}

auto to_hex(const std::uint8_t* bytes, std::size_t count) -> std::string {
    std::string hex(count * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes, count);
    hex.pop_back();
    return hex;
}

auto from_hex(std::string_view hex) -> std::optional<Bytes> {
    if (hex.empty()) return Bytes{};
    if (hex.size() % 2 != 0) return std::nullopt;
    if (hex.find_first_not_of("0123456789abcdef") != std::string_view::npos) return std::nullopt;
    Bytes bytes(hex.size() / 2);
    std::size_t length = 0;
    if (sodium_hex2bin(bytes.data(), bytes.size(), hex.data(), hex.size(), nullptr, &length,
                       nullptr) != 0 ||
        length != bytes.size()) {
        return std::nullopt;
    }
    return bytes;
}

auto to_base64url(const std::uint8_t* bytes, std::size_t count) -> std::string {
    return to_base64(bytes, count, url_variant);
}

auto from_base64url(std::string_view text) -> std::optional<Bytes> {
    if (text.empty()) return Bytes{};
    Bytes bytes(text.size());
    std::size_t length = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                          &end, url_variant) != 0 ||
        end != text.data() + text.size()) {
        return std::nullopt;
    }
    bytes.resize(length);
    return bytes;
}

}  // namespace pcc::server
