#include "server/store/users.hpp"

#include "core/api/text.hpp"
#include "core/api/types.hpp"

namespace pcc::server {
namespace {

/// A row for each network that was selected for the user, or one without.
constexpr const char* select_user =
    "SELECT u.id, u.organization_id, o.name, u.name, u.email, u.role, u.may_write, "
    "u.password_hash, r.network_id FROM users u JOIN organizations o ON o.id = u.organization_id "
    "LEFT JOIN user_networks r ON r.organization_id = u.organization_id AND r.user_id = u.id "
    "WHERE u.disabled_at IS NULL AND o.disabled_at IS NULL AND ";

auto read_user(const Rows& rows) -> std::optional<User> {
    if (rows.empty()) return std::nullopt;
    const auto& row = rows.front();
    User user;
    user.id = row.id<UserId>(0);
    user.organization = row.id<OrganizationId>(1);
    user.organization_name = row.text(2);
    user.name = row.text(3);
    user.email = row.text(4);
    user.role = access::parse_role(row.text(5)).value_or(access::Role::Guest);
    user.reach.may_write = row.flag(6);
    user.password_hash = row.text(7);
    for (const auto& each : rows) {
        if (!each.is_null(8)) user.reach.selected.push_back(each.id<NetworkId>(8));
    }
    return user;
}

}  // namespace

void insert_user(Transaction& tx, const User& user, Instant now) {
    tx.execute(
        "INSERT INTO users (organization_id, id, email, email_folded, name, role, may_write, "
        "password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {user.organization.value, user.id.value, user.email, normal_email(user.email), user.name,
         access::role_wire(user.role), user.reach.may_write, user.password_hash, now});
    for (const auto& network : user.reach.selected) {
        tx.execute(
            "INSERT INTO user_networks (organization_id, user_id, network_id) VALUES ($1, $2, $3)",
            {user.organization.value, user.id.value, network.value});
    }
}

auto find_user(Transaction& tx, const OrganizationId& organization, const UserId& id)
    -> std::optional<User> {
    static const auto sql =
        std::string(select_user) + "u.organization_id = $1 AND u.id = $2 ORDER BY r.network_id";
    return read_user(tx.query(sql, {organization.value, id.value}));
}

auto find_user_by_email(Transaction& tx, const std::string& email) -> std::optional<User> {
    const auto normal = normal_email(email);
    tx.show_keys({normal});
    const auto home =
        tx.query_one("SELECT organization_id FROM users WHERE email_folded = $1", {normal});
    if (!home) return std::nullopt;
    tx.enter(home->text(0));
    static const auto sql = std::string(select_user) + "u.email_folded = $1 ORDER BY r.network_id";
    return read_user(tx.query(sql, {normal}));
}

auto normal_email(const std::string& email) -> std::string {
    const auto clean = api::clean_text(email, api::longest_email);
    return clean ? api::fold_case(*clean) : std::string();
}

void disable_user(Transaction& tx, const OrganizationId& organization, const UserId& id,
                  Instant now) {
    const auto written = tx.execute(
        "UPDATE users SET disabled_at = $3 "
        "WHERE organization_id = $1 AND id = $2 AND disabled_at IS NULL",
        {organization.value, id.value, now});
    if (written == 1) tx.will_end({end_of_what::user, organization, id.value, {}, now});
}

}  // namespace pcc::server
