#include "core/view/tokens_ending.hpp"

#include "core/view/build.hpp"

namespace pcc::view {

namespace {

namespace tokens = app::tokens;
using api::TokenListState;
using app::Pick;
using tokens::Ending;

auto picked(TokenListState state, Pick how, const std::string& row = {}) -> app::Msg {
    return tokens::Msg{tokens::PickedRow{state, how, TokenHandle(row)}};
}

auto ending_button(const char* name, TokenListState state, Ending ending) -> Node {
    return row_button(name, name, name + std::string(" the selected tokens"),
                      tokens::Msg{tokens::ClickedEnd{state, ending, {}}},
                      ending == Ending::Expire ? ButtonStyle::Plain : ButtonStyle::Danger);
}

}  // namespace

void add_select_column(Table& table, const app::Selection& selection, TokenListState state) {
    TableColumn column = buttons_column(18);
    column.id = "select";
    column.title = "Select all";
    const auto count = selection.count();
    column.check = count == 0 ? Check::Off : count < table.row_count ? Check::Mixed : Check::On;
    column.on_sort = picked(state, Pick::All);
    table.columns.push_back(std::move(column));
    table.on_pick =
        state == TokenListState::Active
            ? [](Pick how,
                 const std::string& row) { return picked(TokenListState::Active, how, row); }
            : [](Pick how, const std::string& row) {
                  return picked(TokenListState::Expired, how, row);
              };
}

void add_checkbox(TableRow& row, const access::AccessToken& token, bool selected,
                  TokenListState state) {
    Node box;
    box.kind = Kind::Checkbox;
    box.label = "Select token " + token.hint;
    box.selected = selected;
    box.on_press = picked(state, Pick::Toggle, row.id);
    row.cells.insert(row.cells.begin(), std::move(box));
    row.picked = selected;
}

void add_selection_bar(Node& header, std::size_t count, TokenListState state) {
    header.children.push_back(spacer());
    header.children.push_back(text(std::to_string(count) + " selected", TextStyle::Strong));
    if (state == TokenListState::Active) {
        header.children.push_back(ending_button("Expire", state, Ending::Expire));
    }
    header.children.push_back(ending_button("Delete", state, Ending::Delete));
    header.children.push_back(row_button("clear", "Clear", "Clear the selection",
                                         picked(state, Pick::None), ButtonStyle::Quiet));
}

}  // namespace pcc::view
