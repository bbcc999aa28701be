// The database and the file of ends beside each other: what the one knows and the other does not.
// Layer: server. Locks the installation where it cannot be known which ends were lost.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/crypto/key_ring.hpp"
#include "server/ends/end_ledger.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

/// Where ends are kept, and of which server.
struct EndsPlace {
    std::filesystem::path file;
    std::string place;  // of this server among those that share a database; else empty
};

struct EndsWork {
    Store& store;
    const KeyRing& keys;
    RandomSource& random;
    Instant now;
};

/// How a server stands at its start.
struct EndsStanding {
    std::optional<std::string> lock;  // why nothing may be served, as a sentence
    long long ended = 0;              // what the database had to be told of once more
};

/// At a server's start: tells the database what only the file knows (an older database was put
/// back, or the last end was not confirmed), makes the file of a new installation, and has the
/// store keep its ends there. Locked where lines are missing or damaged, or an earlier restore said
/// so.
auto take_up_ends(const EndsWork& work, const EndsPlace& place) -> Result<EndsStanding, StoreError>;

/// After a database was restored: tells it what these files know, in one transaction, and locks the
/// installation where one is missing, damaged, or of a server that is not among them.
auto apply_after_restore(const EndsWork& work, const std::vector<std::filesystem::path>& files)
    -> Result<EndsStanding, StoreError>;

/// Ends every token, assumption and sign-in there is, begins a new file of ends, and takes the lock
/// off. Returns how many ended. The old file stays beside the new one, under another name.
auto unlock(const EndsWork& work, const EndsPlace& place) -> Result<long long, StoreError>;

}  // namespace pcc::server
