// The server's keys: read from a private file outside the database, one subkey for each purpose.
// Layer: server. Stores nothing but its own file; decides no right.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/access/token_id.hpp"
#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
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

class Keys {
  public:
    /// New keys, written to a file of mode 0600. Errors: Exists where there is a file already.
    static auto create(const std::string& path, RandomSource& random) -> Result<Keys, KeysError>;
    /// Errors: NotPrivate where the group or others may read or write the file.
    static auto load(const std::string& path) -> Result<Keys, KeysError>;
    /// Keys that are kept nowhere, for tests and stories.
    static auto in_memory(RandomSource& random) -> Keys;

    auto current_version() const -> int;

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

    /// What the database finds a session by; a rotation signs everybody out.
    auto session_hash(const Secret& cookie) const -> std::string;
    /// The value that `X-PCC-CSRF` has to carry in the session of that cookie.
    auto csrf(const Secret& cookie) const -> Secret;
    auto cursor_mac(std::string_view text) const -> std::string;
    /// The name of a counter of failures, so that what was typed is not kept.
    auto throttle_name(std::string_view text) const -> std::string;

  private:
    using Subkey = std::array<std::uint8_t, 32>;
    struct Version {
        int number = 0;
        Subkey lookup{};
        Subkey seal{};
        Subkey cursor{};
        Subkey session{};
        Subkey csrf{};
        Subkey throttle{};
    };

    static auto derive(int number, const Subkey& master) -> Version;
    static auto parse(const std::string& path, std::string_view text) -> Result<Keys, KeysError>;
    static auto mac(const Subkey& key, std::string_view text) -> std::string;
    auto version(int number) const -> const Version*;

    std::vector<Version> versions_;  // the current one first
};

}  // namespace pcc::server
