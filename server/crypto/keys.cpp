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
    Throttle = 6,
    Sign = 7,
    End = 8,
    Fingerprint = 9
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
    const auto mac_key = [&subkey](MacKey& out, Purpose purpose) {
        Subkey key{};
        subkey(key, purpose);
        crypto_auth_hmacsha256_init(&out, key.data(), key.size());
        sodium_memzero(key.data(), key.size());
    };
    mac_key(version.lookup, Lookup);
    subkey(version.seal, Seal);
    mac_key(version.cursor, Cursor);
    mac_key(version.session, Session);
    mac_key(version.csrf, Csrf);
    mac_key(version.throttle, Throttle);
    subkey(version.sign, Sign);
    mac_key(version.end, End);
    mac_key(version.fingerprint, Fingerprint);
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
    return current().number;
}

void Keys::use_as_of(Instant now) {
    const auto told = millis_since_epoch(now);
    const auto found = std::find_if(versions_.begin(), versions_.end(),
                                    [told](const Version& v) { return v.since <= told; });
    if (found != versions_.end()) current_ = static_cast<std::size_t>(found - versions_.begin());
}

auto Keys::next_at() const -> std::optional<Instant> {
    if (current_ == 0) return std::nullopt;
    return instant_from_millis(versions_.at(current_ - 1).since);
}

auto Keys::newest_by(Instant then) const -> int {
    const auto due = std::find_if(versions_.begin(), versions_.end(), [then](const Version& v) {
        return v.since <= millis_since_epoch(then);
    });
    return due == versions_.end() ? versions_.back().number : due->number;
}

auto Keys::version(int number) const -> const Version* {
    const auto found = std::find_if(versions_.begin(), versions_.end(),
                                    [number](const Version& v) { return v.number == number; });
    return found == versions_.end() ? nullptr : &*found;
}

auto Keys::mac(const MacKey& key, std::string_view text) -> std::string {
    std::array<std::uint8_t, crypto_auth_hmacsha256_BYTES> out{};
    auto state = key;
    crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
    crypto_auth_hmacsha256_final(&state, out.data());
    return to_base64url(out.data(), out.size());
}

auto Keys::macs(MacKey Version::*key, std::string_view text) const -> std::vector<std::string> {
    std::vector<std::string> all;
    for (const auto& version : versions_)
        all.push_back(mac(version.*key, text));
    return all;
}

auto Keys::token_lookup(const access::TokenId& id) const -> std::string {
    return mac(current().lookup, id.text().reveal());
}

auto Keys::token_lookups(const access::TokenId& id) const -> std::vector<std::string> {
    return macs(&Version::lookup, id.text().reveal());
}

auto Keys::seal(const access::TokenId& id, const OrganizationId& organization,
                const TokenHandle& handle, RandomSource& random) const -> SealedTokenId {
    const auto& key = current();
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
    return mac(current().session, cookie.reveal());
}

auto Keys::session_hashes(const Secret& cookie) const -> std::vector<std::string> {
    return macs(&Version::session, cookie.reveal());
}

auto Keys::csrf(const Secret& cookie, std::string_view session_hash) const -> Secret {
    for (const auto& version : versions_) {
        if (mac(version.session, cookie.reveal()) == session_hash) {
            return Secret(mac(version.csrf, cookie.reveal()));
        }
    }
    return {};
}

auto Keys::cursor_mac(std::string_view text) const -> std::string {
    return mac(current().cursor, text);
}

auto Keys::is_cursor_mac(std::string_view text, const Secret& given) const -> bool {
    const auto all = macs(&Version::cursor, text);
    return std::any_of(all.begin(), all.end(), [&given](const std::string& right) {
        return same_secret(Secret(right), given);
    });
}

auto Keys::throttle_name(std::string_view text) const -> std::string {
    return mac(versions_.back().throttle, text);
}

auto Keys::end_mac(int number, std::string_view text) const -> std::optional<std::string> {
    const auto* key = version(number);
    if (key == nullptr) return std::nullopt;
    return mac(key->end, text);
}

auto Keys::fingerprints() const -> std::vector<std::pair<int, std::string>> {
    std::vector<std::pair<int, std::string>> all;
    for (const auto& version : versions_)
        all.emplace_back(version.number, mac(version.fingerprint, "pcc keys"));
    return all;
}

}  // namespace pcc::server
