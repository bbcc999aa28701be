#include "server/store/networks.hpp"

#include <algorithm>

#include "core/api/text.hpp"

namespace pcc::server {
namespace {

/// Columns of a network, which ask with what `when_listed` gives. What its access points add up to
/// is kept with it, and only counted while one of them restarts.
constexpr const char* network_columns =
    "SELECT n.id AS id, n.name AS name, n.updated_at AS updated_at, n.point_count AS points, "
    "CASE WHEN n.restarting_until > $1 THEN (SELECT COUNT(*) FROM access_points p "
    "WHERE p.organization_id = n.organization_id AND p.network_id = n.id AND p.online = 1 "
    "AND (p.restarted_at IS NULL OR p.restarted_at <= $2)) ELSE n.online_count END AS online, "
    "CASE WHEN n.restarting_until > $1 THEN (SELECT CAST(COALESCE(SUM(p.client_count), 0) AS "
    "BIGINT) FROM access_points p "
    "WHERE p.organization_id = n.organization_id AND p.network_id = n.id AND p.online = 1 "
    "AND (p.restarted_at IS NULL OR p.restarted_at <= $2)) ELSE n.client_count END AS clients, "
    "n.tags AS tags, n.name_folded AS name_folded FROM networks n WHERE ";

auto when_listed(Instant now) -> Values {
    return {now, now - restart_takes};
}

constexpr char between_tags = '\n';  // no tag holds one

auto joined_tags(const std::vector<std::string>& tags) -> std::string {
    std::string joined;
    for (const auto& tag : tags)
        joined += (joined.empty() ? "" : std::string(1, between_tags)) + tag;
    return joined;
}

auto split_tags(std::string_view joined) -> std::vector<std::string> {
    std::vector<std::string> tags;
    if (!joined.empty()) {
        tags.reserve(
            static_cast<std::size_t>(1 + std::count(joined.begin(), joined.end(), between_tags)));
    }
    while (!joined.empty()) {
        const auto end = joined.find(between_tags);
        tags.emplace_back(joined.substr(0, end));
        joined.remove_prefix(end == std::string_view::npos ? joined.size() : end + 1);
    }
    return tags;
}

auto read_network(const Row& row) -> api::Network {
    api::Network network;
    network.id = row.id<NetworkId>(0);
    network.name = row.text(1);
    network.updated_at = row.instant(2);
    network.access_point_count = row.number(3);
    network.access_points_online = row.number(4);
    network.client_count = row.number(5);
    network.tags = split_tags(row.view(6));
    return network;
}

auto search_text(const api::Network& network) -> std::string {
    auto text = network.name;
    for (const auto& tag : network.tags)
        text += '\n' + tag;
    return api::fold_case(text);
}

void add_filter(Sql& sql, const OrganizationId& organization, const access::NetworkReach& reach,
                const api::NetworkQuery& query) {
    sql.add("n.organization_id = ?", {organization.value});
    if (!reach.all) {
        std::vector<std::string> ids;
        for (const auto& id : reach.selected)
            ids.push_back(id.value);
        sql.add_in("n.id", ids);
    }
    sql.add_contains("n.search_text", api::fold_case(query.search));
}

auto folded_name(const Row& row) -> std::string {
    return api::fold_case(row.text(1));
}

auto order_of(api::ListSort sort) -> Order {
    const bool descending = api::descends(sort);
    switch (sort) {
        case api::ListSort::MostAccessPoints:
        case api::ListSort::FewestAccessPoints: return {"points", descending};
        case api::ListSort::MostOffline:
        case api::ListSort::FewestOffline: return {"points - online", descending};
        case api::ListSort::MostClients:
        case api::ListSort::FewestClients: return {"clients", descending};
        default: return {"name_folded", descending, true, folded_name};
    }
}

auto select_network(const OrganizationId& organization, const NetworkId& id, Instant now) -> Sql {
    Sql sql(network_columns, when_listed(now));
    sql.add("n.organization_id = ? AND n.id = ?", {organization.value, id.value});
    return sql;
}

auto select_page(const OrganizationId& organization, const access::NetworkReach& reach,
                 const api::NetworkQuery& query, const PageStart& start, Instant now) -> Sql {
    const auto order = order_of(query.sort);
    Sql sql("SELECT id, name, updated_at, points, online, clients, tags", when_listed(now));
    if (order.key_of == nullptr) sql.add(", ").add(order.key);
    sql.add(" FROM (").add(network_columns);
    add_filter(sql, organization, reach, query);
    sql.add(") AS listed WHERE TRUE");
    add_page(sql, order, "id", start, query.limit);
    return sql;
}

}  // namespace

void insert_network(Transaction& tx, const OrganizationId& organization,
                    const api::Network& network) {
    tx.execute(
        "INSERT INTO networks (organization_id, id, name, name_folded, search_text, created_at, "
        "updated_at, tags) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)",
        {organization.value, network.id.value, network.name, api::fold_case(network.name),
         search_text(network), network.updated_at, joined_tags(network.tags)});
}

auto find_network(Transaction& tx, const OrganizationId& organization, const NetworkId& id,
                  Instant now) -> std::optional<api::Network> {
    const auto sql = select_network(organization, id, now);
    const auto row = tx.query_one(sql.text(), sql.values());
    if (!row) return std::nullopt;
    return read_network(*row);
}

void foresee_network(Transaction& tx, const OrganizationId& organization, const NetworkId& id,
                     Instant now) {
    select_network(organization, id, now).foresee(tx);
}

void write_network(Transaction& tx, const OrganizationId& organization,
                   const api::Network& network) {
    tx.execute(
        "UPDATE networks SET name = $3, name_folded = $4, search_text = $5, updated_at = $6, "
        "tags = $7 WHERE organization_id = $1 AND id = $2",
        {organization.value, network.id.value, network.name, api::fold_case(network.name),
         search_text(network), network.updated_at, joined_tags(network.tags)});
}

auto list_networks(Transaction& tx, const OrganizationId& organization,
                   const access::NetworkReach& reach, const api::NetworkQuery& query,
                   const PageStart& start, Instant now) -> Slice<api::Network> {
    Slice<api::Network> slice;
    const auto sql = select_page(organization, reach, query, start, now);
    take_rows(slice, sql.query(tx), order_of(query.sort), query.limit, read_network);
    if (is_all(slice, start)) return slice;
    Sql counting("SELECT COUNT(*) FROM networks n WHERE ");
    add_filter(counting, organization, reach, query);
    slice.total = counting.count(tx);
    return slice;
}

void foresee_networks(Transaction& tx, const OrganizationId& organization,
                      const access::NetworkReach& reach, const api::NetworkQuery& query,
                      const PageStart& start, Instant now) {
    select_page(organization, reach, query, start, now).foresee(tx);
}

}  // namespace pcc::server
