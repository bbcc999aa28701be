// The person's choice of columns, laid over every table of a page, and the dialog to choose in.
// Layer: view. Knows tables, no page.
#pragma once

#include <optional>
#include <vector>

#include "core/app/columns.hpp"
#include "core/view/node.hpp"

namespace pcc::view {

/// Leaves out hidden columns, widens others, and gives each table buttons that open its dialogs.
/// Returns the dialog of the table whose columns or order are being chosen, where it is on the
/// page; without widths where tables are `cards`.
auto arrange_tables(std::vector<Node>& body, const app::Columns& columns, bool cards)
    -> std::optional<Node>;

/// A row with a cell for each column that is shown.
auto read_row(const Table& table, std::size_t index) -> TableRow;

/// By what the model knows a table or a column.
auto column_key(const std::string& name) -> app::ColumnKey;

}  // namespace pcc::view
