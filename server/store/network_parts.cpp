// Access points and SSIDs of a network.
// Layer: server. Part of store/networks.hpp.
#include <array>
#include <utility>

#include "server/store/networks.hpp"

namespace pcc::server {
namespace {

using api::SsidSecurity;

constexpr std::array<std::pair<SsidSecurity, const char*>, 4> securities{{
    {SsidSecurity::Open, "open"},
    {SsidSecurity::Wpa2Personal, "wpa2_personal"},
    {SsidSecurity::Wpa3Personal, "wpa3_personal"},
    {SsidSecurity::Wpa2Enterprise, "wpa2_enterprise"},
}};

auto security_text(SsidSecurity security) -> std::string {
    for (const auto& [value, text] : securities) {
        if (value == security) return text;
    }
    return {};
}

auto security_of(const std::string& text) -> SsidSecurity {
    for (const auto& [value, name] : securities) {
        if (name == text) return value;
    }
    return SsidSecurity::Wpa2Personal;
}

constexpr const char* select_access_point =
    "SELECT id, network_id, name, model, mac, online, client_count, restarted_at "
    "FROM access_points WHERE organization_id = $1 AND ";

auto read_access_point(const Row& row, Instant now) -> api::AccessPoint {
    api::AccessPoint point;
    point.id = row.id<AccessPointId>(0);
    point.network = row.id<NetworkId>(1);
    point.name = row.text(2);
    point.model = row.text(3);
    point.mac = row.text(4);
    point.state = row.flag(5) ? api::AccessPointState::Online : api::AccessPointState::Offline;
    point.restarted_at = row.instant_or_nothing(7);
    if (point.restarted_at && now < *point.restarted_at + restart_takes) {
        point.state = api::AccessPointState::Restarting;
    }
    if (point.state == api::AccessPointState::Online) point.client_count = row.number(6);
    return point;
}

constexpr const char* select_ssid =
    "SELECT id, network_id, name, enabled, security FROM ssids "
    "WHERE organization_id = $1 AND network_id = $2";

auto read_ssid(const Row& row) -> api::Ssid {
    return {row.id<SsidId>(0), row.id<NetworkId>(1), row.text(2), row.flag(3),
            security_of(row.text(4))};
}

auto points_of_network() -> std::string {
    return std::string(select_access_point) + "network_id = $2 ORDER BY name, id";
}

auto ssids_of_network() -> std::string {
    return std::string(select_ssid) + " ORDER BY created_at, id";
}

}  // namespace

void insert_access_point(Transaction& tx, const OrganizationId& organization,
                         const api::AccessPoint& point) {
    tx.execute(
        "INSERT INTO access_points (organization_id, id, network_id, name, model, mac, online, "
        "client_count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {organization.value, point.id.value, point.network.value, point.name, point.model,
         point.mac, point.state != api::AccessPointState::Offline, point.client_count});
    const bool online = point.state != api::AccessPointState::Offline;
    tx.execute(
        "UPDATE networks SET point_count = point_count + 1, online_count = online_count + $3, "
        "client_count = client_count + $4 WHERE organization_id = $1 AND id = $2",
        {organization.value, point.network.value, online, online ? point.client_count : 0});
}

auto find_access_point(Transaction& tx, const OrganizationId& organization, const AccessPointId& id,
                       Instant now) -> std::optional<api::AccessPoint> {
    const auto row =
        tx.query_one(std::string(select_access_point) + "id = $2", {organization.value, id.value});
    if (!row) return std::nullopt;
    return read_access_point(*row, now);
}

auto list_access_points(Transaction& tx, const OrganizationId& organization,
                        const NetworkId& network, Instant now) -> std::vector<api::AccessPoint> {
    std::vector<api::AccessPoint> points;
    for (const auto& row : tx.query(points_of_network(), {organization.value, network.value})) {
        points.push_back(read_access_point(row, now));
    }
    return points;
}

void foresee_access_points(Transaction& tx, const OrganizationId& organization,
                           const NetworkId& network) {
    tx.foresee(points_of_network(), {organization.value, network.value});
}

void write_restart(Transaction& tx, const OrganizationId& organization, const AccessPointId& id,
                   Instant now) {
    tx.execute("UPDATE access_points SET restarted_at = $3 WHERE organization_id = $1 AND id = $2",
               {organization.value, id.value, now});
    tx.execute(
        "UPDATE networks SET restarting_until = $3 WHERE organization_id = $1 AND id = (SELECT "
        "network_id FROM access_points p WHERE p.organization_id = $1 AND p.id = $2)",
        {organization.value, id.value, now + restart_takes});
}

void insert_ssid(Transaction& tx, const OrganizationId& organization, const api::Ssid& ssid,
                 Instant now) {
    tx.execute(
        "INSERT INTO ssids (organization_id, id, network_id, name, enabled, security, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {organization.value, ssid.id.value, ssid.network.value, ssid.name, ssid.enabled,
         security_text(ssid.security), now});
}

auto find_ssid(Transaction& tx, const OrganizationId& organization, const NetworkId& network,
               const SsidId& id) -> std::optional<api::Ssid> {
    const auto row = tx.query_one(std::string(select_ssid) + " AND id = $3",
                                  {organization.value, network.value, id.value});
    if (!row) return std::nullopt;
    return read_ssid(*row);
}

auto list_ssids(Transaction& tx, const OrganizationId& organization, const NetworkId& network)
    -> std::vector<api::Ssid> {
    std::vector<api::Ssid> ssids;
    for (const auto& row : tx.query(ssids_of_network(), {organization.value, network.value})) {
        ssids.push_back(read_ssid(row));
    }
    return ssids;
}

void foresee_ssids(Transaction& tx, const OrganizationId& organization, const NetworkId& network) {
    tx.foresee(ssids_of_network(), {organization.value, network.value});
}

void write_ssid(Transaction& tx, const OrganizationId& organization, const api::Ssid& ssid) {
    tx.execute(
        "UPDATE ssids SET name = $4, enabled = $5 "
        "WHERE organization_id = $1 AND network_id = $2 AND id = $3",
        {organization.value, ssid.network.value, ssid.id.value, ssid.name, ssid.enabled});
}

}  // namespace pcc::server
