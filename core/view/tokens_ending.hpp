// The selected tokens as they are seen: checkboxes, the bar above the list.
// Layer: view. Part of the tokens page; the confirmation is in tokens_dialogs.
#pragma once

#include "core/app/pages/tokens.hpp"
#include "core/view/node.hpp"

namespace pcc::view {

/// Puts the column of checkboxes before the others.
void add_select_column(Table& table, const app::Selection& selection, api::TokenListState state);
/// Puts the checkbox before the other cells of a row.
void add_checkbox(TableRow& row, const access::AccessToken& token, bool selected,
                  api::TokenListState state);
/// `3 selected`, Expire, Delete, Clear: in place of the list's own tools.
void add_selection_bar(Node& header, std::size_t count, api::TokenListState state);

}  // namespace pcc::view
