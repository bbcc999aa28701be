// A SQLite database moved to PostgreSQL: all of it arrives, what has ended stays ended, and what
// must not be moved is refused. The moving runs where there is a PostgreSQL.
#include "server/cli/migrate.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "server/audit/checkpointing.hpp"
#include "server/audit/verify.hpp"
#include "server/cli/data_folder.hpp"
#include "server/store/copy.hpp"
#include "server/store/migrations.hpp"
#include "server/store/throttles.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::server;
using namespace pcc::test;
using std::chrono::hours;

namespace {

const auto morning = *parse_rfc3339("2026-11-23T09:00:00.000Z");

auto open_file(const std::string& file, Instant now = morning) -> std::unique_ptr<Store> {
    auto store = open_sqlite_store(file, now, {2, false});
    REQUIRE_MESSAGE(store.has_value(), store.error().message);
    return std::move(*store);
}

auto all_of(Store& store, const std::string& table) -> std::vector<std::string> {
    std::vector<std::string> all;
    std::string columns;
    const auto tx = look(store);
    const auto* names = tx->dialect() == Dialect::Sqlite
                            ? "SELECT name FROM pragma_table_info($1) ORDER BY 1"
                            : "SELECT CAST(column_name AS TEXT) COLLATE \"C\" FROM "
                              "information_schema.columns WHERE table_name = $1 ORDER BY 1";
    for (const auto& row : tx->query(names, {table}))
        columns += (columns.empty() ? "" : ", ") + row.text(0);
    for (const auto& row : tx->query("SELECT " + columns + " FROM " + table)) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row.is_null(i) ? "null" : row.text(i) + "/" + std::to_string(row.number(i));
            text += '\n';
        }
        all.push_back(text);
    }
    REQUIRE(tx->finish().has_value());
    std::sort(all.begin(), all.end());
    return all;
}

/// An old database in a data folder, in which every table has rows.
class Moving {
  public:
    Moving() : backend(open_file(file())) {
        keys_before = *Keys::create(keys_file(folder.path()).string(), backend.random);
        backend.keys = keys_before;
        ana = backend.sign_in("ana@aurora.example");
        expired = backend.generate(ana);
        acting = backend.assume(backend.sign_in("sam@netcare.example"), expired.token_id);
        backend.ask(acting, api::PatchNetwork{backend.demo.porto},
                    R"({"name":"Porto \u00e9\u4e2d"})");
        backend.ask(ana, api::ExpireToken{expired.token.handle});
        deleted = backend.generate(ana);
        backend.ask(ana, api::DeleteToken{deleted.token.handle});
        ran_out = backend.generate(ana);
        backend.wait(hours{2});
        ana = backend.sign_in("ana@aurora.example");
        living = backend.generate(ana);
        backend.send({api::Method::Post,
                      "/api/v1/tokens",
                      {{"Cookie", ana.cookie},
                       {"X-PCC-CSRF", ana.csrf},
                       {"Content-Type", "application/json"},
                       {"Idempotency-Key", "0123456789abcdef"}},
                      R"({"validity":"2h"})"});
        backend.try_sign_in("ana@aurora.example", "not the right password");
        backend.store->keep_mark(*change(*backend.store), backend.now);
        fill_what_servers_keep();
    }
    /// What no request writes, but a server at its start, beside its keys and its file of ends.
    void fill_what_servers_keep() {
        const auto signed_all = make_checkpoints(*backend.store, backend.keys, backend.random,
                                                 backend.now, CheckpointsOf::AllChains);
        REQUIRE(signed_all.has_value());
        backend.change("INSERT INTO end_ledgers (name, place) VALUES ('ledger', '')");
        backend.change("INSERT INTO end_marks (ledger, number) VALUES ('ledger', 1)");
        backend.change("INSERT INTO installation_locks (id, reason) VALUES (1, 'A reason.')");
        backend.change("INSERT INTO key_versions (version, fingerprint) VALUES (1, 'print')");
    }
    auto file() const -> std::string { return database_file(folder.path()).string(); }
    auto options() const -> MigrateOptions { return {folder.path(), {}, target.url()}; }
    auto migrate(const MigrateOptions& options) -> Result<void, std::string> {
        return migrate_database(options, backend.now,
                                [this](const std::string& line) { said += line + "\n"; });
    }
    /// The same people and requests at the moved database.
    void open_target() {
        auto store = open_postgres_store(target.url(), backend.now, {4, false});
        REQUIRE_MESSAGE(store.has_value(), store.error().message);
        backend.store = std::move(*store);
    }

    Folder folder;
    Database target;
    Backend backend;
    Keys keys_before = backend.keys;
    Tab ana, acting;
    api::GeneratedToken expired, deleted, ran_out, living;
    std::string said;
};

auto preflight(Backend& backend, const Secret& token_id) -> int {
    const auto sam = backend.sign_in("sam@netcare.example");
    return backend.ask(sam, api::PostPreflight{}, api::encode_token_id(token_id)).response.status;
}

}  // namespace

TEST_CASE("no table of the schema is forgotten when a database is moved") {
    Backend backend;
    const auto* sql =
        on_postgres() ? "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public'"
                      : "SELECT name FROM sqlite_master WHERE type = 'table' "
                        "AND name NOT LIKE 'sqlite_%'";
    auto tables = tables_of_schema();
    tables.emplace_back("schema_migrations");
    std::sort(tables.begin(), tables.end());
    std::vector<std::string> there;
    for (const auto& row : backend.rows(sql))
        there.push_back(row.text(0));
    std::sort(there.begin(), there.end());
    CHECK(tables == there);
}

PCC_POSTGRES_CASE("every row of every table arrives as it was") {
    Moving moving;
    std::vector<std::vector<std::string>> before;
    for (const auto& table : tables_of_schema()) {
        INFO(table);
        before.push_back(all_of(*moving.backend.store, table));
        CHECK_FALSE(before.back().empty());
    }
    moving.backend.store.reset();
    const auto moved = moving.migrate(moving.options());
    REQUIRE_MESSAGE(moved.has_value(), moved.error());
    moving.open_target();
    std::size_t i = 0;
    for (const auto& table : tables_of_schema()) {
        INFO(table);
        CHECK(all_of(*moving.backend.store, table) == before[i++]);
    }
    CHECK(moving.said.find(" audit_events\n") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(moving.file()));
    CHECK(std::filesystem::exists(moving.file() + ".moved"));
}

PCC_POSTGRES_CASE("what has ended stays ended, what lives goes on, and nobody is signed out") {
    Moving moving;
    auto& backend = moving.backend;
    backend.store.reset();
    REQUIRE(moving.migrate(moving.options()).has_value());
    moving.open_target();
    CHECK(preflight(backend, moving.expired.token_id) == 410);
    CHECK(preflight(backend, moving.deleted.token_id) == 410);
    CHECK(preflight(backend, moving.ran_out.token_id) == 410);
    CHECK(preflight(backend, moving.living.token_id) == 200);
    CHECK(backend.ask(moving.ana, api::GetTokens{}).response.status == 200);
    CHECK(backend.ask(moving.acting, api::GetNetworks{}).response.status != 200);
    for (const auto& organization : {backend.demo.aurora, backend.demo.netcare})
        CHECK_FALSE(find_broken_link(*look(*backend.store), backend.keys, organization).has_value());
    const auto rows = backend.audit_rows();
    backend.generate(moving.ana);
    CHECK(backend.audit_rows() == rows + 1);
    CHECK_FALSE(find_broken_link(*look(*backend.store), backend.keys, backend.demo.aurora).has_value());
}

PCC_POSTGRES_CASE("a source that a server has open is refused, and a target that holds data") {
    Moving moving;
    const auto in_use = moving.migrate(moving.options());
    REQUIRE_FALSE(in_use.has_value());
    CHECK(in_use.error().find("uses the database") != std::string::npos);
    moving.backend.store.reset();
    REQUIRE(moving.migrate(moving.options()).has_value());
    std::filesystem::rename(moving.file() + ".moved", moving.file());
    const auto twice = moving.migrate(moving.options());
    REQUIRE_FALSE(twice.has_value());
    CHECK(twice.error().find("holds organizations already") != std::string::npos);
    CHECK(std::filesystem::exists(moving.file()));
}

PCC_POSTGRES_CASE("a source of another version is refused, and left as it is") {
    Moving moving;
    auto& backend = moving.backend;
    const auto newest = migrations().back().number;
    backend.change("DELETE FROM schema_migrations WHERE number = $1", {newest});
    backend.store.reset();
    const auto older = moving.migrate(moving.options());
    REQUIRE_FALSE(older.has_value());
    CHECK(older.error().find("earlier version") != std::string::npos);
    {
        SqliteOptions as_it_is;
        as_it_is.upgrade = false;
        const auto store = open_sqlite_store(moving.file(), backend.now, as_it_is);
        REQUIRE_FALSE(store.has_value());
        CHECK(store.error().kind == StoreError::Kind::OlderSchema);
    }
    Moving later;
    later.backend.change("INSERT INTO schema_migrations (number) VALUES (9999)");
    later.backend.store.reset();
    const auto newer = later.migrate(later.options());
    REQUIRE_FALSE(newer.has_value());
    CHECK(newer.error().find("later version") != std::string::npos);
}

PCC_POSTGRES_CASE("an audit that was changed in the source is not moved as if it were whole") {
    Moving moving;
    moving.backend.change("UPDATE audit_events SET summary = 'x' WHERE sequence = 2");
    moving.backend.store.reset();
    const auto moved = moving.migrate(moving.options());
    REQUIRE_FALSE(moved.has_value());
    CHECK(moved.error().find(", event 2 (") != std::string::npos);
    moving.open_target();
    CHECK(moving.backend.rows("SELECT COUNT(*) FROM organizations")[0].number(0) == 0);
    CHECK(moving.backend.rows("SELECT COUNT(*) FROM clock_marks")[0].number(0) == 1);
}

TEST_CASE(
    "only a file of SQLite that is there is moved, only to PostgreSQL, and only with its keys") {
    const Folder folder;
    const auto refused = [&](const std::string& from, const std::string& to, const char* words) {
        const auto moved =
            migrate_database({folder.path(), from, to}, morning, [](const std::string&) {});
        REQUIRE_FALSE(moved.has_value());
        INFO(moved.error());
        CHECK(moved.error().find(words) != std::string::npos);
    };
    const auto file = "sqlite:" + folder.file("pcc.sqlite");
    refused(file, "postgresql://nobody@127.0.0.1:1/none", "There is no database");
    refused(file, file, "Only from SQLite to PostgreSQL");
    refused("postgresql://x@y/z", "postgresql://x@y/z", "Only from SQLite to PostgreSQL");
    open_file(folder.file("pcc.sqlite"));
    refused(file, "postgresql://nobody@127.0.0.1:1/none", "pcc.keys");
    RepeatingRandom random;
    REQUIRE(Keys::create(folder.file("pcc.keys"), random).has_value());
    refused(file, "postgresql://nobody@127.0.0.1:1/none", "cannot be reached");
    CHECK(std::filesystem::exists(folder.file("pcc.sqlite")));
}
