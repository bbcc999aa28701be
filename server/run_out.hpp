// Writes tokens as ended whose time has run out, and erases what is sealed of them.
// Layer: server. A look in the background: a token ends with its time, whether it ran or not.
#pragma once

#include "server/crypto/random.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

/// Of how many organizations tokens were written. Several servers may look at once.
auto write_all_run_out(Store& store, RandomSource& random, Instant now) -> Result<int, StoreError>;

}  // namespace pcc::server
