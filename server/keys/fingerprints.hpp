// Whether these keys are the ones that the database was used with: it keeps a fingerprint of each
// version. Layer: server. Keeps no key in the database.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "server/crypto/keys.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

/// Notes the versions up to `newest` that the database does not know yet. Returns a sentence
/// instead where it knows one that these keys lack, or another key under the same number: then
/// nothing is noted.
auto meet_keys(Store& store, const Keys& keys, int newest)
    -> Result<std::optional<std::string>, StoreError>;

/// The same sentence for a server that runs, without noting anything: another server may have taken
/// up a version that this one was not given.
auto missed_keys(Store& store, const Keys& keys) -> Result<std::optional<std::string>, StoreError>;

/// The same sentence of fingerprints by version, for a backup that nobody has opened yet.
auto fault_of_keys(const std::map<int, std::string>& known, const Keys& keys)
    -> std::optional<std::string>;

}  // namespace pcc::server
