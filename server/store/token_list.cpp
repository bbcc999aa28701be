// The token lists: filtered, sorted, and read on from any row without an offset.
// Layer: server. Part of store/tokens.hpp.
#include <map>
#include <string_view>
#include <utility>

#include "core/api/text.hpp"
#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

/// When it ends or did. What has no end sorts after all that has one; found by `tokens_ends`, whose
/// expression this has to be.
constexpr std::string_view end_key = "COALESCE(t.ended_at, t.expires_at, 9000000000000000)";

/// What was never used sorts before all that was.
auto order_of(const api::TokenQuery& query) -> Order {
    const bool descending = api::descends(query.sort);
    switch (query.sort) {
        case api::ListSort::EndsFirst:
        case api::ListSort::EndsLast: return {std::string(end_key), descending};
        case api::ListSort::LastUsed: return {"COALESCE(t.last_used_at, -1)", descending};
        default: break;
    }
    // Those that live are few among all that ever were, so they are found by their end: the sign
    // keeps the database from going through the others in their order.
    if (query.state == api::TokenListState::Active) return {"+t.generated_at", descending};
    return {"t.generated_at", descending};
}

auto is_by_end(api::ListSort sort) -> bool {
    return sort == api::ListSort::EndsFirst || sort == api::ListSort::EndsLast;
}

void add_filter(Sql& sql, const OrganizationId& organization, const api::TokenQuery& query,
                Instant now) {
    const bool active = query.state == api::TokenListState::Active;
    sql.add("t.organization_id = ? AND t.deleted_at IS NULL AND ", {organization.value});
    // Those that ended are nearly all there are: they are read in their order until the page is
    // full, not found by their end and sorted. The sign keeps the index out of it.
    if (!active && query.search.empty() && !is_by_end(query.sort)) sql.add("+");
    sql.add(end_key).add(active ? " > ? AND t.ended_at IS NULL" : " <= ?", {now});
    sql.add_contains("t.search_text", api::fold_case(query.search));
}

auto count_found(Transaction& tx, const OrganizationId& organization, const api::TokenQuery& query,
                 Instant now) -> long long {
    Sql counting("SELECT COUNT(*) FROM tokens t WHERE ");
    add_filter(counting, organization, query, now);
    return counting.count(tx);
}

/// Of those that ended there may be very many: they are all but those whose end is to come, which
/// the index alone can tell.
auto count_ended(Transaction& tx, const OrganizationId& organization, Instant now) -> long long {
    Sql all("SELECT token_count FROM organizations WHERE ");
    all.add("id = ?", {organization.value});
    Sql to_come("SELECT COUNT(*) FROM tokens t WHERE ");
    to_come.add("t.organization_id = ? AND t.deleted_at IS NULL AND ", {organization.value});
    to_come.add(end_key).add(" > ?", {now});
    return all.count(tx) - to_come.count(tx);
}

auto count_all(Transaction& tx, const OrganizationId& organization, const api::TokenQuery& query,
               Instant now) -> long long {
    const bool ended = query.state == api::TokenListState::Expired && query.search.empty();
    return ended ? count_ended(tx, organization, now) : count_found(tx, organization, query, now);
}

/// The tokens as their handles stand.
auto in_order(const std::vector<std::string>& handles, std::vector<StoredToken> found)
    -> std::vector<access::AccessToken> {
    std::map<std::string, access::AccessToken> by_handle;
    for (auto& stored : found) {
        auto handle = stored.token.handle.value;
        by_handle.emplace(std::move(handle), std::move(stored.token));
    }
    std::vector<access::AccessToken> tokens;
    for (const auto& handle : handles)
        tokens.push_back(std::move(by_handle[handle]));
    return tokens;
}

}  // namespace

auto list_tokens(Transaction& tx, const OrganizationId& organization, const api::TokenQuery& query,
                 const PageStart& start, Instant now) -> Slice<access::AccessToken> {
    Slice<access::AccessToken> slice;
    const auto order = order_of(query);
    Sql ids("SELECT t.id, " + order.key + " FROM tokens t WHERE ");
    add_filter(ids, organization, query, now);
    add_page(ids, order, "t.id", start, query.limit);
    Slice<std::string> page;
    take_rows(page, ids.query(tx), order, query.limit, [](const Row& row) { return row.text(0); });
    slice.items = in_order(page.items, find_tokens(tx, organization, page.items, now));
    slice.next = page.next;
    if (!is_all(slice, start)) slice.total = count_all(tx, organization, query, now);
    return slice;
}

}  // namespace pcc::server
