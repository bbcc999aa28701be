// Tables, as a screen reader counts them: all rows, of which those in sight stand here.
// Layer: web/platform. Roles are written out: the places of the elements take their table layout
// away.
#include "web/platform/elements_builder.hpp"

namespace pcc::platform {

namespace {

void add_table(ElementsBuilder& builder, const view::Placed& placed) {
    const auto& node = *placed.node;
    auto& table = builder.add(placed, "table", Use::Container);
    set(table, "role", "table");
    if (node.table) set(table, "aria-rowcount", std::to_string(node.table->row_count + 1));
    builder.hold(placed);
    if (spoken(node).empty()) return;
    auto& caption =
        builder.add_part(placed, builder.own(), part_key(placed, "caption"), "caption", Use::Leaf);
    caption.text = spoken(node);
}

void add_head(ElementsBuilder& builder, const view::Placed& placed) {
    set(builder.add(placed, "thead", Use::Container), "role", "rowgroup");
    builder.hold(placed);
    auto& row =
        builder.add_part(placed, builder.own(), part_key(placed, "row"), "tr", Use::Container);
    set(row, "role", "row");
    set(row, "aria-rowindex", "1");
    builder.hold(placed);
}

auto sort_word(view::Sort sort) -> const char* {
    switch (sort) {
        case view::Sort::Ascending: return "ascending";
        case view::Sort::Descending: return "descending";
        default: return "none";
    }
}

auto check_word(view::Check check) -> const char* {
    return check == view::Check::On ? "true" : check == view::Check::Mixed ? "mixed" : "false";
}

// The button of a sortable column has the key of the column: it is what takes focus and clicks.
// Over cards, where heads are not drawn, there is nothing to press. One that picks all rows is a
// checkbox.
void add_column(ElementsBuilder& builder, const view::Placed& placed) {
    const auto& column = placed.node->table->columns[placed.index];
    const bool sortable = column.on_sort.has_value() && placed.rect.height > 0;
    auto& head = builder.add_part(placed, builder.outer(), part_key(placed, "head"), "th",
                                  sortable ? Use::Container : Use::Leaf);
    set(head, "role", "columnheader");
    set(head, "scope", "col");
    if (builder.plain && column.hidden_title) set(head, "data-look", "unseen");
    if (!sortable) {
        head.text = column.title;
        return;
    }
    if (column.check == view::Check::None) set(head, "aria-sort", sort_word(column.sort));
    builder.hold(placed);
    auto& button = builder.add_part(placed, builder.own(), placed.key, "button", Use::Control);
    button.text = column.title;
    button.on_press = &column.on_sort;
    if (column.check == view::Check::None) return;
    set(button, "role", "checkbox");
    set(button, "aria-checked", check_word(column.check));
}

void add_row(ElementsBuilder& builder, const view::Placed& placed) {
    auto& row = builder.add(placed, "tr", Use::Container);
    set(row, "role", "row");
    set(row, "aria-rowindex", std::to_string(placed.index + 2));
    if (placed.node->table->on_pick)
        set(row, "aria-selected", placed.row->picked ? "true" : "false");
    row.placed = &placed;
    builder.hold(placed);
}

// A cell takes the focus by the arrow keys and by a press, not by Tab.
void add_cell(ElementsBuilder& builder, const view::Placed& placed) {
    const auto* words = only_words(builder, placed);
    auto& cell = builder.add(placed, "td", words ? Use::Leaf : Use::Container);
    if (words) cell.text = spoken(*words);
    set(cell, "role", "cell");
    set(cell, "tabindex", "-1");
    const auto& column = placed.node->table->columns[placed.index];
    if (builder.plain && !column.hidden_title) set(cell, "data-title", column.title);
    cell.placed = &placed;
    builder.hold(placed);
}

}  // namespace

auto only_words(const ElementsBuilder& builder, const view::Placed& cell) -> const view::Node* {
    if (builder.plain || cell.part != view::Part::TableCell) return nullptr;
    const auto& node = cell.row->cells[cell.index];
    const bool is_words = node.kind == view::Kind::Text || node.kind == view::Kind::Chip;
    return is_words ? &node : nullptr;
}

void add_table_part(ElementsBuilder& builder, const view::Placed& placed) {
    switch (placed.part) {
        case view::Part::Whole: return add_table(builder, placed);
        case view::Part::TableHead: return add_head(builder, placed);
        case view::Part::TableColumn: return add_column(builder, placed);
        case view::Part::TableRow: return add_row(builder, placed);
        case view::Part::TableBody:
            set(builder.add(placed, "tbody", Use::Container), "role", "rowgroup");
            return builder.hold(placed);
        case view::Part::TableCell: return add_cell(builder, placed);
    }
}

}  // namespace pcc::platform
