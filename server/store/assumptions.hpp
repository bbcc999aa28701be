// Assumptions as they are kept, with the names of both sides and the life of the engineer's
// session. Layer: server. Decides no right; an end that was written is never written over.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/access/assumption.hpp"
#include "core/api/endpoint.hpp"
#include "server/store/sessions.hpp"
#include "server/store/sql.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

struct StoredAssumption {
    access::Assumption assumption;  // `ended` also tells that the engineer's session has ended
    OrganizationId engineer_organization;
    SessionId session;
};

/// Whose assumptions a list shows: one engineer's own, and all of an organization where it is set.
struct AssumptionOwner {
    OrganizationId organization;
    OrganizationId engineer_organization;
    UserId engineer;
};

/// Adds the condition that assumption `a` with session `s` lives.
void add_assumption_lives(Sql& sql, Instant now);

void insert_assumption(Transaction& tx, const StoredAssumption& stored);
/// Whom it opens, of one that is in sight.
auto organization_of_assumption(Transaction& tx, const AssumptionId& id)
    -> std::optional<OrganizationId>;
auto find_assumption(Transaction& tx, const AssumptionId& id, Instant now)
    -> std::optional<StoredAssumption>;
/// One of the session's own; without the engineer, who is the session's.
auto find_assumption_of(Transaction& tx, const SessionRow& session, const AssumptionId& id,
                        Instant now) -> std::optional<access::Assumption>;
/// Says that this will be asked.
void foresee_assumption_of(Transaction& tx, const SessionRow& session, const AssumptionId& id);
auto live_assumptions_of_token(Transaction& tx, const OrganizationId& organization,
                               const TokenHandle& token, Instant now)
    -> std::vector<StoredAssumption>;
auto live_assumptions_of_session(Transaction& tx, const SessionRow& session, Instant now)
    -> std::vector<StoredAssumption>;
/// False where an end was written already.
auto write_assumption_end(Transaction& tx, const access::Assumption& ended) -> bool;
void count_change(Transaction& tx, const access::Assumption& assumption);

auto list_assumptions(Transaction& tx, const AssumptionOwner& owner,
                      const api::AssumptionQuery& query, const PageStart& start, Instant now)
    -> Slice<access::Assumption>;

}  // namespace pcc::server
