#include "core/view/order.hpp"

#include "core/view/build.hpp"
#include "core/view/columns.hpp"

namespace pcc::view {

namespace {

using api::ListSort;
using app::ChangedColumns;
using app::ColumnAct;

auto words_of(ListSort order) -> const char* {
    switch (order) {
        case ListSort::Newest: return "Newest first";
        case ListSort::Oldest: return "Oldest first";
        case ListSort::EndsFirst: return "Earliest end first";
        case ListSort::EndsLast: return "Latest end first";
        case ListSort::LastUsed: return "Last used first";
        case ListSort::AToZ: return "A to Z";
        case ListSort::ZToA: return "Z to A";
        case ListSort::MostAccessPoints: return "Most access points";
        case ListSort::FewestAccessPoints: return "Fewest access points";
        case ListSort::MostOffline: return "Most offline";
        case ListSort::FewestOffline: return "Fewest offline";
        case ListSort::MostClients: return "Most clients";
        case ListSort::FewestClients: return "Fewest clients";
    }
    return "";
}

auto is_current(const TableColumn& column, ListSort order) -> bool {
    return column.sort == (api::descends(order) ? Sort::Descending : Sort::Ascending);
}

auto choice_of(const TableColumn& column, ListSort order) -> Node {
    Node made;
    made.kind = Kind::Choice;
    made.id = made.name = words_of(order);
    made.detail = column.title;
    made.selected = is_current(column, order);
    made.on_press = column.on_order(order);
    return made;
}

}  // namespace

auto order_button(const Node& table) -> std::optional<Node> {
    for (const auto& column : table.table->columns) {
        for (const auto order : column.orders) {
            if (is_current(column, order)) {
                const auto name = std::string("Sort by: ") + words_of(order);
                auto made =
                    row_button("order", name, name + ", " + table.name,
                               ChangedColumns{ColumnAct::OpenOrder, column_key(table.name)});
                made.over_cards = true;
                return made;
            }
        }
    }
    return std::nullopt;
}

auto order_dialog(const Node& table) -> Node {
    const app::Msg close = ChangedColumns{ColumnAct::Close};
    auto made = dialog("order_dialog", "Sort by", table.name, close);
    Node group;
    group.kind = Kind::ChoiceGroup;
    group.id = "order";
    group.label = "Order of " + table.name;
    for (const auto& column : table.table->columns) {
        for (const auto order : column.orders) {
            group.children.push_back(choice_of(column, order));
        }
    }
    made.children =
        list(std::move(group), actions(list(button("done", "Done", close, ButtonStyle::Primary))));
    return made;
}

}  // namespace pcc::view
