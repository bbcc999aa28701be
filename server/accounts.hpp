// What exists before anybody signs in: organizations, their people, their networks.
// Layer: server. For `pcc-server init` and demo data; no request reaches it.
#pragma once

#include <string>
#include <vector>

#include "core/access/policy.hpp"
#include "core/api/types.hpp"
#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/base/secret.hpp"
#include "server/handle.hpp"

namespace pcc::server {

struct AccountError {
    enum class Fault { NameInvalid, EmailInvalid, EmailTaken, PasswordInvalid, Busy, Store };
    Fault fault = Fault::Store;
    std::string message;  // what happened and what to do, for the person at the terminal
};
template <class T>
using Made = Result<T, AccountError>;

struct NewUser {
    OrganizationId organization;
    access::Role role = access::Role::Guest;
    std::string name;
    std::string email;
    Secret password;
    access::NetworkReach reach;  // nothing to say of an admin, who reaches all
};

struct NewNetwork {
    OrganizationId organization;
    std::string name;
    std::vector<std::string> tags;
};

struct NewAccessPoint {
    OrganizationId organization;
    NetworkId network;
    std::string name;
    std::string model;
    std::string mac;
    bool online = true;
    long long client_count = 0;
};

struct NewSsid {
    OrganizationId organization;
    NetworkId network;
    std::string name;
    bool enabled = true;
    api::SsidSecurity security = api::SsidSecurity::Wpa2Personal;
};

// Each in a transaction of its own; the first three leave an audit row.
auto create_organization(Store& store, const World& world, const std::string& name)
    -> Made<OrganizationId>;
auto create_user(Store& store, const World& world, const NewUser& user) -> Made<UserId>;
auto add_network(Store& store, const World& world, const NewNetwork& network) -> Made<NetworkId>;
auto add_access_point(Store& store, const World& world, const NewAccessPoint& point)
    -> Made<AccessPointId>;
auto add_ssid(Store& store, const World& world, const NewSsid& ssid) -> Made<SsidId>;

/// Whether there is any organization yet.
auto has_organizations(Store& store) -> Made<bool>;

}  // namespace pcc::server
