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

    auto is_search() const -> bool { return !search.sought.is_everything(); }
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

/// All of a part in their order, each looked at where something is sought.
auto page_of_part(const Asked& asked, const Part& part, const Order& order, const PageStart& start)
    -> Sql {
    Sql sql("SELECT t.id AS id, " + order.key + " AS place FROM tokens t WHERE ");
    add_part(sql, asked, part, order.key == token_end_key ? FoundBy::End : FoundBy::Place);
    if (asked.is_search()) add_is_found(sql, asked.search);
    add_page(sql, order, "t.id", start, asked.limit);
    return sql;
}

auto page_of_label(const Asked& asked, const Part& part, const std::string& label,
                   const Order& order, const PageStart& start) -> Sql {
    const Order under_label{key_under_label(order.key), order.descending};
    Sql sql("SELECT t.id AS id, " + under_label.key + " AS place FROM tokens t WHERE ");
    add_part(sql, asked, part, FoundBy::Place);
    sql.add(" AND t.label = ?", {label});
    add_page(sql, under_label, "t.id", start, asked.limit);
    return sql;
}

/// In this order: what is crossed is not turned round.
auto page_of_named(const Asked& asked, const Part& part, const Order& order, const PageStart& start)
    -> Sql {
    Sql sql("SELECT t.id AS id, " + order.key + " AS place FROM (");
    add_ids_of_named(sql, asked.search);
    sql.add(") AS found CROSS JOIN tokens t WHERE t.id = found.id AND ");
    add_part(sql, asked, part, FoundBy::Id);
    add_page(sql, order, "t.id", start, asked.limit);
    return sql;
}

/// Pages that together hold all that one of a part holds. A page of each label, so that it does not
/// matter how many tokens there are, or where they stand; but a text that hundreds of labels
/// contain soon fills a page with what is looked at in its order.
auto pages_of_part(const Asked& asked, const Part& part, const Order& order, const PageStart& start)
    -> std::vector<Sql> {
    constexpr std::size_t most_labels = 256;
    constexpr long long few = 2000;  // Units: tokens
    const auto& search = asked.search;
    const bool by_label = search.labels.size() <= most_labels || search.sums.in(part.state) <= few;
    if (!asked.is_search() || !by_label) return {page_of_part(asked, part, order, start)};
    std::vector<Sql> pages;
    for (const auto& label : search.labels) {
        if (label.sums.in(part.state) == 0) continue;
        pages.push_back(page_of_label(asked, part, label.text, order, start));
    }
    if (!search.sought.names.empty()) pages.push_back(page_of_named(asked, part, order, start));
    return pages;
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

auto page_of(Transaction& tx, const Asked& asked, const Order& order, const PageStart& start)
    -> std::vector<Row> {
    const bool lists_active = asked.state == TokenListState::Active;
    auto pages = pages_of_part(asked, lists_active ? active : ended, order, start);
    if (!lists_active) pages.push_back(page_of_run_out(asked, order, start));
    return read_pages(tx, pages, order);
}

/// By what is kept of each label, less those whose time has run out since it was written.
auto count_labelled(Transaction& tx, const Asked& asked) -> long long {
    Sql sql("SELECT COUNT(*) FROM ");
    add_run_out(sql, asked, {"0"});
    if (asked.is_search()) add_has_label(sql, asked.search);
    const auto sums =
        asked.is_search() ? asked.search.sums : sums_of_all_labels(tx, asked.organization);
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
    Asked asked{organization, query.state, now, query.limit, {}};
    asked.search.sought = read_sought(query.search);
    if (asked.is_search()) find_labels(tx, organization, asked.search);
    const auto order = order_of(query);
    Slice<std::string> page;
    take_rows(page, page_of(tx, asked, order, start), order, query.limit,
              [](const Row& row) { return row.text(0); });
    Slice<access::AccessToken> slice;
    slice.items = in_order(page.items, find_tokens(tx, organization, page.items, now));
    slice.next = page.next;
    if (is_all(slice, start)) return slice;
    slice.total = count_all(tx, asked);
    return slice;
}

}  // namespace pcc::server
