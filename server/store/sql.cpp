#include "server/store/sql.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <tuple>

namespace pcc::server {
namespace {

/// A pattern that stands for texts containing this one; `%`, `_` and `\` stand for themselves.
auto pattern_of(std::string_view text) -> std::string {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

/// Sorted as `add_page` has it, each row once.
void put_in_order(std::vector<Row>& rows, const Order& order) {
    const auto place = [&order](const Row& row) {
        const auto key = row.size() - 1;
        return std::tuple(order.is_text ? 0 : row.number(key),
                          order.is_text ? row.view(key) : std::string_view(), row.view(0));
    };
    std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
        return order.descending ? place(b) < place(a) : place(a) < place(b);
    });
    const auto same = [](const Row& a, const Row& b) { return a.view(0) == b.view(0); };
    rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
}

}  // namespace

auto Sql::add(std::string_view text, ValuesView values) -> Sql& {
    for (const auto& value : values) {
        const auto mark = text.find('?');
        if (mark == std::string_view::npos) break;
        values_.push_back(value);
        text_.append(text.substr(0, mark)).append("$").append(std::to_string(values_.size()));
        text.remove_prefix(mark + 1);
    }
    text_.append(text);
    return *this;
}

auto Sql::add_contains(std::string_view column, std::string_view text) -> Sql& {
    if (text.empty()) return *this;
    return add(" AND " + std::string(column) + " LIKE ? ESCAPE '\\'", {pattern_of(text)});
}

auto Sql::add_in(std::string_view column, const std::vector<std::string>& texts) -> Sql& {
    if (texts.empty()) return add(" AND 1 = 0");
    add(" AND " + std::string(column) + " IN (");
    for (std::size_t i = 0; i < texts.size(); ++i)
        add(i == 0 ? "?" : ", ?", {texts[i]});
    return add(")");
}

auto Sql::add_in_page(std::string_view column, std::vector<std::string> texts) -> Sql& {
    if (!texts.empty()) texts.resize(std::bit_ceil(texts.size()), texts.back());
    return add_in(column, texts);
}

auto Sql::count(Transaction& transaction) const -> long long {
    const auto row = transaction.query_one(text_, values_);
    return row ? row->number(0) : 0;
}

void add_page(Sql& sql, const Order& order, std::string_view id, const PageStart& start,
              int limit) {
    if (!start.is_first()) {
        long long number = 0;
        std::from_chars(start.key.data(), start.key.data() + start.key.size(), number);
        sql.add(" AND (").add(order.key).add(", ").add(id);
        sql.add(order.descending ? ") < (?, ?)" : ") > (?, ?)",
                {order.is_text ? Value(start.key) : Value(number), start.id});
    }
    const std::string_view direction = order.descending ? " DESC" : " ASC";
    sql.add(" ORDER BY ").add(order.key).add(direction);
    sql.add(", ").add(id).add(direction).add(" LIMIT ?", {limit + 1});
}

auto read_pages(Transaction& transaction, const std::vector<Sql>& pages, const Order& order)
    -> std::vector<Row> {
    for (const auto& page : pages)
        page.foresee(transaction);
    std::vector<Row> all;
    for (const auto& page : pages) {
        for (const auto& row : page.query(transaction))
            all.push_back(row);
    }
    if (pages.size() > 1) put_in_order(all, order);
    return all;
}

auto start_after(const Row& row, const Order& order) -> PageStart {
    if (order.key_of != nullptr) return {order.key_of(row), row.text(0)};
    const auto key = row.size() - 1;
    return {order.is_text ? row.text(key) : std::to_string(row.number(key)), row.text(0)};
}

}  // namespace pcc::server
