#include "server/store/networks.hpp"

#include <map>

#include "core/api/text.hpp"

namespace pcc::server {
namespace {

/// Columns of a network, after what the statement begins with. What its access points add up to is
/// kept with it, and only counted while one of them restarts.
auto select_network(Instant now, const std::string& before = {}) -> Sql {
    Sql sql(before +
            "SELECT n.id AS id, n.name AS name, n.updated_at AS updated_at, "
            "n.point_count AS points, ");
    const std::string of_online =
        " FROM access_points p WHERE p.organization_id = n.organization_id "
        "AND p.network_id = n.id AND p.online = 1 "
        "AND (p.restarted_at IS NULL OR p.restarted_at <= ?))";
    sql.add("CASE WHEN n.restarting_until > ? THEN (SELECT COUNT(*)" + of_online +
                " ELSE n.online_count END AS online, ",
            {now, now - restart_takes});
    sql.add(
        "CASE WHEN n.restarting_until > ? THEN "
        "(SELECT CAST(COALESCE(SUM(p.client_count), 0) AS BIGINT)" +
            of_online + " ELSE n.client_count END AS clients",
        {now, now - restart_takes});
    return sql.add(", n.name_folded AS name_folded FROM networks n WHERE ");
}

auto read_network(const Row& row) -> api::Network {
    api::Network network;
    network.id = row.id<NetworkId>(0);
    network.name = row.text(1);
    network.updated_at = row.instant(2);
    network.access_point_count = row.number(3);
    network.access_points_online = row.number(4);
    network.client_count = row.number(5);
    return network;
}

/// Which tags are read: those of the networks that are listed, or all there are, in one go.
enum class Tags { OfListed, OfAll };

/// Gives the networks their tags, with one statement for all.
void read_tags(Transaction& tx, const OrganizationId& organization,
               std::vector<api::Network>& networks, Tags tags = Tags::OfListed) {
    std::map<std::string, api::Network*> by_id;
    std::vector<std::string> ids;
    for (auto& network : networks) {
        by_id[network.id.value] = &network;
        ids.push_back(network.id.value);
    }
    if (ids.empty()) return;
    Sql sql("SELECT network_id, tag FROM network_tags WHERE ");
    sql.add("organization_id = ?", {organization.value});
    if (tags == Tags::OfListed) sql.add_in_page("network_id", ids);
    sql.add(" ORDER BY network_id, position");
    for (const auto& row : sql.query(tx)) {
        const auto found = by_id.find(row.text(0));
        if (found != by_id.end()) found->second->tags.push_back(row.text(1));
    }
}

auto search_text(const api::Network& network) -> std::string {
    auto text = network.name;
    for (const auto& tag : network.tags)
        text += '\n' + tag;
    return api::fold_case(text);
}

void write_tags(Transaction& tx, const OrganizationId& organization, const api::Network& network) {
    tx.execute("DELETE FROM network_tags WHERE organization_id = $1 AND network_id = $2",
               {organization.value, network.id.value});
    int position = 0;
    for (const auto& tag : network.tags) {
        tx.execute(
            "INSERT INTO network_tags (organization_id, network_id, position, tag) "
            "VALUES ($1, $2, $3, $4)",
            {organization.value, network.id.value, position++, tag});
    }
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

auto order_of(api::ListSort sort) -> Order {
    const bool descending = api::descends(sort);
    switch (sort) {
        case api::ListSort::MostAccessPoints:
        case api::ListSort::FewestAccessPoints: return {"points", descending};
        case api::ListSort::MostOffline:
        case api::ListSort::FewestOffline: return {"points - online", descending};
        case api::ListSort::MostClients:
        case api::ListSort::FewestClients: return {"clients", descending};
        default: return {"name_folded", descending, true};
    }
}

}  // namespace

void insert_network(Transaction& tx, const OrganizationId& organization,
                    const api::Network& network) {
    tx.execute(
        "INSERT INTO networks (organization_id, id, name, name_folded, search_text, created_at, "
        "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6)",
        {organization.value, network.id.value, network.name, api::fold_case(network.name),
         search_text(network), network.updated_at});
    write_tags(tx, organization, network);
}

auto find_network(Transaction& tx, const OrganizationId& organization, const NetworkId& id,
                  Instant now) -> std::optional<api::Network> {
    auto sql = select_network(now);
    sql.add("n.organization_id = ? AND n.id = ?", {organization.value, id.value});
    const auto row = tx.query_one(sql.text(), sql.values());
    if (!row) return std::nullopt;
    std::vector<api::Network> found{read_network(*row)};
    read_tags(tx, organization, found);
    return std::move(found.front());
}

void write_network(Transaction& tx, const OrganizationId& organization,
                   const api::Network& network) {
    tx.execute(
        "UPDATE networks SET name = $3, name_folded = $4, search_text = $5, updated_at = $6 "
        "WHERE organization_id = $1 AND id = $2",
        {organization.value, network.id.value, network.name, api::fold_case(network.name),
         search_text(network), network.updated_at});
    write_tags(tx, organization, network);
}

auto list_networks(Transaction& tx, const OrganizationId& organization,
                   const access::NetworkReach& reach, const api::NetworkQuery& query,
                   const PageStart& start, Instant now) -> Slice<api::Network> {
    Slice<api::Network> slice;
    const auto order = order_of(query.sort);
    auto sql = select_network(
        now, "SELECT id, name, updated_at, points, online, clients, " + order.key + " FROM (");
    add_filter(sql, organization, reach, query);
    sql.add(") AS listed WHERE TRUE");
    add_page(sql, order, "id", start, query.limit);
    take_rows(slice, sql.query(tx), order, query.limit, read_network);
    const bool all_listed = is_all(slice, start);
    const bool unfiltered = reach.all && query.search.empty();
    read_tags(tx, organization, slice.items,
              all_listed && unfiltered ? Tags::OfAll : Tags::OfListed);
    if (all_listed) return slice;
    Sql counting("SELECT COUNT(*) FROM networks n WHERE ");
    add_filter(counting, organization, reach, query);
    slice.total = counting.count(tx);
    return slice;
}

}  // namespace pcc::server
