// Signatures of Keys: made by the keys of a version, checked by whoever holds them.
// Layer: server. Source: Ed25519, RFC 8032, by way of libsodium; the subkey is its seed.
#include <array>

#include <sodium.h>

#include "server/crypto/digest.hpp"
#include "server/crypto/keys.hpp"

namespace pcc::server {
namespace {

struct SigningPair {
    explicit SigningPair(const std::array<std::uint8_t, 32>& seed) {
        static_assert(crypto_sign_SEEDBYTES == sizeof seed);
        crypto_sign_seed_keypair(open.data(), secret.data(), seed.data());
    }
    SigningPair(const SigningPair&) = delete;
    auto operator=(const SigningPair&) -> SigningPair& = delete;
    ~SigningPair() { sodium_memzero(secret.data(), secret.size()); }

    std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> open{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
};

auto bytes_of(std::string_view text) -> const std::uint8_t* {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

auto Keys::sign(std::string_view text) const -> Signature {
    const SigningPair pair(current().sign);
    std::array<std::uint8_t, crypto_sign_BYTES> out{};
    crypto_sign_detached(out.data(), nullptr, bytes_of(text), text.size(), pair.secret.data());
    return {current().number, to_base64url(out.data(), out.size())};
}

auto Keys::is_signed(std::string_view text, const Signature& signature) const -> bool {
    const auto* key = version(signature.key_version);
    const auto bytes = from_base64url(signature.text);
    if (key == nullptr || !bytes || bytes->size() != crypto_sign_BYTES) return false;
    const SigningPair pair(key->sign);
    return crypto_sign_verify_detached(bytes->data(), bytes_of(text), text.size(),
                                       pair.open.data()) == 0;
}

}  // namespace pcc::server
