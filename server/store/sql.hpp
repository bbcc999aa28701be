// A statement put together piece by piece, with its values kept apart from its text.
// Layer: server. Knows no table; no value ever becomes part of the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/store/transaction.hpp"

namespace pcc::server {

class Sql {
  public:
    explicit Sql(std::string_view text) : text_(text) {}

    auto text() const -> const std::string& { return text_; }
    auto values() const -> const Values& { return values_; }

    /// Adds text, and a value where `?` stands in it.
    auto add(std::string_view text, const Values& values = {}) -> Sql&;
    /// ` AND column LIKE ...` for rows that contain the text; nothing for an empty one.
    auto add_contains(std::string_view column, std::string_view text) -> Sql&;
    /// ` AND column IN (...)`; no row for an empty list.
    auto add_in(std::string_view column, const std::vector<std::string>& texts) -> Sql&;

    auto query(Transaction& transaction) const -> Rows { return transaction.query(text_, values_); }
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

/// One page of rows, whether more follow, and how many there are in all.
template <class T>
struct Slice {
    std::vector<T> items;
    bool more = false;
    long long total = 0;
};

}  // namespace pcc::server
