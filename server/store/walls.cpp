// Row level security: PostgreSQL itself shows a transaction the rows of the organizations that it
// entered, and the one row whose secret it shows. Layer: server. Part of store/migrations.hpp.
#include "server/store/migrations.hpp"

namespace pcc::server {
namespace {

/// A list that the transaction has set. The sub-select is worked out once, not for each row.
auto listed(const std::string& setting, const std::string& joint) -> std::string {
    return "ANY ((SELECT string_to_array(current_setting('" + setting + "', TRUE), " + joint +
           "))::TEXT[])";
}

auto entered() -> std::string {
    return listed("pcc.organizations", "','");
}

auto is_entered(const std::string& column) -> std::string {
    return "(" + column + " = " + entered() + " OR '*' = " + entered() + ")";
}

auto is_shown(const std::string& column) -> std::string {
    return column + " = " + listed("pcc.keys", "chr(10)");
}

/// `own`: what an organization may see and write of a table. Forced, so that it also holds for the
/// account that owns the table.
void add_wall(std::vector<std::string>& all, const std::string& table, const std::string& column) {
    all.push_back("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY");
    all.push_back("ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY");
    all.push_back("CREATE POLICY own ON " + table + " USING (" + is_entered(column) + ")");
}

void add_sight(std::vector<std::string>& all, const std::string& name, const std::string& table,
               const std::string& condition) {
    all.push_back("CREATE POLICY " + name + " ON " + table + " FOR SELECT USING (" + condition +
                  ")");
}

/// What an assumption shows each side of the other: the names of both, and of the engineer's
/// session whether it lives.
auto assumed(const std::string& condition) -> std::string {
    return "EXISTS (SELECT 1 FROM assumptions a WHERE " + condition + ")";
}

auto statements() -> std::vector<std::string> {
    std::vector<std::string> all;
    add_wall(all, "organizations", "id");
    for (const auto* table :
         {"users", "sessions", "idempotency", "tokens", "assumptions", "audit_heads",
          "audit_events", "networks", "network_tags", "access_points", "ssids", "user_networks"}) {
        add_wall(all, table, "organization_id");
    }
    add_sight(all, "by_cookie", "sessions", is_shown("cookie_hash"));
    add_sight(all, "by_email", "users", is_shown("email_folded"));
    add_sight(all, "by_secret", "tokens", is_shown("lookup"));
    add_sight(all, "of_engineer", "assumptions", is_entered("engineer_organization_id"));
    all.emplace_back(
        "CREATE INDEX assumptions_sides ON assumptions "
        "(engineer_organization_id, organization_id, engineer_id)");
    add_sight(all, "client", "organizations",
              assumed("a.organization_id = organizations.id AND a.engineer_organization_id = " +
                      entered()));
    add_sight(all, "support", "organizations",
              assumed("a.engineer_organization_id = organizations.id AND a.organization_id = " +
                      entered()));
    const std::string of_support = " AND a.organization_id = " + entered();
    add_sight(all, "support", "users",
              assumed("a.engineer_organization_id = users.organization_id AND a.engineer_id = "
                      "users.id" +
                      of_support));
    add_sight(all, "support", "sessions",
              assumed("a.engineer_organization_id = sessions.organization_id AND a.session_id = "
                      "sessions.id" +
                      of_support));
    return all;
}

}  // namespace

auto walls(int number) -> Migration {
    return {number, {}, statements()};
}

auto wall(const std::string& table) -> std::vector<std::string> {
    std::vector<std::string> all;
    add_wall(all, table, "organization_id");
    return all;
}

}  // namespace pcc::server
