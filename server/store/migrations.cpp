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

/// SQLite compares texts byte by byte; PostgreSQL does so where a column is told to.
auto in_dialect(std::string statement, Dialect dialect) -> std::string {
    if (dialect == Dialect::Sqlite) return statement;
    constexpr std::string_view plain = " TEXT";
    constexpr std::string_view sorted = " TEXT COLLATE \"C\"";
    for (auto at = statement.find(plain); at != std::string::npos;
         at = statement.find(plain, at + sorted.size())) {
        statement.replace(at, plain.size(), sorted);
    }
    return statement;
}

using Begun = Result<std::unique_ptr<Transaction>, StoreError>;

auto version_in(Begun transaction) -> Result<int, StoreError> {
    if (!transaction) return failed(std::move(transaction.error()));
    const auto version = current_version(**transaction);
    if (auto finished = (*transaction)->finish(); !finished) return failed(finished.error());
    return version;
}

auto read_version(Store& store) -> Result<int, StoreError> {
    return version_in(store.write());
}

auto make_table(Store& store) -> Result<void, StoreError> {
    auto transaction = store.write();
    if (!transaction) return failed(std::move(transaction.error()));
    (*transaction)
        ->execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER NOT NULL PRIMARY KEY)");
    return (*transaction)->finish();
}

/// The number of the last step taken; makes the table that holds it where there is none.
auto prepare(Store& store) -> Result<int, StoreError> {
    // An account that may not make tables can still use those that are there.
    if (auto version = read_version(store)) return version;
    auto made = make_table(store);
    if (!made && made.error().kind != StoreError::Kind::Constraint) return failed(made.error());
    return read_version(store);
}

/// The number is written first: whoever else takes the same step waits there, and is refused then.
auto take(Store& store, const Migration& migration) -> Result<void, StoreError> {
    auto transaction = store.write();
    if (!transaction) return failed(std::move(transaction.error()));
    auto& tx = **transaction;
    tx.enter_all();  // a step may fill what it adds, for everybody
    tx.execute("INSERT INTO schema_migrations (number) VALUES ($1)", {migration.number});
    for (const auto& statement : migration.statements)
        tx.execute(in_dialect(statement, tx.dialect()));
    if (tx.dialect() == Dialect::Postgres) {
        for (const auto& statement : migration.on_postgres)
            tx.execute(statement);
    }
    return tx.finish();
}

auto take_or_wait(Store& store, const Migration& migration) -> Result<void, StoreError> {
    auto taken = take(store, migration);
    if (taken || taken.error().kind != StoreError::Kind::Constraint) return taken;
    const auto version = read_version(store);
    if (version && *version >= migration.number) return {};
    return taken;
}

auto written_later() -> StoreError {
    return {StoreError::Kind::NewerSchema,
            "The database was written by a later version of pcc-server. "
            "Start that version, or restore an older backup."};
}

}  // namespace

auto require_newest(Store& store) -> Result<void, StoreError> {
    const auto version = version_in(store.read());
    if (!version) return failed(version.error());
    if (*version > newest()) return failed(written_later());
    if (*version == newest()) return {};
    return failed(StoreError{StoreError::Kind::OlderSchema,
                             "The database was written by an earlier version of pcc-server."});
}

auto migrate(Store& store) -> Result<void, StoreError> {
    const auto version = prepare(store);
    if (!version) return failed(version.error());
    if (*version > newest()) return failed(written_later());
    for (const auto& migration : migrations()) {
        if (migration.number <= *version) continue;
        if (auto taken = take_or_wait(store, migration); !taken) return taken;
    }
    return {};
}

}  // namespace pcc::server
