// The state of lists as it stands in the address: what was searched for, the order, the subject.
// Layer: app. Reads and writes a query; knows nothing of history entries.
#pragma once

#include <string>
#include <string_view>

#include "core/app/model.hpp"

namespace pcc::app {

/// Path and query of the open screen, `/record/audit?about=tokens`; empty for a screen that has
/// none.
auto address_of(const Model& model) -> std::string;
/// Takes over what the query of an address says about the open screen's lists. A name or a value
/// that it does not know is passed over: an address is not refused for a typing mistake.
void restore_lists(Model& model, std::string_view address);

}  // namespace pcc::app
