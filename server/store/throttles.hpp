// Counters of failed attempts, kept in the database so that a restart forgives nobody.
// Layer: server. Counts under names it is given; decides nothing about who they stand for.
#pragma once

#include <chrono>
#include <string>

#include "core/base/timestamp.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

/// How many failures are let pass, and what follows.
struct Throttle {
    int most = 10;
    Millis window;       // counted together when they fall within this
    Millis first_block;  // after the last failure that is let pass; doubles with each more
    Millis longest_block;
    bool fixed_window = false;  // blocked until the window is over instead
};

// Source: reference/security.md, decision table.
inline constexpr Throttle sign_in_throttle{10, std::chrono::hours{24}, std::chrono::seconds{30},
                                           std::chrono::hours{1}, false};
inline constexpr Throttle engineer_throttle{10, std::chrono::minutes{10}, {}, {}, true};
inline constexpr Throttle address_throttle{60, std::chrono::minutes{1}, {}, {}, true};

/// Makes whoever else counts under this name wait until the transaction ends, from the first
/// failure on.
void hold_counter(Transaction& tx, const Throttle& throttle, const std::string& name, Instant now);
/// How long nothing is to be tried under this name; zero where it may be tried now.
auto blocked_for(Transaction& tx, const std::string& name, Instant now) -> Millis;
void count_failure(Transaction& tx, const Throttle& throttle, const std::string& name, Instant now);
/// Takes back the failure counted last, for an attempt that was not made after all.
void uncount_failure(Transaction& tx, const std::string& name);
/// Writes the counter as it is.
void touch_failures(Transaction& tx, const std::string& name);
void forget_failures(Transaction& tx, const std::string& name);

}  // namespace pcc::server
