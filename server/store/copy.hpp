// All rows of one database put into another that is empty: every table that the schema makes.
// Layer: server. Reads the tables from the schema's steps and their columns from the databases, so
// that a table added later is moved too.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/crypto/keys.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

struct CopiedTable {
    std::string name;
    long long rows = 0;
};
using OnCopied = std::function<void(const CopiedTable&)>;

/// The tables of the schema, each after those that it refers to; without the list of steps itself.
auto tables_of_schema() -> std::vector<std::string>;

/// Copies a SQLite database into a PostgreSQL, in one transaction there: all of it, or nothing.
/// Before it commits it looks whether all rows arrived, every ended token is ended as it was, and
/// the audit's chain is whole and signed with `keys`. Units: `told` is called after each table.
/// Errors: Constraint where the target holds an organization; Unavailable where the two differ
/// afterwards, or could not be read or written.
auto copy_database(Store& source, Store& target, const Keys& keys, const OnCopied& told)
    -> Result<void, StoreError>;

}  // namespace pcc::server
