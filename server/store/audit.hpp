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

/// The place of the first event that does not fit the chain; nothing where all of them do.
auto find_broken_link(Transaction& tx, const OrganizationId& organization)
    -> std::optional<long long>;

}  // namespace pcc::server
