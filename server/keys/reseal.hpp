// Living tokens sealed anew and found anew under the current key, after a rotation.
// Layer: server. What has ended keeps the look-up it had: its Token ID is not there any more.
#pragma once

#include "server/crypto/keys.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

/// Re-seals some of the tokens that are sealed under older keys, and returns how many; 0 when none
/// is left. Those that no key opens are passed over.
auto reseal_some(Store& store, const Keys& keys, RandomSource& random)
    -> Result<long long, StoreError>;

}  // namespace pcc::server
