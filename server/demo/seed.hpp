// Demo data: three organizations, their people and networks, and some weeks of tokens behind them.
// Layer: server/demo. Fills an empty database before any request comes; touches no other.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/cli/data_folder.hpp"
#include "server/demo/demo_accounts.hpp"
#include "server/handle.hpp"

namespace pcc::server {

/// Fills an empty database as if it had been in use until `present.now`, and keeps the passwords of
/// its accounts in the prepared folder. A start that is interrupted leaves no SQLite database
/// behind; one on PostgreSQL has to be made anew then. Errors: a sentence.
auto seed_demo(const std::filesystem::path& folder, const DatabasePlace& place,
               const World& present) -> Result<void, std::string>;

}  // namespace pcc::server
