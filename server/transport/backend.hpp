// What a server answers from: its store, its keys, and how it was told to run.
// Layer: server/transport. Holds what others own.
#pragma once

#include <string>

#include "server/crypto/key_ring.hpp"
#include "server/crypto/passwords.hpp"
#include "server/crypto/random.hpp"
#include "server/proxies.hpp"
#include "server/store/store.hpp"
#include "server/transport/reports.hpp"

namespace pcc::server {

/// Lives longer than what uses it.
struct Backend {
    Store& store;
    KeyRing& keys;
    std::string keys_file;  // looked at while the server runs
    RandomSource& random;
    PasswordHasher& passwords;
    Reports& reports;
    bool secure_cookies = false;
    Networks trusted_proxies = {};
    std::string lock = {};  // why nothing is served but this sentence; empty where all is
};

}  // namespace pcc::server
