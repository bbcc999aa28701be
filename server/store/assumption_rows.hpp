// The rows of assumptions: what is asked of them, and what is made of the answer.
// Layer: server. Part of store/assumptions.hpp.
#pragma once

#include <string>
#include <string_view>

#include "server/store/assumptions.hpp"

namespace pcc::server {

/// Assumptions `a`, each with its session `s`.
inline constexpr const char* assumption_tables =
    " FROM assumptions a JOIN sessions s "
    "ON s.organization_id = a.engineer_organization_id AND s.id = a.session_id ";

/// All that is read of an assumption, up to the condition. A list's order adds its key as the last
/// column.
auto select_assumption(std::string_view key = {}) -> Sql;
auto read_assumption(const Row& row, Instant now) -> StoredAssumption;

/// The same of one by its id, of a session that is known: $1 to $4 are the id, the engineer's
/// organization, the engineer and the session.
auto select_own_assumption() -> const std::string&;
auto read_own_assumption(const Row& row, const SessionRow& session, Instant now)
    -> access::Assumption;

}  // namespace pcc::server
