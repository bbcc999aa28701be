// The audit: what was done in an organization, as a chain in which no link can be changed unseen.
// Layer: server. Appends and reads; there is no way to change or remove an event.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/api/endpoint.hpp"
#include "core/api/types.hpp"
#include "server/store/sql.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

/// An event without its place in the chain; `hash` and `prev_hash` are found on appending.
struct AuditEntry {
    OrganizationId organization;  // in whose audit it stands
    TokenHandle token;            // which token it has to do with, for the filter
    api::AuditEvent event;
};

void append_audit(Transaction& tx, const AuditEntry& entry);

/// The link of an event: SHA-256 over everything in it, its place, and the link before.
auto audit_hash(const AuditEntry& entry, long long sequence) -> std::string;

/// An action that ends with a point stands for all that begin with it; an actor is an
/// id or a part of a name.
auto list_audit(Transaction& tx, const OrganizationId& organization, const api::AuditQuery& query,
                const PageStart& start) -> Slice<api::AuditEvent>;

/// How many events there are in the audit of each; those without any are left out.
auto audit_lengths(Transaction& tx, const std::vector<OrganizationId>& organizations)
    -> std::map<OrganizationId, long long>;
/// The events after that place, the oldest first, as many as one look can take in.
auto audit_since(Transaction& tx, const OrganizationId& organization, long long sequence)
    -> std::vector<AuditEntry>;

/// Where a chain ends: its last link, and how many checkpoints were made of it.
struct AuditHead {
    long long sequence = 0;
    std::string hash = first_prev_hash();
    long long checkpoints = 0;
    static auto first_prev_hash() -> std::string { return std::string(64, '0'); }
};

/// Nothing before the first event. Held until the transaction ends, where it may write.
auto find_audit_head(Transaction& tx, const OrganizationId& organization)
    -> std::optional<AuditHead>;

/// An event as it stands in the table, for whoever looks whether it is as it was written.
struct AuditLink {
    AuditEntry entry;
    long long sequence = 0;
    std::string actor_folded;
};

/// The events after that place, in their order, `most` of them.
auto audit_links(Transaction& tx, const OrganizationId& organization, long long after, int most)
    -> std::vector<AuditLink>;

}  // namespace pcc::server
