#include "server/health.hpp"

#include "server/store/migrations.hpp"

namespace pcc::server {
namespace {

auto has_schema(Store& store) -> bool {
    auto tx = store.read();
    if (!tx) return false;
    return is_usable(**tx) && (*tx)->finish().has_value();
}

/// The statements that append, run on no row: the database refuses them where it would refuse an
/// entry, and the transaction is not committed.
auto takes_audit(Store& store) -> bool {
    auto tx = store.write();
    if (!tx) return false;
    (*tx)->execute("UPDATE audit_heads SET sequence = sequence WHERE 1 = 0");
    (*tx)->execute("INSERT INTO audit_events SELECT * FROM audit_events WHERE 1 = 0");
    return !(*tx)->has_failed();
}

auto keys_work(const Keys& keys, RandomSource& random) -> bool {
    const auto token_id = random_token_id(random);
    const OrganizationId organization("org_health");
    const TokenHandle handle("tok_health");
    const auto opened =
        keys.open(keys.seal(token_id, organization, handle, random), organization, handle);
    return opened && same_secret(*opened, token_id.text());
}

}  // namespace

auto part_name(HealthPart part) -> std::string_view {
    switch (part) {
        case HealthPart::Database: return "database";
        case HealthPart::Schema: return "schema";
        case HealthPart::Audit: return "audit";
        case HealthPart::Keys: return "keys";
    }
    return "database";
}

auto what_is_unwell(Store& store, const Keys& keys, RandomSource& random)
    -> std::optional<HealthPart> {
    if (!keys_work(keys, random)) return HealthPart::Keys;
    if (!store.check()) return HealthPart::Database;
    if (!has_schema(store)) return HealthPart::Schema;
    if (!takes_audit(store)) return HealthPart::Audit;
    return std::nullopt;
}

}  // namespace pcc::server
