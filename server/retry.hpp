// A transaction tried again when another came between, after a pause that differs each time.
// Layer: server. The one place where a transaction is repeated; knows nothing of what it does.
#pragma once

#include "server/crypto/random.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

inline constexpr int most_attempts = 5;

/// Waits 5 to 80 ms, longer with each attempt, so that two who met do not meet again.
void pause_after(int attempt, RandomSource& random);

/// How often a transaction was repeated since the start, in this process.
auto repeated_transactions() -> long long;

/// What `once` returns, a Result with a StoreError; called anew while the store was merely busy.
template <class Once>
auto with_retries(RandomSource& random, Once once) -> decltype(once()) {
    for (int attempt = 1;; ++attempt) {
        auto result = once();
        if (result || result.error().kind != StoreError::Kind::Busy) return result;
        if (attempt == most_attempts) return result;
        pause_after(attempt, random);
    }
}

}  // namespace pcc::server
