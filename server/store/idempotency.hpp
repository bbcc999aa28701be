// What a creating request with a key of its client made, so that the same again makes nothing more.
// Layer: server. Keeps the name of what was made, never its secret.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/base/id.hpp"
#include "core/base/timestamp.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

inline constexpr std::chrono::hours idempotency_kept{24};

/// Whose key it is, and for what; keys of two people never meet.
struct IdempotencyKey {
    OrganizationId organization;
    UserId user;
    std::string key_hash;
};

struct EarlierCall {
    std::string call;
    std::string body_hash;
    std::string made_id;
};

auto find_earlier_call(Transaction& tx, const IdempotencyKey& key, Instant now)
    -> std::optional<EarlierCall>;
/// Also forgets calls that are older than a day.
void keep_call(Transaction& tx, const IdempotencyKey& key, const EarlierCall& call, Instant now);

}  // namespace pcc::server
