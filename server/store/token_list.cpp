// The token lists: filtered, sorted, and read on from any row without an offset.
// Layer: server. Part of store/tokens.hpp. No list or search goes through all tokens there are.
#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "server/store/token_search.hpp"
#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

using api::TokenListState;

auto order_of(const api::TokenQuery& query) -> Order {
    const bool descending = api::descends(query.sort);
    switch (query.sort) {
        case api::ListSort::EndsFirst:
        case api::ListSort::EndsLast: return {std::string(token_end_key), descending};
        case api::ListSort::LastUsed: return {std::string(token_used_key), descending};
        default: return {"t.generated_at", descending};
    }
}

/// A list as it is asked for.
struct Asked {
    OrganizationId organization;
    TokenListState state = TokenListState::Active;
    Instant now;
    int limit = 0;
    TokenSearch search;
    LabelSums all;

    auto is_search() const -> bool { return !search.sought.is_everything(); }
    /// Whether to find them one by one and sort them. Where there are more, a page is soon full of
    /// them when all are looked at in their order.
    auto is_few() const -> bool {
        constexpr long long few = 2000;
        const auto kept_as = state == TokenListState::Active ? KeptState::Open : KeptState::Ended;
        const auto found = search.sums.in(kept_as);
        return found <= few && found * found <= limit * all.in(kept_as);
    }
};

/// Tokens that were last written in one state, and whether they have to have an end to come.
struct Part {
    KeptState state;
    const char* end;
};

constexpr Part active{KeptState::Open, " > ?"};
constexpr Part ended{KeptState::Ended, nullptr};
constexpr Part run_out{KeptState::Open, " <= ?"};

/// By which index rows are to be found. Databases are not asked what they think: a sign before a
/// column keeps its index out.
enum class FoundBy { Place, End, Id };

void add_part(Sql& sql, const Asked& asked, const Part& part, FoundBy by) {
    const auto* state = by == FoundBy::Id ? " AND +t.kept_state = " : " AND t.kept_state = ";
    sql.add("t.organization_id = ?", {asked.organization.value}).add(state).add(kept(part.state));
    if (part.end == nullptr) return;
    sql.add(by == FoundBy::End ? " AND " : " AND +").add(token_end_key).add(part.end, {asked.now});
}

auto found_by(const Asked& asked, const Order& order) -> FoundBy {
    if (asked.is_search() && asked.is_few()) return FoundBy::Id;
    return order.key == token_end_key ? FoundBy::End : FoundBy::Place;
}

auto page_of_part(const Asked& asked, const Part& part, const Order& order, const PageStart& start)
    -> Sql {
    Sql sql("SELECT t.id AS id, " + order.key + " AS place FROM ");
    const auto by = found_by(asked, order);
    if (by == FoundBy::Id) {
        // In this order: what is crossed is not turned round.
        sql.add("(");
        add_ids_of_found(sql, asked.search, part.state);
        sql.add(") AS found CROSS JOIN tokens t WHERE t.id = found.id AND ");
    } else {
        sql.add("tokens t WHERE ");
    }
    add_part(sql, asked, part, by);
    if (asked.is_search() && by != FoundBy::Id) add_is_found(sql, asked.search);
    add_page(sql, order, "t.id", start, asked.limit);
    return sql;
}

/// Those whose time has run out since they were written, which are never many. They are asked for
/// in the order of their ends, and no condition goes in before the limit: so that PostgreSQL, too,
/// finds them by their ends, though it takes them for as many as have ended among all tokens.
void add_run_out(Sql& sql, const Asked& asked, const Order& order) {
    sql.add("(SELECT t.id, t.label, t.first_shown, t.last_shown, " + order.key +
            " AS place FROM tokens t WHERE ");
    add_part(sql, asked, run_out, FoundBy::End);
    sql.add(" ORDER BY ").add(token_end_key).add(" LIMIT 1000000000) AS t WHERE TRUE");
}

auto page_of_run_out(const Asked& asked, const Order& order, const PageStart& start) -> Sql {
    Sql sql("SELECT id, place FROM ");
    add_run_out(sql, asked, order);
    if (asked.is_search()) add_is_found(sql, asked.search);
    add_page(sql, {"place", order.descending}, "id", start, asked.limit);
    return sql;
}

/// Of those that have ended, the pages of both parts together are more than enough for one.
auto page_of(Transaction& tx, const Asked& asked, const Order& order, const PageStart& start)
    -> std::vector<Row> {
    std::vector<Row> all;
    const auto take = [&](const Sql& sql) {
        for (const auto& row : sql.query(tx))
            all.push_back(row);
    };
    if (asked.state == TokenListState::Active) {
        take(page_of_part(asked, active, order, start));
        return all;
    }
    take(page_of_part(asked, ended, order, start));
    take(page_of_run_out(asked, order, start));
    std::sort(all.begin(), all.end(), [&order](const Row& a, const Row& b) {
        const auto place = [](const Row& row) { return std::pair(row.number(1), row.text(0)); };
        return order.descending ? place(b) < place(a) : place(a) < place(b);
    });
    return all;
}

/// By what is kept of each label, less those whose time has run out since it was written.
auto count_labelled(Transaction& tx, const Asked& asked) -> long long {
    Sql sql("SELECT COUNT(*) FROM ");
    add_run_out(sql, asked, {"0"});
    if (asked.is_search()) add_has_label(sql, asked.search);
    const auto& sums = asked.is_search() ? asked.search.sums : asked.all;
    const auto open = sums.open - sql.count(tx);
    return asked.state == TokenListState::Active ? open : sums.tokens - open;
}

auto count_named_alone(Transaction& tx, const Asked& asked, const Part& part) -> long long {
    Sql sql("SELECT COUNT(*) FROM (");
    add_ids_of_named(sql, asked.search);
    sql.add(") AS found CROSS JOIN tokens t WHERE t.id = found.id AND ");
    add_part(sql, asked, part, FoundBy::Id);
    add_has_no_label(sql, asked.search);
    return sql.count(tx);
}

auto count_all(Transaction& tx, const Asked& asked) -> long long {
    auto total = count_labelled(tx, asked);
    if (asked.search.sought.names.empty()) return total;
    if (asked.state == TokenListState::Active) return total + count_named_alone(tx, asked, active);
    return total + count_named_alone(tx, asked, ended) + count_named_alone(tx, asked, run_out);
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
    Asked asked{organization, query.state, now, query.limit, {}, {}};
    asked.search.sought = read_sought(query.search);
    if (asked.is_search()) {
        find_labels(tx, organization, asked.search);
        asked.all = sums_of_all_labels(tx, organization);
    }
    const auto order = order_of(query);
    Slice<std::string> page;
    take_rows(page, page_of(tx, asked, order, start), order, query.limit,
              [](const Row& row) { return row.text(0); });
    Slice<access::AccessToken> slice;
    slice.items = in_order(page.items, find_tokens(tx, organization, page.items, now));
    slice.next = page.next;
    if (is_all(slice, start)) return slice;
    if (!asked.is_search()) asked.all = sums_of_all_labels(tx, organization);
    slice.total = count_all(tx, asked);
    return slice;
}

}  // namespace pcc::server
