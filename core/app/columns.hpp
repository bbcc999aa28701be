// Which columns of the tables are shown and how wide, as the person chose, kept for the tab; and
// whether they are choosing columns or an order just now.
// Layer: app. Knows tables and columns by the keys the view gives them.
#pragma once

#include <cstdint>
#include <vector>

namespace pcc::app {

using ColumnKey = std::uint32_t;  // of a table, and of a column within one; never 0

enum class ColumnAct { Open, OpenOrder, Close, ShowOrHide, Widen, Reset };
struct ChangedColumns {
    ColumnAct act = ColumnAct::Open;
    ColumnKey table = 0;
    ColumnKey column = 0;
    float by = 0;  // of Widen. Units: CSS px
};

struct ColumnChoice {
    ColumnKey table = 0;
    ColumnKey column = 0;
    bool hidden = false;
    float wider = 0;  // than the table would make it. Units: CSS px
};

struct Columns {
    std::vector<ColumnChoice> chosen;
    ColumnKey open = 0;     // the table whose columns are being chosen in a dialog
    bool ordering = false;  // its order is, rather than its columns
};

void update(Columns& columns, const ChangedColumns& m);
/// What was chosen for a column; as it comes where nothing was.
auto choice_of(const Columns& columns, ColumnKey table, ColumnKey column) -> ColumnChoice;

}  // namespace pcc::app
