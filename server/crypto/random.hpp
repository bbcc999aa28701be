// Random bytes, from a source that tests can replace, and the identifiers and secrets made of them.
// Layer: server. Keeps nothing; says nothing of what an identifier is used for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/access/token_id.hpp"
#include "core/base/secret.hpp"

namespace pcc::server {

class RandomSource {
  public:
    RandomSource() = default;
    RandomSource(const RandomSource&) = delete;
    auto operator=(const RandomSource&) -> RandomSource& = delete;
    virtual ~RandomSource() = default;

    /// Fills `count` bytes at `bytes`; called from several threads at once.
    virtual void fill(std::uint8_t* bytes, std::size_t count) = 0;
};

/// The operating system's randomness, by way of libsodium.
class SystemRandom final : public RandomSource {
  public:
    SystemRandom();
    void fill(std::uint8_t* bytes, std::size_t count) override;
};

/// `prefix` and 26 characters of base32 in lower case (130 bits): `tok_3k9...`.
auto random_name(RandomSource& random, std::string_view prefix) -> std::string;

template <class IdType>
auto random_id(RandomSource& random, std::string_view prefix) -> IdType {
    return IdType(random_name(random, prefix));
}

/// 256 bits in base64url without padding, for a cookie.
auto random_secret(RandomSource& random) -> Secret;
auto random_token_id(RandomSource& random) -> access::TokenId;
/// A password nobody chose: 20 characters without look-alikes, in groups of five.
auto random_password(RandomSource& random) -> Secret;

}  // namespace pcc::server
