// A whole SQLite database copied, page by page, as it stood at one moment: for backups, and back.
// Layer: server. Knows no table but the schema's number.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "server/store/transaction.hpp"

namespace pcc::server {

/// Copies a database into a file of its own, while a server may be writing it. Errors: Unavailable.
auto back_up_sqlite(const std::string& from, const std::string& to) -> Result<void, StoreError>;

/// The fingerprints of the keys that a database was used with, by version.
using KeyPrints = std::map<int, std::string>;
/// A sentence where a backup must not be put back.
using MayRestore = std::function<std::optional<std::string>(const KeyPrints&)>;

/// Puts a backup in the place of a database that no server has open, where `may` has nothing
/// against it. What stood there is kept as `<to>.replaced`, or `<to>.replaced-2` and so on,
/// whatever state it is in. All or nothing. Errors: InUse, NewerSchema, Unavailable, also where the
/// backup is not whole or no database of this program.
auto restore_sqlite(const std::string& from, const std::string& to, const MayRestore& may)
    -> Result<void, StoreError>;

}  // namespace pcc::server
