#include "server/ends/apply.hpp"

#include <set>

#include "server/store/assumptions.hpp"
#include "server/store/audit.hpp"
#include "server/store/organizations.hpp"
#include "server/store/tokens.hpp"
#include "server/store/users.hpp"

namespace pcc::server {
namespace {

constexpr const char* again = "Ended once more after an older database was put back";
constexpr const char* unlocked = "Ended when the installation was unlocked after a restore";

/// Who writes, and why, in one transaction.
struct Applying {
    Transaction& tx;
    RandomSource& random;
    Instant now;
    const char* reason;
};

/// An entry of the installation itself, which nobody is signed in to.
void record(const Applying& to, const OrganizationId& organization, const std::string& action,
            const std::string& target, const TokenHandle& token, const AssumptionId& assumption,
            const std::string& summary) {
    AuditEntry entry;
    entry.organization = organization;
    entry.token = token;
    entry.event.id = random_id<AuditEventId>(to.random, "evt_");
    entry.event.at = to.now;
    entry.event.actor = {UserId(), "Installation", std::string()};
    entry.event.action = action;
    entry.event.target = target;
    entry.event.assumption = assumption;
    entry.event.summary = summary;
    append_audit(to.tx, entry);
}

/// Whoever ended it then, by name where they are still known.
auto person(Transaction& tx, const UserId& id) -> access::Person {
    const auto row = tx.query_one("SELECT name FROM users WHERE id = $1", {id.value});
    return {id, row ? row->text(0) : std::string("An admin")};
}

auto end_token_row(const Applying& to, const End& end) -> bool {
    const TokenHandle handle(end.id);
    auto stored = find_token(to.tx, end.organization, handle, to.now);
    if (!stored) return false;
    const bool deletes = end.what == end_of_what::token_deleted;
    bool written = false;
    if (!stored->token.ended) {
        stored->token.ended =
            access::TokenEnd{end.at, person(to.tx, end.by),
                             deletes ? access::EndReason::Deleted : access::EndReason::Expired};
        written = write_token_end(to.tx, stored->token);
    }
    if (deletes && !stored->deleted_at) {
        written = write_token_deleted(to.tx, stored->token, end.at) || written;
    }
    if (!written) return false;
    record(to, end.organization, end.what, end.id, handle, {},
           std::string(to.reason) + ": the token " + stored->token.hint);
    return true;
}

auto end_assumption_row(const Applying& to, const End& end) -> bool {
    const AssumptionId id(end.id);
    auto stored = find_assumption(to.tx, id, end.at);
    const auto reason = access::parse_assumption_end_reason(
        end.what.substr(std::string(end_of_what::assumption).size()));
    if (!stored || stored->assumption.organization != end.organization) return false;
    auto& assumption = stored->assumption;
    assumption.ended = access::AssumptionEnd{
        end.at, std::nullopt, reason.value_or(access::AssumptionEndReason::EndedByAdmin)};
    if (!end.by.empty()) assumption.ended->by = person(to.tx, end.by);
    if (!write_assumption_end(to.tx, assumption)) return false;
    record(to, end.organization, "assumption.ended", end.id, assumption.token, id,
           std::string(to.reason) + ": the access of " + assumption.engineer.name);
    return true;
}

auto end_session_row(const Applying& to, const End& end) -> bool {
    const auto session = find_session(to.tx, end.organization, SessionId(end.id));
    if (!session || !end_session(to.tx, *session, end.at)) return false;
    record(to, end.organization, end.what, end.id, {}, {},
           std::string(to.reason) + ": a sign-in of " + person(to.tx, session->user).name);
    return true;
}

auto disable(const Applying& to, const End& end) -> bool {
    const bool is_user = end.what == end_of_what::user;
    const auto row = to.tx.query_one(
        is_user ? "SELECT disabled_at FROM users WHERE organization_id = $1 AND id = $2"
                : "SELECT disabled_at FROM organizations WHERE id = $1 AND id = $2",
        {end.organization.value, end.id});
    if (!row || !row->is_null(0)) return false;
    if (is_user) {
        disable_user(to.tx, end.organization, UserId(end.id), end.at);
    } else {
        disable_organization(to.tx, end.organization, end.at);
    }
    record(to, end.organization, end.what, end.id, {}, {}, std::string(to.reason));
    return true;
}

auto apply(const Applying& to, const End& end) -> bool {
    const std::string assumption = end_of_what::assumption;
    if (end.what == end_of_what::token_expired || end.what == end_of_what::token_deleted) {
        return end_token_row(to, end);
    }
    if (end.what.compare(0, assumption.size(), assumption) == 0) return end_assumption_row(to, end);
    if (end.what == end_of_what::session) return end_session_row(to, end);
    if (end.what == end_of_what::user || end.what == end_of_what::organization) {
        return disable(to, end);
    }
    return false;
}

auto apply_all(const Applying& to, const std::vector<End>& ends) -> long long {
    std::set<OrganizationId> organizations;
    for (const auto& end : ends)
        organizations.insert(end.organization);
    for (const auto& organization : organizations)
        hold_organization(to.tx, organization);
    long long ended = 0;
    for (const auto& end : ends)
        ended += apply(to, end) ? 1 : 0;
    return ended;
}

void add_living(Transaction& tx, std::vector<End>& ends, const std::string& what,
                const std::string& living, Instant now) {
    const auto rows = tx.query(
        "SELECT organization_id, id FROM " + living + " AND ended_at IS NULL ORDER BY 1, 2", {now});
    for (const auto& row : rows)
        ends.push_back({what, row.id<OrganizationId>(0), row.text(1), {}, now});
}

}  // namespace

auto apply_ends(Transaction& tx, const std::vector<EndLine>& lines, RandomSource& random,
                Instant now) -> long long {
    std::vector<End> ends;
    for (const auto& line : lines)
        ends.push_back(line.end);
    return apply_all({tx, random, now, again}, ends);
}

auto end_everything(Transaction& tx, RandomSource& random, Instant now) -> long long {
    std::vector<End> ends;
    add_living(tx, ends, end_of_what::token_expired,
               "tokens WHERE (expires_at IS NULL OR expires_at > $1)", now);
    add_living(tx, ends, std::string(end_of_what::assumption) + "ended_by_admin",
               "assumptions WHERE ends_at > $1", now);
    add_living(tx, ends, end_of_what::session, "sessions WHERE expires_at > $1", now);
    return apply_all({tx, random, now, unlocked}, ends);
}

}  // namespace pcc::server
