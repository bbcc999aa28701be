// An assumption: an engineer acting for another organization, on a token, for a while.
// Layer: access. Ends are compared at use; ended is terminal.
#pragma once

#include "core/access/access_token.hpp"
#include "core/base/id.hpp"
#include "core/base/timestamp.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pcc::access {

/// No assumption lives longer, whatever its token. Source: reference/security.md, decision table.
inline constexpr std::chrono::hours assumption_longest{12};

enum class AssumptionEndReason {
    Time,          // its own end was reached
    TokenExpired,  // the admin expired the token
    TokenDeleted,  // the admin deleted the token
    WentBack,      // the engineer pressed Go Back
    EndedByAdmin,  // the admin ended this session alone
    SignedOut,     // the engineer's own session ended
};

struct AssumptionEnd {
    Instant at;
    std::optional<Person> by;
    AssumptionEndReason reason = AssumptionEndReason::Time;
};

struct Engineer {
    UserId id;
    std::string name;
    std::string email;
    std::string organization;  // the name of the engineer's own organization
};

struct Assumption {
    AssumptionId id;
    OrganizationId organization;
    std::string organization_name;
    TokenHandle token;
    Engineer engineer;
    Instant started_at;
    Instant ends_at;
    std::optional<AssumptionEnd> ended;
    int change_count = 0;  // changes made so far, all kept
};

/// The earliest of the token's end, twelve hours and the engineer's own session end.
auto assumption_ends_at(const AccessToken& token, Instant started, Instant session_ends) -> Instant;

/// How it ended as seen at `now`, its own time included; nothing while it lives.
auto end_of(const Assumption& assumption, Instant now) -> std::optional<AssumptionEnd>;
auto is_live(const Assumption& assumption, Instant now) -> bool;
/// Units: milliseconds; zero when ended.
auto time_left(const Assumption& assumption, Instant now) -> Millis;

/// The assumption ended by hand; one that had ended is returned as it was.
auto end_assumption(Assumption assumption, AssumptionEndReason reason, std::optional<Person> by,
                    Instant now) -> Assumption;
/// How an assumption ends when its token ends for `reason`.
auto assumption_end_for(EndReason reason) -> AssumptionEndReason;

auto assumption_end_reason_wire(AssumptionEndReason reason) -> std::string;
auto parse_assumption_end_reason(std::string_view wire) -> std::optional<AssumptionEndReason>;

}  // namespace pcc::access
