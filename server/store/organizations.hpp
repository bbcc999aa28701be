// Organizations as they are kept.
// Layer: server. One table; decides no right.
#pragma once

#include <optional>
#include <string>

#include "core/api/types.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

/// Enters an organization, and keeps everybody else from writing its audit until the transaction
/// ends. What is read after this stays true until then, as far as only audited acts change it.
void hold_organization(Transaction& tx, const OrganizationId& id);

void insert_organization(Transaction& tx, const api::Organization& organization);
/// Nothing where there is none, or it is disabled.
auto find_organization(Transaction& tx, const OrganizationId& id)
    -> std::optional<api::Organization>;
void rename_organization(Transaction& tx, const OrganizationId& id, const std::string& name);
void disable_organization(Transaction& tx, const OrganizationId& id, Instant now);
auto count_organizations(Transaction& tx) -> long long;

}  // namespace pcc::server
