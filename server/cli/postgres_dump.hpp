// A database on PostgreSQL into a file and back, by PostgreSQL's own programs.
// Layer: server/cli. Knows nothing of what ended since.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.hpp"
#include "server/cli/data_folder.hpp"

namespace pcc::server {

/// All of it, or no file. Errors: a sentence for the operator.
auto dump_postgres(const DatabasePlace& place, const std::filesystem::path& to)
    -> Result<void, std::string>;
/// Into a database that has nothing in it: what is there is never replaced. Errors: as above.
auto load_postgres(const DatabasePlace& place, const std::filesystem::path& from)
    -> Result<void, std::string>;

}  // namespace pcc::server
