#include "core/access/assumption.hpp"

#include <algorithm>
#include <utility>

namespace pcc::access {

auto assumption_ends_at(const AccessToken& token, Instant started, Instant session_ends)
    -> Instant {
    auto ends = std::min(started + Millis{assumption_longest}, session_ends);
    if (token.expires_at) ends = std::min(ends, *token.expires_at);
    if (token.ended) ends = std::min(ends, token.ended->at);
    return ends;
}

auto end_of(const Assumption& assumption, Instant now) -> std::optional<AssumptionEnd> {
    if (assumption.ended) return assumption.ended;
    if (now >= assumption.ends_at) {
        return AssumptionEnd{assumption.ends_at, std::nullopt, AssumptionEndReason::Time};
    }
    return std::nullopt;
}

auto is_live(const Assumption& assumption, Instant now) -> bool {
    return !assumption.ended && now < assumption.ends_at;
}

auto time_left(const Assumption& assumption, Instant now) -> Millis {
    return is_live(assumption, now) ? assumption.ends_at - now : Millis{0};
}

auto end_assumption(Assumption assumption, AssumptionEndReason reason, std::optional<Person> by,
                    Instant now) -> Assumption {
    if (is_live(assumption, now) && reason != AssumptionEndReason::Time) {
        assumption.ended = AssumptionEnd{now, std::move(by), reason};
    }
    return assumption;
}

auto assumption_end_for(EndReason reason) -> AssumptionEndReason {
    switch (reason) {
        case EndReason::Time: return AssumptionEndReason::Time;
        case EndReason::Expired: return AssumptionEndReason::TokenExpired;
        case EndReason::Deleted: return AssumptionEndReason::TokenDeleted;
    }
    return AssumptionEndReason::Time;
}

auto assumption_end_reason_wire(AssumptionEndReason reason) -> std::string {
    switch (reason) {
        case AssumptionEndReason::Time: return "time";
        case AssumptionEndReason::TokenExpired: return "token_expired";
        case AssumptionEndReason::TokenDeleted: return "token_deleted";
        case AssumptionEndReason::WentBack: return "went_back";
        case AssumptionEndReason::EndedByAdmin: return "ended_by_admin";
        case AssumptionEndReason::SignedOut: return "signed_out";
    }
    return {};
}

auto parse_assumption_end_reason(std::string_view wire) -> std::optional<AssumptionEndReason> {
    using enum AssumptionEndReason;
    for (const auto reason :
         {Time, TokenExpired, TokenDeleted, WentBack, EndedByAdmin, SignedOut}) {
        if (assumption_end_reason_wire(reason) == wire) return reason;
    }
    return std::nullopt;
}

}  // namespace pcc::access
