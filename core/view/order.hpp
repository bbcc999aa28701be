// The order of a list, chosen in a dialog: where rows are cards there are no heads to press.
// Layer: view. Knows tables, no page.
#pragma once

#include <optional>

#include "core/view/node.hpp"

namespace pcc::view {

/// A button that says the order and opens its dialog; none where no column sorts.
auto order_button(const Node& table) -> std::optional<Node>;
/// All orders the columns of the table can be in, one of them chosen.
auto order_dialog(const Node& table) -> Node;

}  // namespace pcc::view
