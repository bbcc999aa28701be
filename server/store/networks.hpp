// Networks with their access points and SSIDs as they are kept.
// Layer: server. Everything is found within an organization only; decides no right.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/api/endpoint.hpp"
#include "core/api/types.hpp"
#include "server/store/sql.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

/// How long an access point takes to come back after a restart.
inline constexpr std::chrono::seconds restart_takes{8};

void insert_network(Transaction& tx, const OrganizationId& organization,
                    const api::Network& network);
/// `may_write` is left for the caller to say.
auto find_network(Transaction& tx, const OrganizationId& organization, const NetworkId& id,
                  Instant now) -> std::optional<api::Network>;
/// Says that the same will be looked for.
void foresee_network(Transaction& tx, const OrganizationId& organization, const NetworkId& id,
                     Instant now);
void write_network(Transaction& tx, const OrganizationId& organization,
                   const api::Network& network);
/// `reach` says which are listed; the selected ones where it is not all.
auto list_networks(Transaction& tx, const OrganizationId& organization,
                   const access::NetworkReach& reach, const api::NetworkQuery& query,
                   const PageStart& start, Instant now) -> Slice<api::Network>;
/// Says that the same will be listed.
void foresee_networks(Transaction& tx, const OrganizationId& organization,
                      const access::NetworkReach& reach, const api::NetworkQuery& query,
                      const PageStart& start, Instant now);

void insert_access_point(Transaction& tx, const OrganizationId& organization,
                         const api::AccessPoint& point);
/// Its state as of `now`: restarting for a while, then as it was.
auto find_access_point(Transaction& tx, const OrganizationId& organization, const AccessPointId& id,
                       Instant now) -> std::optional<api::AccessPoint>;
auto list_access_points(Transaction& tx, const OrganizationId& organization,
                        const NetworkId& network, Instant now) -> std::vector<api::AccessPoint>;
void foresee_access_points(Transaction& tx, const OrganizationId& organization,
                           const NetworkId& network);
void write_restart(Transaction& tx, const OrganizationId& organization, const AccessPointId& id,
                   Instant now);

void insert_ssid(Transaction& tx, const OrganizationId& organization, const api::Ssid& ssid,
                 Instant now);
auto find_ssid(Transaction& tx, const OrganizationId& organization, const NetworkId& network,
               const SsidId& id) -> std::optional<api::Ssid>;
auto list_ssids(Transaction& tx, const OrganizationId& organization, const NetworkId& network)
    -> std::vector<api::Ssid>;
void foresee_ssids(Transaction& tx, const OrganizationId& organization, const NetworkId& network);
void write_ssid(Transaction& tx, const OrganizationId& organization, const api::Ssid& ssid);

}  // namespace pcc::server
