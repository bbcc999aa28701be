// Whether the audit is as it was written: each link, the head of each chain, and each checkpoint.
// Layer: server. Reads page by page, changes nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "server/crypto/keys.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

enum class LinkFault {
    EventChanged,
    EventMissing,
    EventOutOfOrder,
    HeadMisfit,
    CheckpointForged,   // its signature is not of these keys, or not over what it says
    CheckpointMissing,  // one was taken away
    CheckpointMisfit,   // the chain is whole, but another one than was signed
};

struct BrokenLink {
    OrganizationId organization;
    long long sequence = 0;
    AuditEventId event;  // empty where there is none at that place
    LinkFault fault{};
};

/// For people: where it is and what is wrong.
auto explain(const BrokenLink& broken) -> std::string;

/// The first event, head or checkpoint that is not as it was written; nothing where all are.
auto find_broken_link(Transaction& tx, const Keys& keys, const OrganizationId& organization)
    -> std::optional<BrokenLink>;

/// The organization after that one, of all that any part of the audit names; nothing after the
/// last.
auto next_organization(Transaction& tx, const OrganizationId& after)
    -> std::optional<OrganizationId>;

struct AuditTotals {
    long long organizations = 0;
    long long broken = 0;
};

/// Looks through all organizations, each as it stood at one moment, and hands the first broken link
/// of each to `found`. Memory: one page of events, however many there are.
auto verify_audit(Store& store, const Keys& keys,
                  const std::function<void(const BrokenLink&)>& found)
    -> Result<AuditTotals, StoreError>;

}  // namespace pcc::server
