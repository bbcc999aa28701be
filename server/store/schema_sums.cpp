// What lists add up, kept with the rows instead of counted anew for each request.
// Layer: server. Part of store/migrations.hpp.
#include "server/store/migrations.hpp"

namespace pcc::server {
namespace {

/// A number that an access point's writer keeps in its network's row.
void add_sum(std::vector<std::string>& all, const std::string& column, const std::string& sum) {
    all.push_back("ALTER TABLE networks ADD COLUMN " + column + " BIGINT NOT NULL DEFAULT 0");
    all.push_back("UPDATE networks SET " + column + " = (SELECT " + sum +
                  " FROM access_points p WHERE p.organization_id = networks.organization_id "
                  "AND p.network_id = networks.id)");
}

}  // namespace

auto network_sums(int number) -> Migration {
    std::vector<std::string> all;
    add_sum(all, "point_count", "COUNT(*)");
    add_sum(all, "online_count", "COALESCE(SUM(p.online), 0)");
    add_sum(all, "client_count", "CAST(COALESCE(SUM(p.online * p.client_count), 0) AS BIGINT)");
    add_sum(all, "restarting_until", "COALESCE(MAX(p.restarted_at), 0) + 8000");
    return {number, all};
}

/// A line each, in their order: they are never looked for one by one. Who reads them from the table
/// that goes cannot go on.
auto network_tags(int number) -> Migration {
    const std::string next =
        "SELECT t.position, joined.tags || '\n' || t.tag FROM joined JOIN network_tags t "
        "ON t.organization_id = networks.organization_id AND t.network_id = networks.id "
        "AND t.position = joined.place + 1";
    const std::string first =
        "SELECT t.position, t.tag FROM network_tags t WHERE t.organization_id = "
        "networks.organization_id AND t.network_id = networks.id AND t.position = 0";
    return {number,
            {
                "ALTER TABLE networks ADD COLUMN tags TEXT NOT NULL DEFAULT ''",
                "UPDATE networks SET tags = COALESCE((WITH RECURSIVE joined (place, tags) AS (" +
                    first + " UNION ALL " + next +
                    ") SELECT tags FROM joined ORDER BY place DESC LIMIT 1), '')",
                "DROP TABLE network_tags",
            }};
}

/// All that the list shows stands in the index that it is read by, in its order.
auto network_list(int number) -> Migration {
    return {number,
            {
                "DROP INDEX networks_name",
                "CREATE INDEX networks_listed ON networks (organization_id, name_folded, id, name, "
                "updated_at, point_count, restarting_until, online_count, client_count, tags)",
            },
            {},
            11};
}

/// Whoever counts, or sorts those that live, finds in the first index all that takes; the last is
/// for what is sorted by its last use; it moves once a minute for a token in use.
auto token_orders(int number) -> Migration {
    return {number,
            {
                "ALTER TABLE organizations ADD COLUMN token_count BIGINT NOT NULL DEFAULT 0",
                "UPDATE organizations SET token_count = (SELECT COUNT(*) FROM tokens t "
                "WHERE t.organization_id = organizations.id AND t.deleted_at IS NULL)",
                "CREATE INDEX tokens_ends ON tokens (organization_id, "
                "(COALESCE(ended_at, expires_at, 9000000000000000)), id, generated_at, ended_at, "
                "expires_at, deleted_at) WHERE deleted_at IS NULL",
                "DROP INDEX tokens_generated",
                "CREATE INDEX tokens_generated ON tokens (organization_id, generated_at, id, "
                "ended_at, expires_at, deleted_at) WHERE deleted_at IS NULL",
                "CREATE INDEX tokens_used ON tokens (organization_id, (COALESCE(last_used_at, "
                "-1)), id) "
                "WHERE deleted_at IS NULL",
            }};
}

}  // namespace pcc::server
