// Checkpoints of the audit: what a chain came to at a moment, signed with a key that the database
// does not hold. Layer: server. One table; signs nothing itself, and changes no checkpoint.
#pragma once

#include <optional>
#include <vector>

#include "server/crypto/keys.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

/// One is made when events have waited so long for it, or when there are so many.
inline constexpr std::chrono::seconds checkpoint_interval{60};
inline constexpr long long checkpoint_events = 1000;

struct Checkpoint {
    OrganizationId organization;
    long long number = 0;    // from 1, without gaps
    long long sequence = 0;  // of the event whose hash it holds
    std::string hash;
    Instant at;
    Signature signature;
};

auto last_checkpoint(Transaction& tx, const OrganizationId& organization)
    -> std::optional<Checkpoint>;
/// Those after that number, in their order, as many as one page has.
auto checkpoints_after(Transaction& tx, const OrganizationId& organization, long long number)
    -> std::vector<Checkpoint>;
/// Writes it, and its number into the head of the chain, which is held.
void insert_checkpoint(Transaction& tx, const Checkpoint& checkpoint);

/// Whose chain has events that are due for a checkpoint, or any at all with `every`; a page of
/// them.
auto organizations_without_checkpoint(Transaction& tx, Instant now, bool every)
    -> std::vector<OrganizationId>;

}  // namespace pcc::server
