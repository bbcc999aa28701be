// What is PostgreSQL's own: lost connections, servers that start at once, statements sent together,
// databases of tests. Its time and its wall have files of their own; the other tests of the store
// and of requests run on it as they are.
#include <atomic>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "server/retry.hpp"
#include "server/store/migrations.hpp"
#include "server/store/organizations.hpp"
#include "server/store/postgres_connection.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::server;
using namespace pcc::test;
using std::chrono::seconds;

namespace {

void add_organization(Store& store, const std::string& id) {
    const auto tx = change(store);
    tx->execute("INSERT INTO organizations (id, name, created_at) VALUES ($1, $1, 0)", {id});
    REQUIRE(tx->finish().has_value());
}

}  // namespace

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
    const auto store = database.open_as_server();
    const auto steps = look(*store)->query_one("SELECT COUNT(*) FROM schema_migrations");
    CHECK(steps->number(0) == static_cast<long long>(migrations().size()));
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

PCC_POSTGRES_CASE("statements sent together run in their order, up to the first error") {
    const Database database;
    const auto store = database.open_as_server();
    auto connection = PostgresConnection::open(database.url());
    REQUIRE(connection.has_value());
    PostgresConnection::Batch told{{"SELECT set_config('pcc.test', $1, FALSE)", {"told"}},
                                   {"SELECT current_setting('pcc.test')", {}}};
    REQUIRE((*connection)->run(told).has_value());
    REQUIRE(told[1].rows.size() == 1);
    CHECK(told[1].rows[0].text(0) == "told");
    CHECK(told[1].touched == 1);
    const PostgresConnection::Batch bad{{"SELECT set_config('pcc.test', 'again', FALSE)", {}},
                                        {"SELECT 1 / CAST($1 AS INTEGER)", {"0"}},
                                        {"SELECT 2", {}},
                                        {"SELECT 2", {}}};
    for (int i = 0; i < 2; ++i) {  // what the error kept from being prepared is so the next time
        auto batch = bad;
        const auto failed = (*connection)->run(batch);
        REQUIRE_FALSE(failed.has_value());
        CHECK(failed.error().message.find("22012") != std::string::npos);
        CHECK(batch[2].rows.empty());
    }
    CHECK_FALSE((*connection)->is_over());
    PostgresConnection::Batch nul{{"SELECT CAST($1 AS TEXT)", {std::string("a\0b", 3)}}};
    CHECK((*connection)->run(nul).error().kind == StoreError::Kind::Constraint);
    Rows rows;
    for (const auto* sql : {"SELECT 2", "SELECT 1 / CAST($1 AS INTEGER)"}) {
        const bool divides = std::string_view(sql).find('/') != std::string_view::npos;
        const auto ran = (*connection)->run(sql, divides ? Values{"1"} : Values{}, &rows);
        REQUIRE(ran.has_value());
        CHECK(rows.size() == 1);
    }
}

PCC_POSTGRES_CASE("what was foreseen is answered from the transaction's own snapshot") {
    const Database database;
    const auto store = database.open_as_server();
    constexpr const char* count = "SELECT COUNT(*) FROM organizations";
    add_organization(*store, "org_a");
    auto tx = store->read();
    REQUIRE(tx.has_value());
    (*tx)->enter("org_a");
    (*tx)->foresee(count, {});
    (*tx)->foresee("SELECT id FROM organizations WHERE id = $1", {"org_a"});
    CHECK((*tx)->query_one("SELECT 1").value().number(0) == 1);
    add_organization(*store, "org_b");
    CHECK((*tx)->query("SELECT id FROM organizations WHERE id = $1", {"org_b"}).empty());
    CHECK((*tx)->query_one("SELECT id FROM organizations WHERE id = $1", {"org_a"}).has_value());
    // More was brought into sight meanwhile, though not into the snapshot.
    (*tx)->enter("org_b");
    CHECK((*tx)->query_one(count).value().number(0) == 1);
    CHECK((*tx)->finish().has_value());
}

PCC_POSTGRES_CASE("what was foreseen before an organization was entered is asked anew") {
    const Database database;
    const auto store = database.open_as_server();
    add_organization(*store, "org_a");
    add_organization(*store, "org_b");
    constexpr const char* count = "SELECT COUNT(*) FROM organizations";
    for (const bool sent : {false, true}) {
        auto tx = store->read();
        REQUIRE(tx.has_value());
        (*tx)->enter("org_a");
        (*tx)->foresee(count, {});
        if (sent) CHECK((*tx)->query_one("SELECT 1").has_value());
        (*tx)->enter("org_b");
        CHECK((*tx)->query_one(count).value().number(0) == 2);
    }
}

PCC_POSTGRES_CASE("a database whose schema a test has changed is not given to the next one") {
    const auto url_after = [](const char* change) {
        const Database database;
        const auto store = database.open_as_server();
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
