// Organizations as they are kept.
// Layer: server. One table; decides no right.
#pragma once

#include <optional>
#include <string>

#include "core/api/types.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

void insert_organization(Transaction& tx, const api::Organization& organization);
/// Nothing where there is none, or it is disabled.
auto find_organization(Transaction& tx, const OrganizationId& id)
    -> std::optional<api::Organization>;
void rename_organization(Transaction& tx, const OrganizationId& id, const std::string& name);
void disable_organization(Transaction& tx, const OrganizationId& id, Instant now);
auto count_organizations(Transaction& tx) -> long long;

}  // namespace pcc::server
