// A whole SQLite database copied, page by page, as it stood at one moment: for backups, and back.
// Layer: server. Knows no table but the schema's number.
#pragma once

#include <string>

#include "server/store/transaction.hpp"

namespace pcc::server {

/// Copies a database into a file of its own, while a server may be writing it. Errors: Unavailable.
auto back_up_sqlite(const std::string& from, const std::string& to) -> Result<void, StoreError>;

/// Puts a backup in the place of a database that no server has open. What stood there is kept as
/// `<to>.replaced`. All or nothing. Errors: InUse, NewerSchema, Unavailable, also where the backup
/// is not whole or no database of this program.
auto restore_sqlite(const std::string& from, const std::string& to) -> Result<void, StoreError>;

}  // namespace pcc::server
