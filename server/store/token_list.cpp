// The token lists: filtered, sorted, and read on from any row without an offset.
// Layer: server. Part of store/tokens.hpp.
#include <charconv>

#include "core/api/text.hpp"
#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

// What has no end sorts after all that has one; what was never used before all that was.
constexpr long long no_end = 9'000'000'000'000'000;
constexpr long long never_used = -1;

struct Order {
    const char* key;
    bool descending;
};

auto order_of(api::TokenSort sort) -> Order {
    constexpr auto ends = "COALESCE(t.ended_at, t.expires_at, 9000000000000000)";
    switch (sort) {
        case api::TokenSort::Newest: return {"t.generated_at", true};
        case api::TokenSort::Oldest: return {"t.generated_at", false};
        case api::TokenSort::EndsFirst: return {ends, false};
        case api::TokenSort::EndsLast: return {ends, true};
        case api::TokenSort::LastUsed: return {"COALESCE(t.last_used_at, -1)", true};
    }
    return {"t.generated_at", true};
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

auto number_in(const std::string& text) -> long long {
    long long number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

void add_page(Sql& sql, const api::TokenQuery& query, const PageStart& start) {
    const auto order = order_of(query.sort);
    const std::string key = order.key;
    const std::string beyond = order.descending ? " < ?" : " > ?";
    if (!start.is_first()) {
        const auto number = number_in(start.key);
        sql.add(" AND (" + key + beyond + " OR (" + key + " = ? AND t.id" + beyond + "))",
                {number, number, start.id});
    }
    const std::string direction = order.descending ? " DESC" : " ASC";
    sql.add(" ORDER BY " + key + direction + ", t.id" + direction + " LIMIT ?", {query.limit + 1});
}

}  // namespace

auto sort_key(const access::AccessToken& token, api::TokenSort sort) -> std::string {
    auto key = millis_since_epoch(token.generated_at);
    if (sort == api::TokenSort::EndsFirst || sort == api::TokenSort::EndsLast) {
        key = token.ended        ? millis_since_epoch(token.ended->at)
              : token.expires_at ? millis_since_epoch(*token.expires_at)
                                 : no_end;
    } else if (sort == api::TokenSort::LastUsed) {
        key = token.last_used_at ? millis_since_epoch(*token.last_used_at) : never_used;
    }
    return std::to_string(key);
}

auto list_tokens(Transaction& tx, const OrganizationId& organization, const api::TokenQuery& query,
                 const PageStart& start, Instant now) -> Slice<access::AccessToken> {
    Slice<access::AccessToken> slice;
    Sql counting("SELECT COUNT(*) FROM tokens t WHERE ");
    add_filter(counting, organization, query, now);
    slice.total = counting.count(tx);
    Sql ids("SELECT t.id FROM tokens t WHERE ");
    add_filter(ids, organization, query, now);
    add_page(ids, query, start);
    for (const auto& row : ids.query(tx)) {
        if (slice.items.size() == static_cast<std::size_t>(query.limit)) {
            slice.more = true;
            break;
        }
        auto stored = find_token(tx, organization, row.id<TokenHandle>(0), now);
        if (stored) slice.items.push_back(std::move(stored->token));
    }
    return slice;
}

}  // namespace pcc::server
