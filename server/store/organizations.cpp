#include "server/store/organizations.hpp"

namespace pcc::server {

void hold_organization(Transaction& tx, const OrganizationId& id) {
    tx.enter(id.value);
    if (tx.lock_clause().empty()) return;
    tx.take_turn(id.value);
    tx.query("SELECT sequence FROM audit_heads WHERE organization_id = $1" +
                 std::string(tx.lock_clause()),
             {id.value});
}

void insert_organization(Transaction& tx, const api::Organization& organization) {
    tx.execute("INSERT INTO organizations (id, name, created_at) VALUES ($1, $2, $3)",
               {organization.id.value, organization.name, organization.created_at});
}

auto find_organization(Transaction& tx, const OrganizationId& id)
    -> std::optional<api::Organization> {
    const auto row = tx.query_one(
        "SELECT id, name, created_at, "
        "(SELECT COUNT(*) FROM networks n WHERE n.organization_id = o.id) "
        "FROM organizations o WHERE id = $1 AND disabled_at IS NULL",
        {id.value});
    if (!row) return std::nullopt;
    return api::Organization{row->id<OrganizationId>(0), row->text(1), row->instant(2),
                             row->number(3)};
}

void rename_organization(Transaction& tx, const OrganizationId& id, const std::string& name) {
    tx.execute("UPDATE organizations SET name = $2 WHERE id = $1", {id.value, name});
}

void disable_organization(Transaction& tx, const OrganizationId& id, Instant now) {
    const auto written = tx.execute(
        "UPDATE organizations SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL",
        {id.value, now});
    if (written == 1) tx.will_end({end_of_what::organization, id, id.value, {}, now});
}

auto count_organizations(Transaction& tx) -> long long {
    const auto row = tx.query_one("SELECT COUNT(*) FROM organizations");
    return row ? row->number(0) : 0;
}

}  // namespace pcc::server
