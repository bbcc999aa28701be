#include "server/store/token_search.hpp"

#include <algorithm>
#include <utility>

#include "core/api/text.hpp"

namespace pcc::server {
namespace {

constexpr std::string_view token_id_prefix = "pcc_";
constexpr std::string_view handle_prefix = "tok_";
constexpr std::string_view ellipsis = "\u2026";
constexpr std::size_t shown_length = 4;
/// A single letter would find one token in sixteen.
constexpr std::size_t shortest_part = 2;
/// More than these are looked up anew where they are asked for, instead of being told one by one.
constexpr std::size_t most_told = 256;

auto starts_with(std::string_view text, std::string_view beginning) -> bool {
    return text.substr(0, beginning.size()) == beginning;
}

/// What a Token ID shows, as its letters are read: O for 0, I and L for 1. Nothing for what no
/// Token ID has.
auto shown_part(std::string_view typed) -> std::string {
    std::string part;
    for (const char c : typed) {
        const char letter = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
        const bool is_letter = letter >= 'a' && letter <= 'z' && letter != 'u';
        if (!is_letter && !(letter >= '0' && letter <= '9')) return {};
        part += letter;
    }
    return part.size() <= shown_length ? part : std::string();
}

auto first_shown(const std::string& part) -> Beginning {
    return {"first_shown", part};
}

auto last_shown(const std::string& part) -> Beginning {
    return {"last_shown", part};
}

/// A hint, whole or not yet: `7k2m`, `7k2m…`, `7k2m…9q`, `…9q4t`.
void read_hint(SoughtToken& sought, std::string_view typed) {
    const auto gap = typed.find(ellipsis);
    const auto first = shown_part(typed.substr(0, gap));
    if (gap == std::string_view::npos) {
        if (!first.empty()) sought.names.push_back({first_shown(first)});
        return;
    }
    const auto after = typed.substr(gap + ellipsis.size());
    const auto last = shown_part(after);
    if (last.empty() != after.empty() || first.empty() != (gap == 0)) return;
    std::vector<Beginning> both;
    if (!first.empty()) both.push_back(first_shown(first));
    if (!last.empty()) both.push_back(last_shown(last));
    if (!both.empty()) sought.names.push_back(std::move(both));
}

/// Four letters by themselves may be either part.
void read_part(SoughtToken& sought, std::string_view typed) {
    if (typed.size() < shortest_part) return;
    const auto part = shown_part(typed);
    if (part.empty()) return;
    sought.names.push_back({first_shown(part)});
    sought.names.push_back({last_shown(part)});
}

/// `m` or `t` is a token whose columns begin so: all of them are written in ASCII.
void add_begins(Sql& sql, std::string_view table, const std::vector<Beginning>& all) {
    for (const auto& one : all) {
        const auto column = std::string(table) + "." + one.column;
        sql.add(" AND " + column + " >= ? AND " + column + " < ?", {one.text, one.text + "~"});
    }
}

void add_label_among(Sql& sql, std::string_view column, const TokenSearch& search) {
    if (search.labels.size() <= most_told) {
        std::vector<std::string> texts;
        for (const auto& label : search.labels)
            texts.push_back(label.text);
        sql.add_in_page(column, std::move(texts));
        return;
    }
    sql.add(" AND " + std::string(column) +
                " IN (SELECT l.label FROM token_labels l WHERE l.organization_id = ?",
            {search.organization.value});
    sql.add_contains("l.label", search.sought.text).add(")");
}

}  // namespace

auto read_sought(std::string_view typed) -> SoughtToken {
    SoughtToken sought;
    const auto text = api::fold_case(typed);
    if (text == token_id_prefix || text == handle_prefix) return sought;
    sought.text = text;
    if (starts_with(text, handle_prefix)) {
        sought.names.push_back({{"id", text}});
    } else if (starts_with(text, token_id_prefix)) {
        read_hint(sought, std::string_view(text).substr(token_id_prefix.size()));
    } else if (text.find(ellipsis) != std::string::npos) {
        read_hint(sought, text);
    } else {
        read_part(sought, text);
    }
    return sought;
}

void find_labels(Transaction& tx, const OrganizationId& organization, TokenSearch& search) {
    search.organization = organization;
    Sql sql("SELECT label, token_count, open_count FROM token_labels WHERE ");
    sql.add("organization_id = ?", {organization.value}).add_contains("label", search.sought.text);
    for (const auto& row : sql.query(tx)) {
        search.labels.push_back({row.text(0), {row.number(1), row.number(2)}});
        search.sums.tokens += row.number(1);
        search.sums.open += row.number(2);
    }
}

auto sums_of_all_labels(Transaction& tx, const OrganizationId& organization) -> LabelSums {
    const auto row = tx.query_one(
        "SELECT CAST(COALESCE(SUM(token_count), 0) AS BIGINT), "
        "CAST(COALESCE(SUM(open_count), 0) AS BIGINT) FROM token_labels WHERE organization_id = $1",
        {organization.value});
    if (!row) return {};
    return {row->number(0), row->number(1)};
}

// In a CASE no database looks for an index that would answer a part of it.

void add_has_label(Sql& sql, const TokenSearch& search) {
    sql.add(" AND CASE WHEN 1 = 1");
    add_label_among(sql, "t.label", search);
    sql.add(" THEN 1 ELSE 0 END = 1");
}

void add_has_no_label(Sql& sql, const TokenSearch& search) {
    sql.add(" AND CASE WHEN 1 = 1");
    add_label_among(sql, "t.label", search);
    sql.add(" THEN 1 ELSE 0 END = 0");
}

void add_is_found(Sql& sql, const TokenSearch& search) {
    sql.add(" AND CASE WHEN 1 = 1");
    add_label_among(sql, "t.label", search);
    for (const auto& name : search.sought.names) {
        sql.add(" THEN 1 WHEN 1 = 1");
        add_begins(sql, "t", name);
    }
    // PostgreSQL takes what is unequal for nearly all there is, as it is here, and what is equal
    // for next to nothing.
    sql.add(" THEN 1 ELSE 0 END <> 0");
}

void add_ids_of_named(Sql& sql, const TokenSearch& search) {
    std::string_view joint;
    for (const auto& name : search.sought.names) {
        sql.add(joint).add("SELECT m.id FROM tokens m WHERE m.organization_id = ?",
                           {search.organization.value});
        add_begins(sql, "m", name);
        joint = " UNION ";
    }
}

}  // namespace pcc::server
