// Checkpoints that an operator keeps apart from the database: the newest of each organization, a
// line each. Who rewrites a chain and its checkpoints cannot rewrite these. Layer: server. Text and
// database; opens no file.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>

#include "server/crypto/keys.hpp"
#include "server/store/checkpoints.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

/// `organization number sequence hash at key-version signature`.
auto checkpoint_line(const Checkpoint& checkpoint) -> std::string;
auto parse_checkpoint_line(const std::string& line) -> std::optional<Checkpoint>;

/// The newest checkpoint of each organization, after a line that says what this is.
auto write_checkpoints(Store& store, std::ostream& out) -> Result<long long, StoreError>;

/// What is wrong with what was kept, as sentences; each handed to `found`.
auto compare_checkpoints(Store& store, const Keys& keys, std::istream& kept,
                         const std::function<void(const std::string&)>& found)
    -> Result<long long, StoreError>;

}  // namespace pcc::server
