#include "server/store/assumptions.hpp"

#include <algorithm>

namespace pcc::server {
namespace {

constexpr const char* tables =
    " FROM assumptions a JOIN sessions s "
    "ON s.organization_id = a.engineer_organization_id AND s.id = a.session_id ";

// What is read of each, and then of the engineer and the session, unless they are known.
constexpr const char* own_columns =
    "SELECT a.id, a.organization_id, o.name, a.token_id, a.started_at, a.ends_at, a.change_count, "
    "a.ended_at, a.ended_by, a.ended_by_name, a.end_reason, o.disabled_at";
constexpr const char* columns_of_engineer =
    ", a.engineer_id, u.name, u.email, eo.name, a.engineer_organization_id, a.session_id, "
    "s.ended_at, s.last_seen_at, s.expires_at";

/// A list's order adds its key as the last column.
auto select_assumption(std::string_view key = {}) -> Sql {
    Sql sql(own_columns);
    sql.add(columns_of_engineer);
    if (!key.empty()) sql.add(", ").add(key);
    return sql.add(tables).add(
        "JOIN organizations o ON o.id = a.organization_id "
        "JOIN organizations eo ON eo.id = a.engineer_organization_id "
        "JOIN users u ON u.organization_id = a.engineer_organization_id AND u.id = a.engineer_id "
        "WHERE ");
}

/// One by its id, of one session.
auto select_own() -> const std::string& {
    static const auto sql = std::string(own_columns) +
                            " FROM assumptions a JOIN organizations o ON o.id = a.organization_id "
                            "WHERE a.id = $1 AND a.engineer_organization_id = $2 "
                            "AND a.engineer_id = $3 AND a.session_id = $4";
    return sql;
}

/// The end that was written, or else the end of the session or of the organization, where one came
/// before its own.
auto read_end(const Row& row, const SessionRow& session, Instant now)
    -> std::optional<access::AssumptionEnd> {
    using access::AssumptionEndReason;
    if (!row.is_null(7)) {
        access::AssumptionEnd end;
        end.at = row.instant(7);
        if (!row.is_null(8)) end.by = access::Person{row.id<UserId>(8), row.text(9)};
        end.reason = access::parse_assumption_end_reason(row.text(10))
                         .value_or(AssumptionEndReason::EndedByAdmin);
        return end;
    }
    std::optional<access::AssumptionEnd> end;
    auto earliest = row.instant(5);
    if (const auto over = end_of(session, now); over && *over < earliest) {
        earliest = *over;
        end = {earliest, std::nullopt, AssumptionEndReason::SignedOut};
    }
    // Over with the organization whatever the clock says.
    if (const auto over = row.instant_or_nothing(11); over && (!end || *over < earliest)) {
        end = {std::min(*over, earliest), std::nullopt, AssumptionEndReason::TokenExpired};
    }
    return end;
}

auto read_own(const Row& row, const SessionRow& session, Instant now) -> access::Assumption {
    access::Assumption assumption;
    assumption.id = row.id<AssumptionId>(0);
    assumption.organization = row.id<OrganizationId>(1);
    assumption.organization_name = row.text(2);
    assumption.token = row.id<TokenHandle>(3);
    assumption.started_at = row.instant(4);
    assumption.ends_at = row.instant(5);
    assumption.change_count = static_cast<int>(row.number(6));
    assumption.ended = read_end(row, session, now);
    return assumption;
}

auto read_assumption(const Row& row, Instant now) -> StoredAssumption {
    SessionRow session;
    session.ended_at = row.instant_or_nothing(18);
    session.last_seen_at = row.instant(19);
    session.expires_at = row.instant(20);
    StoredAssumption stored;
    stored.assumption = read_own(row, session, now);
    stored.assumption.engineer = {row.id<UserId>(12), row.text(13), row.text(14), row.text(15)};
    stored.engineer_organization = row.id<OrganizationId>(16);
    stored.session = row.id<SessionId>(17);
    return stored;
}

auto read_all(Transaction& tx, const Sql& sql, Instant now) -> std::vector<StoredAssumption> {
    std::vector<StoredAssumption> all;
    for (const auto& row : sql.query(tx))
        all.push_back(read_assumption(row, now));
    return all;
}

/// From which side an owner sees an assumption. Nobody assumes their own organization, so each is
/// seen from one.
enum class Side { Engineer, Organization };

auto sides_of(const AssumptionOwner& owner) -> std::vector<Side> {
    if (owner.organization.empty()) return {Side::Engineer};
    return {Side::Engineer, Side::Organization};
}

void add_side(Sql& sql, const AssumptionOwner& owner, Side side) {
    if (side == Side::Organization) {
        sql.add("a.organization_id = ?", {owner.organization.value});
        return;
    }
    sql.add("a.engineer_organization_id = ? AND a.engineer_id = ?",
            {owner.engineer_organization.value, owner.engineer.value});
}

/// Those that live are few, and found among those whose time is not over.
void add_state(Sql& sql, api::AssumptionListState state, Instant now) {
    sql.add(state == api::AssumptionListState::Live ? " AND " : " AND NOT (");
    add_assumption_lives(sql, now);
    sql.add(
        " AND NOT EXISTS (SELECT 1 FROM organizations d "
        "WHERE d.id = a.organization_id AND d.disabled_at IS NOT NULL)");
    if (state == api::AssumptionListState::Ended) sql.add(")");
}

auto count_live(Transaction& tx, const AssumptionOwner& owner, Side side, Instant now)
    -> long long {
    Sql sql("SELECT COUNT(*)");
    sql.add(tables).add("WHERE ");
    add_side(sql, owner, side);
    add_state(sql, api::AssumptionListState::Live, now);
    return sql.count(tx);
}

/// By an index alone.
auto count_all(Transaction& tx, const AssumptionOwner& owner, Side side) -> long long {
    Sql sql("SELECT COUNT(*) FROM assumptions a WHERE ");
    add_side(sql, owner, side);
    return sql.count(tx);
}

auto count(Transaction& tx, const AssumptionOwner& owner, api::AssumptionListState state,
           Instant now) -> long long {
    long long total = 0;
    for (const auto side : sides_of(owner)) {
        const auto live = count_live(tx, owner, side, now);
        const bool lists_live = state == api::AssumptionListState::Live;
        total += lists_live ? live : count_all(tx, owner, side) - live;
    }
    return total;
}

auto lesser(const std::string& a, const std::string& b) -> std::string {
    return "CASE WHEN " + a + " < " + b + " THEN " + a + " ELSE " + b + " END";
}

/// When it will end, or did: as read_end has it.
auto end_key(api::AssumptionListState state) -> std::string {
    if (state == api::AssumptionListState::Live) return "a.ends_at";
    const auto idle = "s.last_seen_at + " + std::to_string(Millis{session_idle}.count());
    const auto over = "COALESCE(s.ended_at, " + lesser(idle, "s.expires_at") + ")";
    return "COALESCE(a.ended_at, " + lesser(over, "a.ends_at") + ")";
}

auto order_of(const api::AssumptionQuery& query) -> Order {
    const bool descending = api::descends(query.sort);
    switch (query.sort) {
        case api::ListSort::EndsFirst:
        case api::ListSort::EndsLast: return {end_key(query.state), descending};
        case api::ListSort::AToZ:
        case api::ListSort::ZToA: return {"LOWER(u.name)", descending, true};
        // The sign keeps the index of the order out where few are sorted.
        default:
            return {
                query.state == api::AssumptionListState::Live ? "+a.started_at" : "a.started_at",
                descending};
    }
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
    const auto row = tx.query_one(
        select_own(), {id.value, session.organization.value, session.user.value, session.id.value});
    if (!row) return std::nullopt;
    return read_own(*row, session, now);
}

void foresee_assumption_of(Transaction& tx, const SessionRow& session, const AssumptionId& id) {
    tx.foresee(select_own(),
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

auto list_assumptions(Transaction& tx, const AssumptionOwner& owner,
                      const api::AssumptionQuery& query, const PageStart& start, Instant now)
    -> Slice<access::Assumption> {
    const auto order = order_of(query);
    std::vector<Sql> pages;
    for (const auto side : sides_of(owner)) {
        auto& page = pages.emplace_back(select_assumption(order.key));
        add_side(page, owner, side);
        add_state(page, query.state, now);
        add_page(page, order, "a.id", start, query.limit);
    }
    Slice<access::Assumption> slice;
    take_rows(slice, read_pages(tx, pages, order), order, query.limit,
              [now](const Row& row) { return read_assumption(row, now).assumption; });
    if (!is_all(slice, start)) slice.total = count(tx, owner, query.state, now);
    return slice;
}

}  // namespace pcc::server
