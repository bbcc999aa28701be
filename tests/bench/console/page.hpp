// The list as a page of the console: search, filter, the table and what acts on picked rows.
// Layer: tests/bench. Pure; built of the console's own nodes.
#pragma once

#include "core/view/node.hpp"
#include "tests/bench/console/list.hpp"

namespace pcc::bench {

/// What stands in the page's main part. Reads the list as long as the picture is drawn.
auto view_list(const List& list) -> std::vector<view::Node>;

}  // namespace pcc::bench
