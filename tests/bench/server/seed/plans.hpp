// The query plans of what the server asks most, as the database itself explains them.
// Layer: bench. Calls the store's own functions, so that no statement is written twice.
#pragma once

#include <ostream>

#include "server/handle.hpp"
#include "server/store/store.hpp"

namespace pcc::bench {

/// Prints each statement with its plan. Errors: a sentence for the person at the terminal.
auto print_plans(server::Store& store, const server::World& world, std::ostream& out)
    -> Result<void, std::string>;

}  // namespace pcc::bench
