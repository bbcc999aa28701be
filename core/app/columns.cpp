#include "core/app/columns.hpp"

namespace pcc::app {

namespace {

auto find_choice(std::vector<ColumnChoice>& chosen, const ChangedColumns& m) -> ColumnChoice& {
    for (auto& choice : chosen) {
        if (choice.table == m.table && choice.column == m.column) {
            return choice;
        }
    }
    chosen.push_back({m.table, m.column, false, 0});
    return chosen.back();
}

}  // namespace

void update(Columns& columns, const ChangedColumns& m) {
    switch (m.act) {
        case ColumnAct::Open:
        case ColumnAct::OpenOrder:
            columns.open = m.table;
            columns.ordering = m.act == ColumnAct::OpenOrder;
            return;
        case ColumnAct::Close: columns.open = 0; return;
        case ColumnAct::Reset:
            for (auto& choice : columns.chosen) {
                if (choice.table == m.table) {
                    choice.hidden = false;
                    choice.wider = 0;
                }
            }
            return;
        case ColumnAct::ShowOrHide:
        case ColumnAct::Widen: break;
    }
    auto& choice = find_choice(columns.chosen, m);
    choice.hidden = choice.hidden != (m.act == ColumnAct::ShowOrHide);
    choice.wider += m.by;
}

auto choice_of(const Columns& columns, ColumnKey table, ColumnKey column) -> ColumnChoice {
    for (const auto& choice : columns.chosen) {
        if (choice.table == table && choice.column == column) {
            return choice;
        }
    }
    return {};
}

}  // namespace pcc::app
