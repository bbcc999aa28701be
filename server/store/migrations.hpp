// The schema, as numbered steps that are each taken once.
// Layer: server. Portable SQL: whole numbers for instants and flags, text for the rest.
#pragma once

#include <vector>

#include "core/base/result.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

struct Migration {
    int number = 0;
    std::vector<const char*> statements;
};

auto migrations() -> const std::vector<Migration>&;

/// Takes the steps that were not taken yet, each in a transaction of its own.
/// Errors: NewerSchema where the database knows steps that this program does not.
auto migrate(Store& store) -> Result<void, StoreError>;

}  // namespace pcc::server
