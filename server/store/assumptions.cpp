#include "server/store/assumptions.hpp"

#include "server/store/assumption_rows.hpp"

namespace pcc::server {
namespace {

auto read_all(Transaction& tx, const Sql& sql, Instant now) -> std::vector<StoredAssumption> {
    std::vector<StoredAssumption> all;
    for (const auto& row : sql.query(tx))
        all.push_back(read_assumption(row, now));
    return all;
}

}  // namespace

void add_assumption_lives(Sql& sql, Instant now) {
    sql.add("a.ended_at IS NULL AND a.ends_at > ? AND s.ended_at IS NULL AND s.last_seen_at > ?",
            {now, idle_since(now)});
}

void insert_assumption(Transaction& tx, const StoredAssumption& stored) {
    const auto& assumption = stored.assumption;
    tx.execute(
        "INSERT INTO assumptions (organization_id, id, token_id, engineer_organization_id, "
        "engineer_id, session_id, started_at, ends_at, change_count) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
        {assumption.organization.value, assumption.id.value, assumption.token.value,
         stored.engineer_organization.value, assumption.engineer.id.value, stored.session.value,
         assumption.started_at, assumption.ends_at});
}

auto organization_of_assumption(Transaction& tx, const AssumptionId& id)
    -> std::optional<OrganizationId> {
    if (id.empty()) return std::nullopt;
    const auto row =
        tx.query_one("SELECT organization_id FROM assumptions WHERE id = $1", {id.value});
    if (!row) return std::nullopt;
    return row->id<OrganizationId>(0);
}

auto find_assumption(Transaction& tx, const AssumptionId& id, Instant now)
    -> std::optional<StoredAssumption> {
    auto sql = select_assumption();
    sql.add("a.id = ?", {id.value});
    auto all = read_all(tx, sql, now);
    if (all.empty()) return std::nullopt;
    return std::move(all.front());
}

auto find_assumption_of(Transaction& tx, const SessionRow& session, const AssumptionId& id,
                        Instant now) -> std::optional<access::Assumption> {
    const auto row = tx.query_one(select_own_assumption(), {id.value, session.organization.value,
                                                            session.user.value, session.id.value});
    if (!row) return std::nullopt;
    return read_own_assumption(*row, session, now);
}

void foresee_assumption_of(Transaction& tx, const SessionRow& session, const AssumptionId& id) {
    tx.foresee(select_own_assumption(),
               {id.value, session.organization.value, session.user.value, session.id.value});
}

auto live_assumptions_of_token(Transaction& tx, const OrganizationId& organization,
                               const TokenHandle& token, Instant now)
    -> std::vector<StoredAssumption> {
    auto sql = select_assumption();
    sql.add("a.organization_id = ? AND a.token_id = ? AND ", {organization.value, token.value});
    add_assumption_lives(sql, now);
    sql.add(" ORDER BY a.started_at, a.id");
    return read_all(tx, sql, now);
}

auto live_assumptions_of_session(Transaction& tx, const SessionRow& session, Instant now)
    -> std::vector<StoredAssumption> {
    auto sql = select_assumption();
    sql.add("a.engineer_organization_id = ? AND a.session_id = ? AND ",
            {session.organization.value, session.id.value});
    add_assumption_lives(sql, now);
    sql.add(" ORDER BY a.started_at, a.id");
    return read_all(tx, sql, now);
}

auto write_assumption_end(Transaction& tx, const access::Assumption& ended) -> bool {
    if (!ended.ended) return false;
    const auto& end = *ended.ended;
    Value by;
    Value by_name;
    if (end.by) {
        by = Value(end.by->id.value);
        by_name = Value(end.by->name);
    }
    const auto reason = access::assumption_end_reason_wire(end.reason);
    const bool written =
        tx.execute(
            "UPDATE assumptions SET ended_at = $3, ended_by = $4, ended_by_name = $5, "
            "end_reason = $6 WHERE organization_id = $1 AND id = $2 AND ended_at IS NULL",
            {ended.organization.value, ended.id.value, end.at, by, by_name, reason}) == 1;
    if (written) {
        tx.will_end({end_of_what::assumption + reason, ended.organization, ended.id.value,
                     end.by ? end.by->id : UserId(), end.at});
    }
    return written;
}

void count_change(Transaction& tx, const access::Assumption& assumption) {
    tx.execute(
        "UPDATE assumptions SET change_count = change_count + 1 "
        "WHERE organization_id = $1 AND id = $2",
        {assumption.organization.value, assumption.id.value});
}

}  // namespace pcc::server
