// How sessions and assumptions end by hand: written, audited and told in one place.
// Layer: server. Decides no right: whoever calls has asked already.
#pragma once

#include <vector>

#include "server/call.hpp"

namespace pcc::server {

/// Ends each assumption that still lives: by the caller, for that reason.
void end_assumptions(Call& call, const std::vector<StoredAssumption>& assumptions,
                     access::AssumptionEndReason reason);

/// Ends the caller's session and all that it acts under.
void end_caller_session(Call& call);

}  // namespace pcc::server
