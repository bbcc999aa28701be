// A statement put together piece by piece, with its values kept apart from its text.
// Layer: server. Knows no table; no value ever becomes part of the text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "server/store/transaction.hpp"

namespace pcc::server {

class Sql {
  public:
    /// `values`: what the text, or what is added later, names as $1, $2 and so on.
    explicit Sql(std::string_view text, ValuesView values = {}) {
        text_.reserve(1280);  // most of them fit, so that they do not grow piece by piece
        values_.reserve(8);
        text_ = text;
        values_.assign(values.begin(), values.end());
    }

    auto text() const -> const std::string& { return text_; }
    auto values() const -> const Values& { return values_; }

    /// Adds text, and a value where `?` stands in it.
    auto add(std::string_view text, ValuesView values = {}) -> Sql&;
    /// ` AND column LIKE ...` for rows that contain the text; nothing for an empty one.
    auto add_contains(std::string_view column, std::string_view text) -> Sql&;
    /// ` AND column IN (...)`; no row for an empty list.
    auto add_in(std::string_view column, const std::vector<std::string>& texts) -> Sql&;
    /// The same for a page of them: the last stands there again until they are a power of two, so
    /// that there are few such statements to be prepared.
    auto add_in_page(std::string_view column, std::vector<std::string> texts) -> Sql&;

    auto query(Transaction& transaction) const -> Rows { return transaction.query(text_, values_); }
    void foresee(Transaction& transaction) const { transaction.foresee(text_, values_); }
    /// The number in the first column of the only row.
    auto count(Transaction& transaction) const -> long long;

  private:
    std::string text_;
    Values values_;
};

/// Where a page begins: after the row with this key and id. Empty for the first page.
struct PageStart {
    std::string key;
    std::string id;
    auto is_first() const -> bool { return id.empty(); }
};

/// What a list is sorted by: an expression over its rows, and which way. Equal ones go by id.
struct Order {
    std::string key;
    bool descending = false;
    bool is_text = false;  // else a number
    /// Works the key out of a row that has no column for it.
    std::string (*key_of)(const Row& row) = nullptr;
};

/// Adds the condition that a row stands after `start`, the order, and a limit of one row more than
/// the page has: so it shows whether another follows.
void add_page(Sql& sql, const Order& order, std::string_view id, const PageStart& start, int limit);

/// Pages that together hold all that one page holds, as that one: asked for together where that
/// spares time, sorted, and what stands in two of them taken once. Columns: as `start_after` has
/// them.
auto read_pages(Transaction& transaction, const std::vector<Sql>& pages, const Order& order)
    -> std::vector<Row>;

/// One page of rows, where the next one starts, and how many there are in all.
template <class T>
struct Slice {
    std::vector<T> items;
    PageStart next;  // the first page where none follows
    long long total = 0;
};

/// Whether the page is all there is: its rows are then counted already, and `total` is set.
template <class T>
auto is_all(Slice<T>& slice, const PageStart& start) -> bool {
    if (!start.is_first() || !slice.next.is_first()) return false;
    slice.total = static_cast<long long>(slice.items.size());
    return true;
}

/// Where the page ends that a row is the last of. Columns: id first, the key of its order last,
/// unless the order works it out.
auto start_after(const Row& row, const Order& order) -> PageStart;

/// Takes rows of such columns into a slice.
template <class T, class Found, class Read>
void take_rows(Slice<T>& slice, const Found& rows, const Order& order, int limit, Read read) {
    const auto count = std::min(rows.size(), static_cast<std::size_t>(limit));
    slice.items.reserve(count);
    for (const auto& row : rows) {
        if (slice.items.size() == count) break;
        slice.items.push_back(read(row));
    }
    if (count < rows.size()) slice.next = start_after(rows[count - 1], order);
}

}  // namespace pcc::server
