// The lists of assumptions, from either side. Layer: server. Part of store/assumptions.hpp.
#include "server/store/assumption_rows.hpp"

namespace pcc::server {
namespace {

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
    sql.add(assumption_tables).add("WHERE ");
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
