// Passwords hashed and checked with Argon2id, a few at a time.
// Layer: server. Keeps no password and counts no failures.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <string>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace pcc::server {

/// Source: reference/security.md, decision table.
struct PasswordCost {
    unsigned long long passes = 2;
    std::size_t memory = 64UL * 1024 * 1024;  // Units: bytes

    /// The least that Argon2id takes, for tests.
    static auto cheap() -> PasswordCost { return {1, 8192}; }
};

enum class PasswordFault { Busy, OutOfMemory };

class PasswordHasher {
  public:
    explicit PasswordHasher(PasswordCost cost = {}, int at_once = 2, int longest_queue = 32);

    /// Waits for its turn. Errors: Busy where too many wait already.
    auto hash(const Secret& password) -> Result<std::string, PasswordFault>;
    /// Whether the password is the one of that hash.
    auto verify(const std::string& hash, const Secret& password) -> Result<bool, PasswordFault>;
    /// Takes as long as `verify` and is always false: for an account that does not exist.
    auto verify_nobody(const Secret& password) -> Result<bool, PasswordFault>;
    /// Lets nobody in any more; those who are in or wait are served. For the end of the server.
    void close();

  private:
    auto enter() -> bool;
    void leave();

    PasswordCost cost_;
    int at_once_;
    int longest_queue_;
    std::string nobody_;  // a hash that no account has
    std::mutex mutex_;
    std::condition_variable turn_;
    int running_ = 0;
    int waiting_ = 0;
    bool closed_ = false;
};

}  // namespace pcc::server
