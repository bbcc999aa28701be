#include "server/crypto/keys.hpp"

#include <algorithm>

#include <sodium.h>

#include "server/crypto/digest.hpp"

namespace pcc::server {
namespace {

// Source: libsodium, key derivation: a context of eight letters and a number for each subkey.
constexpr const char* context = "pcc_keys";
enum Purpose : std::uint64_t {
    Lookup = 1,
    Seal = 2,
    Cursor = 3,
    Session = 4,
    Csrf = 5,
    Throttle = 6
};

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

/// What a sealed Token ID belongs to; it opens nowhere else.
auto associated_data(int version, const OrganizationId& organization, const TokenHandle& handle)
    -> std::string {
    return organization.value + '\n' + handle.value + '\n' + std::to_string(version);
}

auto bytes_of(std::string_view text) -> const std::uint8_t* {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

}  // namespace

auto Keys::derive(int number, const Subkey& master) -> Version {
    Version version;
    version.number = number;
    const auto subkey = [&master](Subkey& out, Purpose purpose) {
        crypto_kdf_derive_from_key(out.data(), out.size(), purpose, context, master.data());
    };
    subkey(version.lookup, Lookup);
    subkey(version.seal, Seal);
    subkey(version.cursor, Cursor);
    subkey(version.session, Session);
    subkey(version.csrf, Csrf);
    subkey(version.throttle, Throttle);
    return version;
}

auto Keys::in_memory(RandomSource& random) -> Keys {
    Subkey master{};
    random.fill(master.data(), master.size());
    Keys keys;
    keys.versions_.push_back(derive(1, master));
    return keys;
}

auto Keys::current_version() const -> int {
    return versions_.front().number;
}

auto Keys::version(int number) const -> const Version* {
    const auto found = std::find_if(versions_.begin(), versions_.end(),
                                    [number](const Version& v) { return v.number == number; });
    return found == versions_.end() ? nullptr : &*found;
}

auto Keys::mac(const Subkey& key, std::string_view text) -> std::string {
    std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> out{};
    crypto_auth_hmacsha256(out.data(), bytes_of(text), text.size(), key.data());
    return to_base64url(out.data(), out.size());
}

auto Keys::token_lookup(const access::TokenId& id) const -> std::string {
    return mac(versions_.front().lookup, id.text().reveal());
}

auto Keys::token_lookups(const access::TokenId& id) const -> std::vector<std::string> {
    std::vector<std::string> lookups;
    for (const auto& version : versions_)
        lookups.push_back(mac(version.lookup, id.text().reveal()));
    return lookups;
}

auto Keys::seal(const access::TokenId& id, const OrganizationId& organization,
                const TokenHandle& handle, RandomSource& random) const -> SealedTokenId {
    const auto& key = versions_.front();
    const auto text = id.text().reveal();
    const auto data = associated_data(key.number, organization, handle);
    Bytes out(nonce_size + text.size() + tag_size);
    random.fill(out.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_size, nullptr, bytes_of(text),
                                               text.size(), bytes_of(data), data.size(), nullptr,
                                               out.data(), key.seal.data());
    return {key.number, to_base64url(out.data(), out.size())};
}

auto Keys::open(const SealedTokenId& sealed, const OrganizationId& organization,
                const TokenHandle& handle) const -> std::optional<Secret> {
    const auto* key = version(sealed.key_version);
    const auto bytes = from_base64url(sealed.sealed);
    if (key == nullptr || !bytes || bytes->size() < nonce_size + tag_size) return std::nullopt;
    const auto data = associated_data(sealed.key_version, organization, handle);
    std::string text(bytes->size() - nonce_size - tag_size, '\0');
    const auto opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<std::uint8_t*>(text.data()), nullptr, nullptr, bytes->data() + nonce_size,
        bytes->size() - nonce_size, bytes_of(data), data.size(), bytes->data(), key->seal.data());
    if (opened != 0) return std::nullopt;
    return Secret(std::move(text));
}

auto Keys::session_hash(const Secret& cookie) const -> std::string {
    return mac(versions_.front().session, cookie.reveal());
}

auto Keys::csrf(const Secret& cookie) const -> Secret {
    return Secret(mac(versions_.front().csrf, cookie.reveal()));
}

auto Keys::cursor_mac(std::string_view text) const -> std::string {
    return mac(versions_.front().cursor, text);
}

auto Keys::throttle_name(std::string_view text) const -> std::string {
    return mac(versions_.front().throttle, text);
}

}  // namespace pcc::server
