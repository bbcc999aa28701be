// The server's keys: read from a private file outside the database, one subkey for each purpose.
// Layer: server. Stores nothing but its own file; decides no right.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sodium.h>

#include "core/access/token_id.hpp"
#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "core/base/timestamp.hpp"
#include "server/crypto/random.hpp"

namespace pcc::server {

struct KeysError {
    enum class Fault { Missing, Exists, NotPrivate, Malformed, NotReadable, NotWritable };
    Fault fault = Fault::Missing;
    std::string message;  // what happened and what to do, for the person at the terminal
};

/// A Token ID as the database keeps it: of no use without the key of that version.
struct SealedTokenId {
    int key_version = 0;
    std::string sealed;  // base64url of nonce and ciphertext; empty once erased
};

/// What only who holds the keys could write, and of which version they were.
struct Signature {
    int key_version = 0;
    std::string text;  // base64url
};

class Keys {
  public:
    /// New keys, written to a file of mode 0600. Errors: Exists where there is a file already.
    static auto create(const std::string& path, RandomSource& random) -> Result<Keys, KeysError>;
    /// Errors: NotPrivate where the group or others may read or write the file.
    static auto load(const std::string& path) -> Result<Keys, KeysError>;
    /// Keys that are kept nowhere, for tests and stories.
    static auto in_memory(RandomSource& random) -> Keys;

    /// The version that things are made with. Those after it are known, and wait for their time.
    auto current_version() const -> int;
    auto newest_version() const -> int { return versions_.front().number; }
    /// Makes the newest version current whose time has come; `load` takes none that has to wait.
    void use_as_of(Instant now);
    /// When the next version will be current; nothing where none waits.
    auto next_at() const -> std::optional<Instant>;

    /// The newest version that is current then, or was before.
    auto newest_by(Instant then) const -> int;

    /// Adds a version to the file, current from that instant on, and answers the keys with it.
    /// Errors: those of `load`, and NotWritable; the file is as it was then.
    static auto rotate(const std::string& path, RandomSource& random, Instant since)
        -> Result<Keys, KeysError>;

    /// What the database finds a Token ID by, under the current key.
    auto token_lookup(const access::TokenId& id) const -> std::string;
    /// The same under every key, the current one first: a token outlives a rotation.
    auto token_lookups(const access::TokenId& id) const -> std::vector<std::string>;

    /// The Token ID sealed to its organization and handle.
    auto seal(const access::TokenId& id, const OrganizationId& organization,
              const TokenHandle& handle, RandomSource& random) const -> SealedTokenId;
    /// Nothing where it was sealed to another place, by another key, or changed.
    auto open(const SealedTokenId& sealed, const OrganizationId& organization,
              const TokenHandle& handle) const -> std::optional<Secret>;

    /// What the database finds a session by, under the current key.
    auto session_hash(const Secret& cookie) const -> std::string;
    /// The same under every key: a session outlives a rotation.
    auto session_hashes(const Secret& cookie) const -> std::vector<std::string>;
    /// The value that `X-PCC-CSRF` has to carry in the session of that cookie, found by that hash;
    /// the same as long as the session lives. Nothing where no key gives that hash.
    auto csrf(const Secret& cookie, std::string_view session_hash) const -> Secret;
    auto cursor_mac(std::string_view text) const -> std::string;
    /// Whether any of the keys gives it.
    auto is_cursor_mac(std::string_view text, const Secret& mac) const -> bool;
    /// The name of a counter of failures, so that what was typed is not kept. Of the oldest key: a
    /// rotation forgets no failure.
    auto throttle_name(std::string_view text) const -> std::string;

    /// Signs a checkpoint of the audit (Ed25519).
    auto sign(std::string_view text) const -> Signature;
    auto is_signed(std::string_view text, const Signature& signature) const -> bool;

    /// What proves a line of the file of ends; nothing where there is no key of that version.
    auto end_mac(int version, std::string_view text) const -> std::optional<std::string>;

    /// By version, what tells the keys of one installation from those of another.
    auto fingerprints() const -> std::vector<std::pair<int, std::string>>;

  private:
    using Subkey = std::array<std::uint8_t, 32>;
    /// A key as HMAC has it after its own part, which is the same for each text.
    using MacKey = crypto_auth_hmacsha256_state;
    struct Version {
        int number = 0;
        long long since = 0;  // Units: milliseconds since the epoch
        MacKey lookup{};
        Subkey seal{};
        MacKey cursor{};
        MacKey session{};
        MacKey csrf{};
        MacKey throttle{};
        Subkey sign{};
        MacKey end{};
        MacKey fingerprint{};
    };

    static auto derive(int number, const Subkey& master) -> Version;
    static auto read_line(std::string_view line) -> std::optional<Version>;
    static auto parse(const std::string& path, std::string_view text) -> Result<Keys, KeysError>;
    static auto mac(const MacKey& key, std::string_view text) -> std::string;
    auto version(int number) const -> const Version*;
    auto current() const -> const Version& { return versions_.at(current_); }
    auto macs(MacKey Version::*key, std::string_view text) const -> std::vector<std::string>;

    std::vector<Version> versions_;  // the newest first
    std::size_t current_ = 0;
};

}  // namespace pcc::server
