// What is PostgreSQL's own: the wall between organizations, its time, lost connections, servers
// that start at once. The other tests of the store and of requests run on it as they are.
#include <atomic>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "server/retry.hpp"
#include "server/store/migrations.hpp"
#include "server/store/organizations.hpp"
#include "server/store/postgres_connection.hpp"
#include "server/store/sql.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::server;
using namespace pcc::test;
using std::chrono::hours;
using std::chrono::seconds;

#define PCC_POSTGRES_CASE(name) TEST_CASE(name* doctest::skip(!on_postgres()))

namespace {

constexpr const char* of_organizations[] = {
    "users",        "sessions", "idempotency",   "tokens", "assumptions",  "audit_heads",
    "audit_events", "networks", "access_points", "ssids",  "user_networks"};

auto count(Transaction& tx, const std::string& table) -> long long {
    return tx.query_one("SELECT COUNT(*) FROM " + table)->number(0);
}

auto refused(Store& store, const std::string& entered, std::string_view sql, const Values& values)
    -> bool {
    auto tx = store.write();
    REQUIRE(tx.has_value());
    (*tx)->enter(entered);
    (*tx)->execute(sql, values);
    return !(*tx)->finish().has_value();
}

/// All that an admin and an engineer leave in the tables.
void live(Backend& backend) {
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(backend.sign_in("sam@netcare.example"), made.token_id);
    backend.ask(tab, api::PatchNetwork{backend.demo.porto}, R"({"name":"Porto Two"})");
    api::HttpRequest keyed{api::Method::Post,
                           "/api/v1/tokens",
                           {{"Cookie", ana.cookie},
                            {"X-PCC-CSRF", ana.csrf},
                            {"Content-Type", "application/json"},
                            {"Idempotency-Key", "0123456789abcdef"}},
                           R"({"validity":"2h"})"};
    REQUIRE(backend.send(keyed).response.status == 201);
}

auto open_shared(const Database& database, Instant now = Instant{}, bool database_time = true)
    -> std::unique_ptr<Store> {
    PostgresOptions options;
    options.database_time = database_time;
    auto store = open_postgres_store(database.url(), now, options);
    REQUIRE_MESSAGE(store.has_value(), store.error().message);
    return std::move(*store);
}

auto decided(Store& store, Instant told) -> Instant {
    auto tx = store.read();
    REQUIRE(tx.has_value());
    const auto at = store.decide_at(**tx, told);
    REQUIRE((*tx)->finish().has_value());
    return at;
}

}  // namespace

PCC_POSTGRES_CASE(
    "a query that forgets its condition sees the organization that was entered alone") {
    Backend backend;
    live(backend);
    for (const std::string table : of_organizations) {
        INFO(table);
        CHECK(count(*look(*backend.store), table) > 0);
        auto none = backend.store->read();
        CHECK(count(**none, table) == 0);
        for (const auto& organization : {backend.demo.aurora, backend.demo.netcare}) {
            auto tx = backend.store->read();
            (*tx)->enter(organization.value);
            const auto own =
                look(*backend.store)
                    ->query_one("SELECT COUNT(*) FROM " + table + " WHERE organization_id = $1",
                                {organization.value})
                    ->number(0);
            const auto seen = (*tx)->query("SELECT organization_id FROM " + table + " ORDER BY 1");
            auto foreign = static_cast<long long>(seen.size()) - own;
            // Each side of an assumption sees it, and the client the engineer behind it.
            if (table == "assumptions" && organization == backend.demo.netcare) --foreign;
            const bool shows_engineer = table == "users" || table == "sessions";
            if (shows_engineer && organization == backend.demo.aurora) --foreign;
            CHECK(foreign == 0);
        }
    }
    auto tx = backend.store->read();
    (*tx)->enter(backend.demo.aurora.value);
    CHECK(count(**tx, "organizations") == 2);
    CHECK(count(**backend.store->read(), "organizations") == 0);
}

PCC_POSTGRES_CASE("a change that forgets its condition changes the entered organization alone") {
    Backend backend;
    live(backend);
    const auto before = backend.rows("SELECT COUNT(*) FROM users WHERE name <> 'X'")[0].number(0);
    auto tx = backend.store->write();
    (*tx)->enter(backend.demo.netcare.value);
    CHECK((*tx)->execute("UPDATE users SET name = 'X'") == 2);
    CHECK((*tx)->execute("UPDATE assumptions SET change_count = 0") == 0);
    CHECK((*tx)->execute("DELETE FROM audit_events WHERE sequence > 0") > 0);
    REQUIRE((*tx)->finish().has_value());
    CHECK(backend.rows("SELECT COUNT(*) FROM users WHERE name <> 'X'")[0].number(0) == before - 2);
    CHECK(backend.audit_rows("token.generated") == 2);
}

PCC_POSTGRES_CASE("no row can be put into, or moved to, an organization that was not entered") {
    Backend backend;
    const auto& demo = backend.demo;
    const auto* insert =
        "INSERT INTO networks (organization_id, id, name, name_folded, search_text, created_at, "
        "updated_at) VALUES ($1, 'net_x', 'x', 'x', 'x', 1, 1)";
    CHECK(refused(*backend.store, demo.aurora.value, insert, {demo.netcare.value}));
    CHECK(refused(*backend.store, demo.aurora.value,
                  "UPDATE networks SET organization_id = $1 WHERE id = $2",
                  {demo.netcare.value, demo.lisbon.value}));
    CHECK_FALSE(refused(*backend.store, demo.netcare.value, insert, {demo.netcare.value}));
}

PCC_POSTGRES_CASE("a secret shows the one row that it belongs to") {
    Backend backend;
    live(backend);
    struct Found {
        const char* table;
        const char* key;
    };
    for (const auto& [table, key] :
         {Found{"sessions", "cookie_hash"}, Found{"users", "email_folded"}, {"tokens", "lookup"}}) {
        const auto sql = std::string("SELECT ") + key + " FROM " + table;
        const auto all = backend.rows(sql);
        auto tx = backend.store->read();
        (*tx)->show_keys({all[0].text(0)});
        const auto seen = (*tx)->query(sql);
        REQUIRE(seen.size() == 1);
        CHECK(seen[0].text(0) == all[0].text(0));
        CHECK(all.size() > 1);
    }
}

PCC_POSTGRES_CASE("each table that names an organization is behind the wall, for its owner too") {
    Backend backend;
    const auto rows = backend.rows(
        "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity FROM pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public' "
        "WHERE c.relkind = 'r' AND (c.relname = 'organizations' OR EXISTS (SELECT 1 FROM "
        "pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id'))");
    CHECK(rows.size() >= 13);
    for (const auto& row : rows) {
        INFO(row.text(0));
        CHECK(row.flag(1));
    }
}

PCC_POSTGRES_CASE("an account that sees past the wall is refused") {
    const Database database;
    auto url = database.url();
    url.replace(url.find("user=pcc"), 8, "user=pcc_super");
    const auto store = open_postgres_store(url, Instant{});
    REQUIRE_FALSE(store.has_value());
    CHECK(store.error().message.find("row level security") != std::string::npos);
}

PCC_POSTGRES_CASE("an account that owns no table and may make none serves as well") {
    Backend backend;
    backend.database.as_superuser(
        "DO $$ BEGIN CREATE ROLE pcc_guest LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END "
        "$$;"
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO pcc_guest");
    auto url = backend.database.url();
    url.replace(url.find("user=pcc"), 8, "user=pcc_guest");
    auto store = open_postgres_store(url, backend.now, {4, false});
    REQUIRE_MESSAGE(store.has_value(), store.error().message);
    backend.store = std::move(*store);
    live(backend);
    backend.store.reset();
    backend.database.as_superuser(
        "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM pcc_guest; DROP OWNED BY pcc_guest");
}

PCC_POSTGRES_CASE("servers that start at once take each step of the schema once") {
    const Database database;
    database.as_superuser("DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pcc");
    std::vector<std::thread> threads;
    std::vector<std::string> faults(6);
    for (auto& fault : faults) {
        threads.emplace_back([&database, &fault] {
            const auto store = open_postgres_store(database.url(), Instant{});
            if (!store) fault = store.error().message;
        });
    }
    for (auto& thread : threads)
        thread.join();
    for (const auto& fault : faults)
        CHECK(fault == "");
    const auto store = open_shared(database);
    CHECK(count(*look(*store), "schema_migrations") == static_cast<long long>(migrations().size()));
}

PCC_POSTGRES_CASE("the database's time decides, whatever the servers' clocks say") {
    const Database database;
    const auto first = open_shared(database);
    const auto second = open_shared(database);
    const auto clock = [&] {
        return look(*first)
            ->query_one(
                "SELECT CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT)")
            ->instant(0);
    };
    const auto before = clock();
    const auto ahead = decided(*first, before + hours{87'600});
    const auto behind = decided(*second, Instant{});
    const auto after = clock();
    CHECK(before <= ahead);
    CHECK(ahead <= behind);
    CHECK(behind <= after);
    CHECK(first->about(Instant{}) >= ahead);
    const auto about = first->about(before + hours{87'600});
    CHECK(about <= clock());
}

PCC_POSTGRES_CASE("a clock of the database that was set back is held at the mark") {
    const Database database;
    const auto store = open_shared(database);
    const auto mark = decided(*store, Instant{}) + seconds{4};
    auto tx = store->write();
    store->keep_mark(**tx, mark);
    REQUIRE((*tx)->finish().has_value());
    const auto other = open_shared(database);
    CHECK(decided(*other, Instant{}) >= mark);
}

PCC_POSTGRES_CASE("connections that were lost are replaced; what was under way is refused") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto cut = [&] {
        backend.database.as_superuser(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = 'pcc'");
    };
    cut();
    CHECK(backend.ask(ana, api::GetTokens{}).response.status == 200);
    cut();
    CHECK(backend.ask(ana, api::PostToken{}, R"({"validity":"2h"})").response.status == 201);
    auto tx = change(*backend.store);
    tx->execute("UPDATE organizations SET name = 'X'");
    cut();
    CHECK(tx->query("SELECT 1").empty());
    const auto finished = tx->finish();
    REQUIRE_FALSE(finished.has_value());
    CHECK(finished.error().kind == StoreError::Kind::Unavailable);
    CHECK(backend.rows("SELECT COUNT(*) FROM organizations WHERE name = 'X'")[0].number(0) == 0);
}

PCC_POSTGRES_CASE("of two that wait for each other one is busy, and succeeds when it is repeated") {
    Backend backend;
    const auto swap = [&](const OrganizationId& one, const OrganizationId& other) {
        return with_retries(backend.random, [&]() -> Result<void, StoreError> {
            const auto tx = change(*backend.store);
            const auto* sql = "UPDATE organizations SET name = name WHERE id = $1";
            tx->execute(sql, {one.value});
            tx->query("SELECT pg_sleep(0.1)");
            tx->execute(sql, {other.value});
            return tx->finish();
        });
    };
    bool done = false;
    std::thread thread([&] { done = swap(backend.demo.netcare, backend.demo.aurora).has_value(); });
    CHECK(swap(backend.demo.aurora, backend.demo.netcare).has_value());
    thread.join();
    CHECK(done);
}

PCC_POSTGRES_CASE(
    "a server that stands still in a transaction does not hold it, nor go on with it") {
    Backend backend;
    auto stalled = change(*backend.store);
    stalled->execute("UPDATE organizations SET name = 'X'");
    std::this_thread::sleep_for(seconds{6});
    CHECK(backend.audit_rows() > 0);
    const auto other = change(*backend.store);
    CHECK(other->execute("UPDATE organizations SET name = 'Y'") == 2);
    CHECK(other->finish().has_value());
    CHECK_FALSE(stalled->finish().has_value());
}

PCC_POSTGRES_CASE("whoever waits for a server that stands still has its turn") {
    Backend backend;
    auto stalled = change(*backend.store);
    stalled->execute("UPDATE organizations SET name = 'X'");
    const auto other = change(*backend.store);
    CHECK(other->execute("UPDATE organizations SET name = 'Y'") == 2);
    CHECK(other->finish().has_value());
    CHECK_FALSE(stalled->finish().has_value());
}

PCC_POSTGRES_CASE("texts compare byte by byte, as on SQLite, and none is cut at a NUL") {
    Backend backend;
    const auto rows = backend.rows(
        "SELECT collation_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type = 'text' AND COALESCE(collation_name, '') <> 'C'");
    CHECK(rows.empty());
    const auto tx = change(*backend.store);
    tx->query("SELECT 1 FROM users WHERE name = $1", {std::string("a\0b", 3)});
    REQUIRE(tx->has_failed());
    CHECK(tx->finish().error().kind == StoreError::Kind::Constraint);
}

PCC_POSTGRES_CASE("a database that is not there is told in a few seconds") {
    const auto store = open_postgres_store("postgresql://127.0.0.1:1/pcc", Instant{});
    REQUIRE_FALSE(store.has_value());
    CHECK(store.error().kind == StoreError::Kind::Unavailable);
    CHECK(store.error().message.find("cannot be reached") != std::string::npos);
}

PCC_POSTGRES_CASE("what is sent ahead comes before, and its failure is the next one's") {
    const Database database;
    const auto store = open_shared(database);
    auto connection = PostgresConnection::open(database.url());
    REQUIRE(connection.has_value());
    Rows rows;
    (*connection)->run_ahead("SELECT set_config('pcc.test', $1, FALSE)", {"told"});
    REQUIRE((*connection)->run("SELECT current_setting('pcc.test')", {}, &rows).has_value());
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].text(0) == "told");
    (*connection)->run_ahead("SELECT 1 / CAST($1 AS INTEGER)", {"0"});
    const auto failed = (*connection)->run("SELECT 2", {}, nullptr);
    REQUIRE_FALSE(failed.has_value());
    CHECK(failed.error().message.find("22012") != std::string::npos);
    CHECK_FALSE((*connection)->is_over());
    (*connection)->run_ahead("SELECT CAST($1 AS TEXT)", {std::string("a\0b", 3)});
    CHECK((*connection)->run("SELECT 3", {}, nullptr).error().kind == StoreError::Kind::Constraint);
    REQUIRE((*connection)->run("SELECT 4", {}, &rows).has_value());
    CHECK(rows.size() == 1);
}

PCC_POSTGRES_CASE("a database whose schema a test has changed is not given to the next one") {
    const auto url_after = [](const char* change) {
        const Database database;
        const auto store = open_shared(database);
        const auto tx = test::change(*store);
        tx->execute(change);
        REQUIRE(tx->finish().has_value());
        return database.url();
    };
    const auto used = url_after("UPDATE clock_marks SET high_water = high_water + 1");
    CHECK(url_after("DROP INDEX tokens_label") == used);
    CHECK(Database().url() != used);
}

PCC_POSTGRES_CASE("a server that is stopped leaves the database no queue of waiting transactions") {
    Backend backend;
    const auto& aurora = backend.demo.aurora;
    auto first = backend.store->write();
    hold_organization(**first, aurora);
    std::vector<std::thread> others;
    std::atomic<int> done{0};
    for (int i = 0; i < 3; ++i) {
        others.emplace_back([&] {
            auto tx = backend.store->write();
            hold_organization(**tx, aurora);
            if ((*tx)->finish()) ++done;
        });
    }
    const auto waiting = [&] {
        return backend
            .rows(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = CURRENT_DATABASE() AND "
                "wait_event_type = 'Lock'")[0]
            .number(0);
    };
    for (int look = 0; look < 5; ++look) {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        CHECK(waiting() == 0);
    }
    auto elsewhere = backend.store->write();
    hold_organization(**elsewhere, backend.demo.netcare);
    CHECK((*elsewhere)->finish().has_value());
    CHECK(done == 0);
    REQUIRE((*first)->finish().has_value());
    first->reset();
    for (auto& other : others)
        other.join();
    CHECK(done == 3);
}
