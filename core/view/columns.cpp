#include "core/view/columns.hpp"

#include "core/view/build.hpp"
#include "core/view/order.hpp"
#include "core/view/placed.hpp"

namespace pcc::view {

namespace {

using app::ChangedColumns;
using app::ColumnAct;
using app::ColumnKey;

constexpr float step = 32;  // Units: CSS px

auto width_button(const char* name, const TableColumn& column, ColumnKey table, float by) -> Node {
    return row_button(name, name, name + (": " + column.title),
                      ChangedColumns{ColumnAct::Widen, table, column_key(column.id), by});
}

auto column_line(const TableColumn& column, ColumnKey table, bool hidden, bool first, bool cards)
    -> Node {
    Node shown;
    shown.kind = Kind::Checkbox;
    shown.name = column.title;
    shown.selected = !hidden;
    shown.disabled = first;  // it names the row
    shown.on_press = ChangedColumns{ColumnAct::ShowOrHide, table, column_key(column.id), 0};
    auto line = row(list(std::move(shown), spacer()), 4);
    line.id = column.id;
    if (!cards) {
        line.children.push_back(width_button("Narrower", column, table, -step));
        line.children.push_back(width_button("Wider", column, table, step));
    }
    return line;
}

auto columns_dialog(const Node& node, const app::Columns& columns, bool cards) -> Node {
    const app::Msg close = ChangedColumns{ColumnAct::Close};
    auto made = dialog("columns_dialog", "Columns", node.name, close);
    for (const auto& column : node.table->columns) {
        if (!column.hidden_title) {
            const auto choice = app::choice_of(columns, columns.open, column_key(column.id));
            made.children.push_back(
                column_line(column, columns.open, choice.hidden, made.children.empty(), cards));
        }
    }
    made.children.push_back(
        actions(list(button("reset", "Reset", ChangedColumns{ColumnAct::Reset, columns.open}),
                     button("done", "Done", close, ButtonStyle::Primary))));
    return made;
}

void arrange(Table& table, ColumnKey key, const app::Columns& columns) {
    std::vector<TableColumn> shown;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        auto& column = table.columns[i];
        const auto choice = app::choice_of(columns, key, column_key(column.id));
        column.wider = choice.wider;
        if (choice.hidden) {
            table.hidden_cells |= 1U << i;
        } else {
            shown.push_back(std::move(column));
        }
    }
    table.columns = std::move(shown);
    table.on_widen = [](ColumnKey of, ColumnKey column, float by) -> app::Msg {
        return ChangedColumns{ColumnAct::Widen, of, column, by};
    };
}

/// What a list offers over its table: the order where columns have no heads to press, the columns.
auto list_tools(const Node& table, ColumnKey key) -> Node {
    auto made = row({}, 8);
    made.id = "list_tools";
    if (auto order = order_button(table)) {
        made.children.push_back(std::move(*order));
    }
    made.children.push_back(row_button("columns", "Columns", "Columns of " + table.name,
                                       ChangedColumns{ColumnAct::Open, key}));
    return made;
}

void add_tools(Node& bar, Node tools) {
    bool pushed = false;
    for (const auto& child : bar.children) {
        pushed = pushed || child.kind == Kind::Spacer;
    }
    if (!pushed) {
        bar.children.push_back(spacer());
    }
    bar.children.push_back(std::move(tools));
}

/// In the head of its card; where it has none, in the page's, or over cards in one of their own.
void place_tools(std::vector<Node>& body, Node& card, Node tools, bool cards) {
    auto& first = card.children.front();
    if (first.kind == Kind::CardHeader) {
        add_tools(first, std::move(tools));
    } else if (cards) {
        card.children.insert(card.children.begin(), card_header(list(std::move(tools))));
    } else {
        add_tools(body.front(), std::move(tools));
    }
}

auto table_in(Node& card) -> Node* {
    for (auto& child : card.children) {
        if (child.table) {
            return &child;
        }
    }
    return nullptr;
}

}  // namespace

auto arrange_tables(std::vector<Node>& body, const app::Columns& columns, bool cards)
    -> std::optional<Node> {
    std::optional<Node> dialog;
    for (auto& part : body) {
        auto* table = table_in(part);
        if (!table) {
            continue;
        }
        const auto key = column_key(table->name);
        if (key == columns.open) {
            dialog =
                columns.ordering ? order_dialog(*table) : columns_dialog(*table, columns, cards);
        }
        auto tools = list_tools(*table, key);
        arrange(*table->table, key, columns);
        place_tools(body, part, std::move(tools), cards);
    }
    return dialog;
}

auto read_row(const Table& table, std::size_t index) -> TableRow {
    auto row = table.row_at(index);
    if (table.hidden_cells == 0) {
        return row;
    }
    auto cells = std::move(row.cells);
    row.cells.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if ((table.hidden_cells >> i & 1U) == 0) {
            row.cells.push_back(std::move(cells[i]));
        }
    }
    return row;
}

auto column_key(const std::string& name) -> app::ColumnKey {
    return child_key(0, name);
}

}  // namespace pcc::view
