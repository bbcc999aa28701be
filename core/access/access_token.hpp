// The access token's life: active, then ended, and ended is terminal.
// Layer: access. Holds no secret; expiry is decided by comparing instants, never by a sweeper.
#pragma once

#include "core/access/validity.hpp"
#include "core/base/id.hpp"
#include "core/base/timestamp.hpp"

#include <optional>
#include <string>

namespace pcc::access {

enum class TokenState { Active, Expired };

enum class EndReason {
    Time,     // its validity ran out
    Expired,  // an admin expired it by hand
    Deleted,  // an admin deleted it
};

struct Person {
    UserId id;
    std::string name;
    friend auto operator==(const Person&, const Person&) -> bool = default;
};

struct TokenEnd {
    Instant at;
    std::optional<Person> by;  // nobody when time ran out
    EndReason reason = EndReason::Time;
};

struct AccessToken {
    TokenHandle handle;
    OrganizationId organization;
    std::string hint;
    Validity validity = Validity::lifetime();
    Instant generated_at;
    std::optional<Instant> expires_at;  // nothing for a lifetime
    Person generated_by;
    /// An end by hand. An end by time is not written here: ask `end_of`.
    std::optional<TokenEnd> ended;
    std::optional<Instant> last_used_at;
    std::optional<std::string> last_used_by;  // `Sam Ortiz, NetCare`
    int use_count = 0;
    int live_count = 0;  // assumptions that live now
};

/// A new token, active from `generated_at` on.
auto generate_token(TokenHandle handle, OrganizationId organization, std::string hint,
                    Validity validity, Instant generated_at, Person generated_by) -> AccessToken;

/// How and when it ended, as seen at `now`; nothing while it is active.
/// An instant equal to `expires_at` is already ended.
auto end_of(const AccessToken& token, Instant now) -> std::optional<TokenEnd>;
auto state_of(const AccessToken& token, Instant now) -> TokenState;
auto is_active(const AccessToken& token, Instant now) -> bool;

/// Time left; nothing for a lifetime, zero when ended. Units: milliseconds.
auto time_left(const AccessToken& token, Instant now) -> std::optional<Millis>;
/// How much of the validity is left, from 1 down to 0; nothing for a lifetime.
auto fraction_left(const AccessToken& token, Instant now) -> std::optional<double>;

/// The token ended by hand. One that had ended already is returned as it was: an end is terminal,
/// neither moved nor renamed.
auto end_token(AccessToken token, EndReason reason, Person by, Instant now) -> AccessToken;

auto end_reason_wire(EndReason reason) -> std::string;
auto parse_end_reason(std::string_view wire) -> std::optional<EndReason>;

}  // namespace pcc::access
