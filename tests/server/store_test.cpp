// The store itself: migrations, transactions, the clock's mark, one server at a time.
#include <thread>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "server/store/assumptions.hpp"
#include "server/store/migrations.hpp"
#include "server/store/sql.hpp"
#include "server/store/tokens.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::server;
using pcc::test::Backend;
using pcc::test::change;
using pcc::test::Database;
using pcc::test::look;
using pcc::test::on_postgres;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

const auto noon = *parse_rfc3339("2026-11-23T12:00:00.000Z");

auto open(const Database& database, Instant now = noon)
    -> Result<std::unique_ptr<Store>, StoreError> {
    return database.open(now);
}

auto number(Store& store, std::string_view sql) -> long long {
    return look(store)->query_one(sql)->number(0);
}

/// As a later program leaves them: their numbers, and what each needs.
void note_steps(Store& store, const std::vector<std::pair<int, std::optional<int>>>& steps) {
    const auto tx = change(store);
    for (const auto& [number, needs] : steps) {
        tx->execute("INSERT INTO schema_migrations (number, needs) VALUES ($1, $2)",
                    {number, needs});
    }
    REQUIRE(tx->finish().has_value());
}

void keep_mark(Store& store, Instant now) {
    auto tx = store.write();
    REQUIRE(tx.has_value());
    store.keep_mark(**tx, now);
    REQUIRE((*tx)->finish().has_value());
}

}  // namespace

TEST_CASE("each step of the schema is taken once, however often the store is opened") {
    const Database database;
    const auto steps = static_cast<long long>(migrations().size());
    for (int i = 0; i < 3; ++i) {
        const auto store = open(database);
        REQUIRE(store.has_value());
        CHECK(number(**store, "SELECT COUNT(*) FROM schema_migrations") == steps);
        CHECK(migrate(**store).has_value());
    }
}

TEST_CASE("a database of a later version is refused") {
    const Database database;
    note_steps(**open(database), {{9999, std::nullopt}});
    const auto store = open(database);
    REQUIRE_FALSE(store.has_value());
    CHECK(store.error().kind == StoreError::Kind::NewerSchema);
}

TEST_CASE("a later step that this program can work with is left alone") {
    const Database database;
    const auto known = migrations().back().number;
    note_steps(**open(database), {{known + 1, known}});
    const auto store = open(database);
    REQUIRE(store.has_value());
    CHECK(number(**store, "SELECT MAX(number) FROM schema_migrations") == known + 1);
    CHECK(require_usable(**store).has_value());
    // A copy of all there is has to know all there is.
    const auto newest = require_newest(**store);
    REQUIRE_FALSE(newest.has_value());
    CHECK(newest.error().kind == StoreError::Kind::NewerSchema);
}

TEST_CASE("a database that a step of another program makes unusable is refused") {
    const Database database;
    const auto known = migrations().back().number;
    {
        const auto store = open(database);
        note_steps(**store, {{known + 1, known}, {known + 2, known + 1}});
        CHECK_FALSE(require_usable(**store).has_value());
    }
    const auto store = open(database);
    REQUIRE_FALSE(store.has_value());
    CHECK(store.error().kind == StoreError::Kind::NewerSchema);
}

TEST_CASE("what a step takes away or renames, no earlier program is said to work without") {
    for (const auto& migration : migrations()) {
        if (!migration.needs) continue;
        INFO(migration.number);
        CHECK(*migration.needs < migration.number);
        for (const auto& statement : migration.statements) {
            const bool of_index = statement.rfind("DROP INDEX ", 0) == 0;  // asked for by nobody
            CHECK((of_index || statement.find("DROP ") == std::string::npos));
            CHECK(statement.find("RENAME ") == std::string::npos);
        }
    }
}

TEST_CASE("what each step needs is kept from the step on that makes room for it") {
    const Database database;
    const auto store = open(database);
    const auto tx = look(**store);
    for (const auto& migration : migrations()) {
        const auto row = tx->query_one("SELECT needs FROM schema_migrations WHERE number = $1",
                                       {migration.number});
        REQUIRE(row.has_value());
        CHECK(row->is_null(0) == !migration.needs);
        if (migration.needs) CHECK(row->number(0) == *migration.needs);
    }
    // Servers of the version before know no more than step 11, and go on beside these.
    CHECK(tx->query_one(step_needed)->number(0) == 11);
}

TEST_CASE("the database file is private, in WAL mode, synchronous, with foreign keys" *
          doctest::skip(on_postgres())) {
    const Database database;
    const auto store = open_sqlite_store(database.file(), noon);
    REQUIRE(store.has_value());
    struct stat info {};
    REQUIRE(::stat(database.file().c_str(), &info) == 0);
    CHECK((info.st_mode & 0077U) == 0);
    auto tx = (*store)->write();
    CHECK((*tx)->query_one("PRAGMA journal_mode")->text(0) == "wal");
    CHECK((*tx)->query_one("PRAGMA synchronous")->number(0) == 2);
    CHECK((*tx)->query_one("PRAGMA foreign_keys")->number(0) == 1);
    CHECK((*tx)->query_one("PRAGMA secure_delete")->number(0) == 1);
}

TEST_CASE("a second server on the same database is refused while the first runs" *
          doctest::skip(on_postgres())) {
    const Database database;
    {
        const auto first = open(database);
        REQUIRE(first.has_value());
        const auto second = open(database);
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().kind == StoreError::Kind::InUse);
    }
    CHECK(open(database).has_value());
}

TEST_CASE("a folder that is not there is told as such" * doctest::skip(on_postgres())) {
    const auto store = open_sqlite_store("/nonexistent/pcc.db", noon);
    REQUIRE_FALSE(store.has_value());
    CHECK(store.error().kind == StoreError::Kind::Unavailable);
}

TEST_CASE("a transaction that is not finished leaves nothing") {
    const Database database;
    const auto store = open(database);
    {
        auto tx = change(**store);
        tx->execute("INSERT INTO organizations (id, name, created_at) VALUES ('o', 'O', 1)");
    }
    CHECK(number(**store, "SELECT COUNT(*) FROM organizations") == 0);
}

TEST_CASE("after a statement failed, nothing of the transaction is kept, even by finishing") {
    const Database database;
    const auto store = open(database);
    {
        auto tx = change(**store);
        tx->execute("INSERT INTO organizations (id, name, created_at) VALUES ('o', 'O', 1)");
        CHECK(tx->execute("INSERT INTO organizations (id, name, created_at) "
                          "VALUES ('o', 'again', 1)") == 0);
        CHECK(tx->execute("INSERT INTO organizations (id, name, created_at) "
                          "VALUES ('p', 'P', 1)") == 0);
        const auto finished = tx->finish();
        REQUIRE_FALSE(finished.has_value());
        CHECK(finished.error().kind == StoreError::Kind::Constraint);
    }
    CHECK(number(**store, "SELECT COUNT(*) FROM organizations") == 0);
}

TEST_CASE("a row of one organization cannot refer to another's") {
    Backend backend;
    auto tx = change(*backend.store);
    tx->execute(
        "INSERT INTO access_points (organization_id, id, network_id, name, model, mac, online, "
        "client_count) VALUES ($1, 'ap_x', $2, 'x', 'x', 'x', 1, 0)",
        {backend.demo.netcare.value, backend.demo.porto.value});
    const auto finished = tx->finish();
    REQUIRE_FALSE(finished.has_value());
    CHECK(finished.error().kind == StoreError::Kind::Constraint);
}

TEST_CASE("readers see what was committed, writers wait for each other, and nothing is lost") {
    Backend backend;
    auto& store = *backend.store;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&store] {
            for (int i = 0; i < 25; ++i) {
                auto tx = store.write();
                (*tx)->execute("UPDATE clock_marks SET high_water = high_water + 1 WHERE id = 1");
                (void)(*tx)->finish();
                auto reading = store.read();
                (*reading)->query("SELECT high_water FROM clock_marks");
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    const auto marked = number(store, "SELECT high_water FROM clock_marks");
    CHECK(marked == millis_since_epoch(backend.now) + 100);
}

TEST_CASE("a start with the clock set back by more than five seconds is refused") {
    const Database database;
    {
        const auto store = open(database);
        keep_mark(**store, noon + hours{1});
    }
    const auto refused = open(database, noon + hours{1} - seconds{6});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == StoreError::Kind::ClockBehind);
    CHECK(open(database, noon + hours{1} - seconds{5}).has_value());
    CHECK(open(database, noon + hours{2}).has_value());
}

TEST_CASE("time that has passed does not come again while the server runs or after") {
    const Database database;
    {
        const auto store = open(database);
        CHECK((*store)->steady(noon + hours{1}) == noon + hours{1});
        CHECK((*store)->steady(noon) == noon + hours{1});
        keep_mark(**store, noon + hours{1});
    }
    const auto store = open(database, noon + hours{1} - seconds{3});
    CHECK((*store)->steady(noon + hours{1} - seconds{3}) == noon + hours{1});
}

TEST_CASE("a mark is kept forward only") {
    const Database database;
    const auto store = open(database);
    keep_mark(**store, noon + hours{1});
    keep_mark(**store, noon);
    CHECK(number(**store, "SELECT high_water FROM clock_marks") ==
          millis_since_epoch(noon + hours{1}));
}

TEST_CASE("values never become part of a statement") {
    Backend backend;
    auto tx = look(*backend.store);
    Sql sql("SELECT COUNT(*) FROM organizations WHERE 1 = 1");
    sql.add_contains("name", "' OR 1=1 --").add(" AND id <> ?", {"x' OR '1'='1"});
    CHECK(sql.count(*tx) == 0);
    CHECK(sql.text().find("OR 1=1") == std::string::npos);
    Sql none("SELECT COUNT(*) FROM organizations WHERE 1 = 1");
    CHECK(none.add_in("id", {}).count(*tx) == 0);
    Sql percent("SELECT COUNT(*) FROM organizations WHERE 1 = 1");
    CHECK(percent.add_contains("name", "%").count(*tx) == 0);
    Sql under("SELECT COUNT(*) FROM organizations WHERE 1 = 1");
    CHECK(under.add_contains("name", "Aurora_Hotels").count(*tx) == 0);
}

TEST_CASE("however many statements are asked, few are kept" * doctest::skip(on_postgres())) {
    Backend backend;
    const auto tx = look(*backend.store);
    for (int i = 0; i < 2000; ++i)
        CHECK(tx->query_one("SELECT " + std::to_string(i))->number(0) == i);
    CHECK(tx->query_one("SELECT COUNT(*) FROM sqlite_stmt")->number(0) <= 401);
    CHECK(tx->query_one("SELECT 1999")->number(0) == 1999);
}

TEST_CASE("an end that was written is never written over, whoever asks the store to") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(backend.sign_in("sam@netcare.example"), made.token_id);
    const auto later = backend.now + hours{1};
    auto tx = change(*backend.store);
    auto token = find_token(*tx, backend.demo.aurora, made.token.handle, backend.now)->token;
    auto assumption = find_assumption(*tx, tab.assumption, backend.now)->assumption;
    const access::Person ben{UserId("usr_ben"), "Ben"};
    token.ended = access::TokenEnd{backend.now, ben, access::EndReason::Expired};
    assumption.ended =
        access::AssumptionEnd{backend.now, ben, access::AssumptionEndReason::WentBack};
    CHECK(write_token_end(*tx, token));
    CHECK(write_assumption_end(*tx, assumption));
    token.ended->at = assumption.ended->at = later;
    CHECK_FALSE(write_token_end(*tx, token));
    CHECK_FALSE(write_assumption_end(*tx, assumption));
    CHECK(find_token(*tx, backend.demo.aurora, made.token.handle, later)->token.ended->at ==
          backend.now);
    CHECK(find_assumption(*tx, tab.assumption, later)->assumption.ended->at == backend.now);
    REQUIRE(tx->finish().has_value());
}

TEST_CASE("a healthy store says so") {
    Backend backend;
    CHECK(backend.store->check().has_value());
}
