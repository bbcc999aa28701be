#include "server/store/migrations.hpp"

namespace pcc::server {
namespace {

auto newest() -> int {
    return migrations().back().number;
}

/// The number of the last step taken; 0 for an empty database.
auto current_version(Transaction& transaction) -> int {
    const auto row = transaction.query_one("SELECT MAX(number) FROM schema_migrations");
    return row ? static_cast<int>(row->number(0)) : 0;
}

auto prepare(Store& store) -> Result<int, StoreError> {
    auto transaction = store.write();
    if (!transaction) return failed(std::move(transaction.error()));
    (*transaction)
        ->execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER NOT NULL PRIMARY KEY)");
    const auto version = current_version(**transaction);
    if (auto finished = (*transaction)->finish(); !finished) return failed(finished.error());
    return version;
}

auto take(Store& store, const Migration& migration) -> Result<void, StoreError> {
    auto transaction = store.write();
    if (!transaction) return failed(std::move(transaction.error()));
    for (const auto* statement : migration.statements)
        (*transaction)->execute(statement);
    (*transaction)
        ->execute("INSERT INTO schema_migrations (number) VALUES ($1)", {migration.number});
    return (*transaction)->finish();
}

}  // namespace

auto migrate(Store& store) -> Result<void, StoreError> {
    const auto version = prepare(store);
    if (!version) return failed(version.error());
    if (*version > newest()) {
        return failed(StoreError{StoreError::Kind::NewerSchema,
                                 "The database was written by a later version of pcc-server. "
                                 "Start that version, or restore an older backup."});
    }
    for (const auto& migration : migrations()) {
        if (migration.number <= *version) continue;
        if (auto taken = take(store, migration); !taken) return taken;
    }
    return {};
}

}  // namespace pcc::server
