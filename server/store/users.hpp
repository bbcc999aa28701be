// People as they are kept: who they are, their role, and what they reach.
// Layer: server. Decides no right; a disabled person or organization is not found.
#pragma once

#include <optional>
#include <string>

#include "core/access/policy.hpp"
#include "core/base/id.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

struct User {
    UserId id;
    OrganizationId organization;
    std::string organization_name;
    std::string name;
    std::string email;
    access::Role role = access::Role::Guest;
    access::NetworkReach reach;
    std::string password_hash;
};

void insert_user(Transaction& tx, const User& user, Instant now);
auto find_user(Transaction& tx, const OrganizationId& organization, const UserId& id)
    -> std::optional<User>;
/// By the e-mail address in any case and with any white space around it; enters the person's
/// organization.
auto find_user_by_email(Transaction& tx, const std::string& email) -> std::optional<User>;
/// The form in which e-mail addresses are compared and attempts are counted.
auto normal_email(const std::string& email) -> std::string;
void disable_user(Transaction& tx, const OrganizationId& organization, const UserId& id,
                  Instant now);

}  // namespace pcc::server
