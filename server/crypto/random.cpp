#include "server/crypto/random.hpp"

#include <array>
#include <cstdlib>

#include <sodium.h>

#include "server/crypto/digest.hpp"

namespace pcc::server {
namespace {

// Without I, L, O and U: nobody reads one for another, and no word comes out.
constexpr std::string_view alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

auto random_letters(RandomSource& random, std::size_t count) -> std::string {
    std::string letters(count, '\0');
    random.fill(reinterpret_cast<std::uint8_t*>(letters.data()), count);
    for (auto& letter : letters)
        letter = alphabet[static_cast<unsigned char>(letter) % 32];
    return letters;
}

}  // namespace

SystemRandom::SystemRandom() {
    // Without randomness nothing this program says is worth anything.
    if (sodium_init() < 0) std::abort();
}

void SystemRandom::fill(std::uint8_t* bytes, std::size_t count) {
    randombytes_buf(bytes, count);
}

auto random_name(RandomSource& random, std::string_view prefix) -> std::string {
    constexpr std::size_t letters = 26;
    return std::string(prefix) + random_letters(random, letters);
}

auto random_secret(RandomSource& random) -> Secret {
    std::array<std::uint8_t, 32> bytes{};
    random.fill(bytes.data(), bytes.size());
    Secret secret(to_base64url(bytes.data(), bytes.size()));
    sodium_memzero(bytes.data(), bytes.size());
    return secret;
}

auto random_token_id(RandomSource& random) -> access::TokenId {
    access::TokenIdBytes bytes{};
    random.fill(bytes.data(), bytes.size());
    auto id = access::generate_token_id(bytes);
    sodium_memzero(bytes.data(), bytes.size());
    return id;
}

auto random_password(RandomSource& random) -> Secret {
    constexpr std::size_t groups = 4;
    constexpr std::size_t letters = 5;
    std::string text;
    for (std::size_t group = 0; group < groups; ++group) {
        if (group > 0) text += '-';
        text += random_letters(random, letters);
    }
    return Secret(std::move(text));
}

}  // namespace pcc::server
