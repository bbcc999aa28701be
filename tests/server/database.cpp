#include "tests/server/database.hpp"

#include <cstdlib>
#include <fstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "server/store/migrations.hpp"
#include "server/store/postgres_connection.hpp"

namespace pcc::test {
namespace {

const auto beginning = *parse_rfc3339("2026-11-01T00:00:00.000Z");

auto superuser_url() -> std::string {
    const auto* url = std::getenv("PCC_TEST_POSTGRES");
    return url == nullptr ? "" : url;
}

void replace(std::string& text, std::string_view what, const std::string& by) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    text.replace(at, what.size(), by);
}

auto url_of(const std::string& database, const std::string& user) -> std::string {
    auto url = superuser_url();
    replace(url, "/postgres?", "/" + database + "?");
    replace(url, "user=pcc_super", "user=" + user);
    return url;
}

auto superuser(const std::string& database) -> std::unique_ptr<server::PostgresConnection> {
    auto connection = server::PostgresConnection::open(url_of(database, "pcc_super"));
    REQUIRE_MESSAGE(connection.has_value(), connection.error().message);
    (*connection)->wait_for(std::chrono::seconds{60});
    return std::move(*connection);
}

void run(server::PostgresConnection& connection, const std::string& script) {
    const auto done = connection.script(script.c_str());
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
}

/// Of this process alone: several may share a PostgreSQL.
auto name_of_own(const std::string& what) -> std::string {
    return "pcc_" + std::to_string(::getpid()) + "_" + what;
}

/// The databases of all tests are copies of one, whose schema is made once.
auto cluster() -> server::PostgresConnection& {
    static const auto connection = [] {
        auto made = superuser("postgres");
        run(*made,
            "DO $$ BEGIN CREATE ROLE pcc LOGIN; "
            "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$");
        run(*made, "CREATE DATABASE " + name_of_own("template") + " OWNER pcc");
        server::PostgresOptions options;
        options.database_time = false;
        const auto store =
            server::open_postgres_store(url_of(name_of_own("template"), "pcc"), beginning, options);
        REQUIRE_MESSAGE(store.has_value(), store.error().message);
        return made;
    }();
    return *connection;
}

/// Those that tests have left, emptied: making one takes ten times as long.
auto spares() -> std::vector<std::string>& {
    static std::vector<std::string> names;
    return names;
}

/// Its tables, indexes, constraints and walls, and the steps that made them, in one text.
auto shape_of(server::PostgresConnection& connection) -> std::string {
    constexpr const char* sql =
        "SELECT concat_ws(E'\n', "
        "(SELECT string_agg(concat_ws(' ', table_name, column_name, data_type, is_nullable, "
        "column_default), E'\n' ORDER BY table_name, column_name) "
        "FROM information_schema.columns WHERE table_schema = 'public'), "
        "(SELECT string_agg(indexdef, E'\n' ORDER BY indexname) "
        "FROM pg_indexes WHERE schemaname = 'public'), "
        "(SELECT string_agg(conname || pg_get_constraintdef(oid), E'\n' ORDER BY conname) "
        "FROM pg_constraint WHERE connamespace = 'public'::regnamespace), "
        "(SELECT string_agg(concat_ws(' ', tablename, policyname, qual, with_check), E'\n' "
        "ORDER BY tablename, policyname) FROM pg_policies WHERE schemaname = 'public'), "
        "(SELECT string_agg(relname || relrowsecurity || relforcerowsecurity, ' ' "
        "ORDER BY relname) FROM pg_class WHERE relnamespace = 'public'::regnamespace), "
        "(SELECT string_agg(concat_ws(' ', number, needs), ',' ORDER BY number) "
        "FROM schema_migrations))";
    server::Rows rows;
    if (!connection.run(sql, {}, &rows) || rows.empty()) return {};
    return rows[0].text(0);
}

auto shape_of_new() -> const std::string& {
    static const auto shape = shape_of(*superuser(name_of_own("template")));
    return shape;
}

/// False where a test has done more to it than to write rows: no other can have it then.
auto emptied(const std::string& name) -> bool {
    const auto newest = std::to_string(server::migrations().back().number);
    const auto script =
        "TRUNCATE organizations, throttles, end_ledgers, installation_locks, key_versions CASCADE; "
        "UPDATE clock_marks SET high_water = 0; "
        "DELETE FROM schema_migrations WHERE number > " +
        newest;
    const auto connection = superuser(name);
    return connection->script(script.c_str()).has_value() &&
           shape_of(*connection) == shape_of_new();
}

}  // namespace

auto on_postgres() -> bool {
    return !superuser_url().empty();
}

Folder::Folder() {
    auto name = (std::filesystem::temp_directory_path() / "pcc-test-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Database::Database() {
    if (!on_postgres()) return;
    if (!spares().empty()) {
        name_ = std::move(spares().back());
        spares().pop_back();
        return;
    }
    static int made = 0;
    name_ = name_of_own(std::to_string(++made));
    run(cluster(),
        "CREATE DATABASE " + name_ + " TEMPLATE " + name_of_own("template") + " OWNER pcc");
}

Database::~Database() {
    if (name_.empty()) return;
    if (!is_spoiled_ && emptied(name_)) {
        spares().push_back(name_);
        return;
    }
    (void)cluster().script(("DROP DATABASE " + name_ + " WITH (FORCE)").c_str());
}

auto Database::open(Instant now) const
    -> Result<std::unique_ptr<server::Store>, server::StoreError> {
    if (name_.empty()) return server::open_sqlite_store(file(), now, {2, false});
    server::PostgresOptions options;
    options.database_time = false;
    return server::open_postgres_store(url(), now, options);
}

auto Database::open_as_server() const -> std::unique_ptr<server::Store> {
    auto store = server::open_postgres_store(url(), Instant{}, {});
    REQUIRE_MESSAGE(store.has_value(), store.error().message);
    return std::move(*store);
}

auto Database::url() const -> std::string {
    return url_of(name_, "pcc");
}

void Database::as_superuser(const std::string& script) const {
    is_spoiled_ = true;
    run(*superuser(name_), script);
}

auto Database::bytes() const -> std::string {
    auto root = folder_.path();
    if (!name_.empty()) {
        run(cluster(), "CHECKPOINT");
        server::Rows rows;
        REQUIRE(cluster().run("SHOW data_directory", {}, &rows).has_value());
        root = rows[0].text(0);
    }
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
}

auto look(server::Store& store) -> std::unique_ptr<server::Transaction> {
    auto tx = store.read();
    REQUIRE(tx.has_value());
    (*tx)->enter_all();
    return std::move(*tx);
}

auto change(server::Store& store) -> std::unique_ptr<server::Transaction> {
    auto tx = store.write();
    REQUIRE(tx.has_value());
    (*tx)->enter_all();
    return std::move(*tx);
}

}  // namespace pcc::test
