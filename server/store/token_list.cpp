// The token lists: filtered, sorted, and read on from any row without an offset.
// Layer: server. Part of store/tokens.hpp.
#include <utility>

#include "core/api/text.hpp"
#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

/// What has no end sorts after all that has one; what was never used before all that was.
auto order_of(api::ListSort sort) -> Order {
    const bool descending = api::descends(sort);
    switch (sort) {
        case api::ListSort::EndsFirst:
        case api::ListSort::EndsLast:
            return {"COALESCE(t.ended_at, t.expires_at, 9000000000000000)", descending};
        case api::ListSort::LastUsed: return {"COALESCE(t.last_used_at, -1)", descending};
        default: return {"t.generated_at", descending};
    }
}

void add_filter(Sql& sql, const OrganizationId& organization, const api::TokenQuery& query,
                Instant now) {
    sql.add("t.organization_id = ? AND t.deleted_at IS NULL", {organization.value});
    if (query.state == api::TokenListState::Active) {
        sql.add(" AND t.ended_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > ?)", {now});
    } else {
        sql.add(" AND (t.ended_at IS NOT NULL OR t.expires_at <= ?)", {now});
    }
    sql.add_contains("t.search_text", api::fold_case(query.search));
}

}  // namespace

auto list_tokens(Transaction& tx, const OrganizationId& organization, const api::TokenQuery& query,
                 const PageStart& start, Instant now) -> Slice<access::AccessToken> {
    Slice<access::AccessToken> slice;
    Sql counting("SELECT COUNT(*) FROM tokens t WHERE ");
    add_filter(counting, organization, query, now);
    slice.total = counting.count(tx);
    const auto order = order_of(query.sort);
    Sql ids("SELECT t.id, " + order.key + " FROM tokens t WHERE ");
    add_filter(ids, organization, query, now);
    add_page(ids, order, "t.id", start, query.limit);
    take_rows(slice, ids.query(tx), order, query.limit, [&](const Row& row) {
        // Not found is a failure of the store, which makes all of the answer one.
        auto stored = find_token(tx, organization, row.id<TokenHandle>(0), now);
        return stored ? std::move(stored->token) : access::AccessToken{};
    });
    return slice;
}

}  // namespace pcc::server
