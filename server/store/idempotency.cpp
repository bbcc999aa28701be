#include "server/store/idempotency.hpp"

namespace pcc::server {

auto find_earlier_call(Transaction& tx, const IdempotencyKey& key, Instant now)
    -> std::optional<EarlierCall> {
    const auto row = tx.query_one(
        "SELECT call, body_hash, made_id FROM idempotency "
        "WHERE organization_id = $1 AND user_id = $2 AND key_hash = $3 AND created_at > $4",
        {key.organization.value, key.user.value, key.key_hash, now - idempotency_kept});
    if (!row) return std::nullopt;
    return EarlierCall{row->text(0), row->text(1), row->text(2)};
}

void keep_call(Transaction& tx, const IdempotencyKey& key, const EarlierCall& call, Instant now) {
    tx.execute("DELETE FROM idempotency WHERE created_at <= $1", {now - idempotency_kept});
    tx.execute(
        "INSERT INTO idempotency (organization_id, user_id, key_hash, call, body_hash, made_id, "
        "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {key.organization.value, key.user.value, key.key_hash, call.call, call.body_hash,
         call.made_id, now});
}

}  // namespace pcc::server
