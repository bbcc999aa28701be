#include "server/endings.hpp"

#include <set>
#include <utility>

#include "server/store/organizations.hpp"

namespace pcc::server {
namespace {

using access::AssumptionEndReason;

auto summary_of(const access::Assumption& ended, AssumptionEndReason reason) -> std::string {
    switch (reason) {
        case AssumptionEndReason::WentBack: return "Went back";
        case AssumptionEndReason::SignedOut: return "Signed out, which ended this access";
        case AssumptionEndReason::EndedByAdmin: return "Ended the access of " + ended.engineer.name;
        case AssumptionEndReason::TokenExpired:
            return "The access of " + ended.engineer.name +
                   " ended with its token, which was expired";
        case AssumptionEndReason::TokenDeleted:
            return "The access of " + ended.engineer.name +
                   " ended with its token, which was deleted";
        case AssumptionEndReason::Time: break;
    }
    return "Time ran out";
}

void record_end(Call& call, const access::Assumption& ended, AssumptionEndReason reason) {
    auto entry = audit_entry(
        call, {"assumption.ended", ended.id.value, summary_of(ended, reason), ended.token});
    const bool by_engineer = call.caller.user.id == ended.engineer.id;
    entry.organization = ended.organization;
    entry.event.assumption = ended.id;
    entry.event.on_behalf_of = by_engineer ? ended.organization_name : std::string();
    append_audit(call.tx, entry);
}

/// The engineer's tab hears it, and so do the admins.
void tell_end(Call& call, const access::Assumption& ended) {
    Notice notice;
    notice.event.name = "assumption.ended";
    notice.event.token = ended.token;
    notice.event.assumption = ended.id;
    notice.event.ended_assumption = ended;
    notice.event.at = call.now();
    notice.assumption = ended.id;
    call.notices.push_back(notice);
    notice.assumption = {};
    notice.admins_of = ended.organization;
    call.notices.push_back(std::move(notice));
}

/// All whose audit an end of this session writes, in an order that is the same for everyone.
void hold_all_of_session(Call& call, const SessionRow& session) {
    std::set<OrganizationId> all{session.organization};
    for (const auto& stored : live_assumptions_of_session(call.tx, session, call.now()))
        all.insert(stored.assumption.organization);
    for (const auto& organization : all)
        hold_organization(call.tx, organization);
}

}  // namespace

void end_assumptions(Call& call, const std::vector<StoredAssumption>& assumptions,
                     AssumptionEndReason reason) {
    for (const auto& stored : assumptions) {
        hold_organization(call.tx, stored.assumption.organization);
        if (!access::is_live(stored.assumption, call.now())) continue;
        const auto ended =
            access::end_assumption(stored.assumption, reason, call.caller.person(), call.now());
        if (!write_assumption_end(call.tx, ended)) continue;
        record_end(call, ended, reason);
        tell_end(call, ended);
    }
}

void end_caller_session(Call& call) {
    const auto& session = call.caller.session;
    hold_all_of_session(call, session);
    const auto assumptions = live_assumptions_of_session(call.tx, session, call.now());
    if (!end_session(call.tx, session, call.now())) return;
    end_assumptions(call, assumptions, AssumptionEndReason::SignedOut);
    auto entry = audit_entry(call, {"session.ended", session.id.value, "Signed out", {}});
    entry.organization = call.caller.user.organization;
    entry.token = {};
    entry.event.assumption = {};
    entry.event.on_behalf_of.clear();
    append_audit(call.tx, entry);
    Notice notice;
    notice.event.name = "session.ended";
    notice.event.at = call.now();
    notice.session = session.id;
    call.notices.push_back(std::move(notice));
}

}  // namespace pcc::server
