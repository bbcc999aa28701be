#include "server/store/checkpoints.hpp"

#include "server/store/sql.hpp"

namespace pcc::server {
namespace {

constexpr int page = 200;

constexpr const char* select_checkpoint =
    "SELECT number, sequence, hash, at, key_version, signature FROM audit_checkpoints "
    "WHERE organization_id = $1 ";

auto read_checkpoint(const OrganizationId& organization, const Row& row) -> Checkpoint {
    return {organization, row.number(0),  row.number(1),
            row.text(2),  row.instant(3), {static_cast<int>(row.number(4)), row.text(5)}};
}

}  // namespace

auto last_checkpoint(Transaction& tx, const OrganizationId& organization)
    -> std::optional<Checkpoint> {
    const auto row = tx.query_one(std::string(select_checkpoint) + "ORDER BY number DESC LIMIT 1",
                                  {organization.value});
    if (!row) return std::nullopt;
    return read_checkpoint(organization, *row);
}

auto checkpoints_after(Transaction& tx, const OrganizationId& organization, long long number)
    -> std::vector<Checkpoint> {
    std::vector<Checkpoint> all;
    const auto sql = std::string(select_checkpoint) + "AND number > $2 ORDER BY number LIMIT $3";
    for (const auto& row : tx.query(sql, {organization.value, number, page}))
        all.push_back(read_checkpoint(organization, row));
    return all;
}

void insert_checkpoint(Transaction& tx, const Checkpoint& checkpoint) {
    tx.execute(
        "INSERT INTO audit_checkpoints (organization_id, number, sequence, hash, at, key_version, "
        "signature) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {checkpoint.organization.value, checkpoint.number, checkpoint.sequence, checkpoint.hash,
         checkpoint.at, checkpoint.signature.key_version, checkpoint.signature.text});
    tx.execute("UPDATE audit_heads SET checkpoints = $2 WHERE organization_id = $1",
               {checkpoint.organization.value, checkpoint.number});
}

auto organizations_without_checkpoint(Transaction& tx, Instant now, bool every)
    -> std::vector<OrganizationId> {
    Sql sql(
        "SELECT h.organization_id FROM audit_heads h LEFT JOIN audit_checkpoints c "
        "ON c.organization_id = h.organization_id AND c.number = h.checkpoints "
        "WHERE h.sequence > COALESCE(c.sequence, 0)");
    if (!every) {
        sql.add(" AND (c.at IS NULL OR c.at <= ? OR h.sequence - c.sequence >= ?)",
                {now - checkpoint_interval, checkpoint_events});
    }
    sql.add(" LIMIT ?", {page});
    std::vector<OrganizationId> all;
    for (const auto& row : sql.query(tx))
        all.push_back(row.id<OrganizationId>(0));
    return all;
}

}  // namespace pcc::server
