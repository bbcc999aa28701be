// What of a table is copied: its words, without its buttons.
// Layer: view. A Token ID stands in a table as its hint alone, so nothing more can be copied.
#pragma once

#include <string>

#include "core/view/node.hpp"

namespace pcc::view {

/// The words of one cell, lines joined by a comma.
auto words_of_cell(const Node& cell) -> std::string;
/// A cell's words; those of the whole row, separated by tabs, where the cell holds none.
auto copied_words(const TableRow& row, std::size_t column) -> std::string;

}  // namespace pcc::view
