// Ends that the database does not know any more, written into it once more, each with its audit
// row. Layer: server. Works in a transaction that sees all organizations; commits nothing.
#pragma once

#include <vector>

#include "server/ends/end_lines.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

/// Ends what the lines ended, and returns how much of it was living. What is not there (any more)
/// is passed over. Holds all organizations concerned, in an order that is the same for everyone.
auto apply_ends(Transaction& tx, const std::vector<EndLine>& lines, RandomSource& random,
                Instant now) -> long long;

/// Ends every token that has not ended, every assumption and every sign-in.
auto end_everything(Transaction& tx, RandomSource& random, Instant now) -> long long;

}  // namespace pcc::server
