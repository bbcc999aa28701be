// Two organizations whose audit has something in it, for those who change it.
// Layer: tests.
#pragma once

#include <optional>

#include "server/audit/verify.hpp"
#include "tests/server/backend.hpp"

namespace pcc::test {

/// Two organizations with some acts each, and a checkpoint every few acts.
class Audited {
  public:
    Audited();
    /// Makes the checkpoints that are due, and says how many.
    auto make() -> int;
    /// The first fault in the audit of either.
    auto find(server::Transaction& tx) const -> std::optional<server::BrokenLink>;
    auto find() -> std::optional<server::BrokenLink>;

    Backend backend;
};

}  // namespace pcc::test
