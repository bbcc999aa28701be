// Rows in the order of a column.
// Layer: tests/bench. Knows columns, no list and no screen.
#pragma once

#include <vector>

#include "tests/bench/console/rows.hpp"

namespace pcc::bench {

/// In the order in which they are shown.
enum class Column {
    TokenId,
    Label,
    Validity,
    GeneratedAt,
    ExpiresAt,
    Remaining,
    Status,
    CreatedBy,
    LastUsed
};

/// A number that orders the rows as the words or the value of their column do.
auto sort_key(const Rows& rows, Column column, RowNumber row) -> std::uint64_t;

/// Sorts; rows with the same key stay in the order they came in, whichever way it goes.
void sort_rows(std::vector<RowNumber>& order, const Rows& rows, Column column, bool descending);

}  // namespace pcc::bench
