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

/// What the steps taken are to a program that knows some of them.
struct Steps {
    int last = 0;
    int needed = 0;  // by the last ones: the step that a program has to know
};

auto steps_in(Transaction& transaction) -> Steps {
    Steps steps{current_version(transaction), 0};
    // The column came with a step that is not newer than this program's own.
    const auto row = steps.last > newest() ? transaction.query_one(step_needed) : std::nullopt;
    steps.needed = row ? static_cast<int>(row->number(0)) : steps.last;
    return steps;
}

auto is_too_new(const Steps& steps) -> bool {
    return steps.last > newest() && steps.needed > newest();
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

auto steps_of(Begun transaction) -> Result<Steps, StoreError> {
    if (!transaction) return failed(std::move(transaction.error()));
    const auto steps = steps_in(**transaction);
    if (auto finished = (*transaction)->finish(); !finished) return failed(finished.error());
    return steps;
}

auto read_steps(Store& store) -> Result<Steps, StoreError> {
    return steps_of(store.write());
}

auto make_table(Store& store) -> Result<void, StoreError> {
    auto transaction = store.write();
    if (!transaction) return failed(std::move(transaction.error()));
    (*transaction)
        ->execute(
            "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER NOT NULL PRIMARY KEY)");
    return (*transaction)->finish();
}

/// The steps taken; makes the table that holds them where there is none.
auto prepare(Store& store) -> Result<Steps, StoreError> {
    // An account that may not make tables can still use those that are there.
    if (auto steps = read_steps(store)) return steps;
    auto made = make_table(store);
    if (!made && made.error().kind != StoreError::Kind::Constraint) return failed(made.error());
    return read_steps(store);
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
    if (migration.needs) {
        tx.execute("UPDATE schema_migrations SET needs = $1 WHERE number = $2",
                   {*migration.needs, migration.number});
    }
    return tx.finish();
}

auto is(const Result<void, StoreError>& outcome, StoreError::Kind kind) -> bool {
    return !outcome && outcome.error().kind == kind;
}

/// Whoever waits for the number in a table that the step itself changes may be the one that the
/// database ends, so that the other can go on.
auto take_or_wait(Store& store, const Migration& migration) -> Result<void, StoreError> {
    constexpr int most_tries = 10;
    auto taken = take(store, migration);
    for (int tries = 1; is(taken, StoreError::Kind::Busy) && tries < most_tries; ++tries)
        taken = take(store, migration);
    if (!is(taken, StoreError::Kind::Constraint)) return taken;
    const auto steps = read_steps(store);
    if (steps && steps->last >= migration.number) return {};
    return taken;
}

auto written_later() -> StoreError {
    return {StoreError::Kind::NewerSchema,
            "The database was written by a later version of pcc-server. "
            "Start that version, or restore an older backup."};
}

auto written_earlier() -> StoreError {
    return {StoreError::Kind::OlderSchema,
            "The database was written by an earlier version of pcc-server."};
}

}  // namespace

auto needed_programs(int number) -> Migration {
    // The programs of the step before neither read nor write it, and go on.
    return {number, {"ALTER TABLE schema_migrations ADD COLUMN needs INTEGER"}, {}, number - 1};
}

auto is_usable(Transaction& transaction) -> bool {
    const auto steps = steps_in(transaction);
    return steps.last >= newest() && !is_too_new(steps);
}

auto require_usable(Store& store) -> Result<void, StoreError> {
    const auto steps = steps_of(store.read());
    if (!steps) return failed(steps.error());
    if (is_too_new(*steps)) return failed(written_later());
    if (steps->last < newest()) return failed(written_earlier());
    return {};
}

auto require_newest(Store& store) -> Result<void, StoreError> {
    const auto steps = steps_of(store.read());
    if (!steps) return failed(steps.error());
    if (steps->last > newest()) return failed(written_later());
    if (steps->last < newest()) return failed(written_earlier());
    return {};
}

auto migrate(Store& store) -> Result<void, StoreError> {
    const auto steps = prepare(store);
    if (!steps) return failed(steps.error());
    if (is_too_new(*steps)) return failed(written_later());
    for (const auto& migration : migrations()) {
        if (migration.number <= steps->last) continue;
        if (auto taken = take_or_wait(store, migration); !taken) return taken;
    }
    return {};
}

}  // namespace pcc::server
