// Makes checkpoints of the audit: signs what each chain has come to, while the server runs.
// Layer: server. A look in the background; no act waits for it. Several servers may look at once.
#pragma once

#include <string>

#include "server/crypto/keys.hpp"
#include "server/store/checkpoints.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

/// What is signed of a checkpoint.
auto checkpoint_text(const Checkpoint& checkpoint) -> std::string;
auto is_signed(const Checkpoint& checkpoint, const Keys& keys) -> bool;

/// Which chains get one: those that are due, or all that have grown since their last.
enum class CheckpointsOf { DueChains, AllChains };

/// Makes the checkpoints and returns how many. What another server made first is not made again.
auto make_checkpoints(Store& store, const Keys& keys, RandomSource& random, Instant now,
                      CheckpointsOf which) -> Result<int, StoreError>;

}  // namespace pcc::server
