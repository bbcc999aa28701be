// PostgreSQL's time: it decides, is held where it was set back, and never stands still.
#include <thread>

#include <doctest/doctest.h>

#include "server/store/store.hpp"
#include "tests/server/database.hpp"

using namespace pcc;
using namespace pcc::server;
using namespace pcc::test;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

auto decided(Store& store, Instant told) -> Instant {
    auto tx = store.read();
    REQUIRE(tx.has_value());
    const auto at = store.decide_at(**tx, told);
    REQUIRE((*tx)->finish().has_value());
    return at;
}

}  // namespace

PCC_POSTGRES_CASE("the database's time decides, whatever the servers' clocks say") {
    const Database database;
    const auto first = database.open_as_server();
    const auto second = database.open_as_server();
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
    const auto store = database.open_as_server();
    const auto mark = decided(*store, Instant{}) + seconds{4};
    auto tx = store->write();
    store->keep_mark(**tx, mark);
    REQUIRE((*tx)->finish().has_value());
    const auto other = database.open_as_server();
    CHECK(decided(*other, Instant{}) >= mark);
}

PCC_POSTGRES_CASE(
    "a clock of the database that was set back far stops no time, and no server starts") {
    const Database database;
    // What the servers take for the database's clock can be set.
    database.as_superuser(
        "CREATE SCHEMA fake; GRANT USAGE ON SCHEMA fake TO pcc; CREATE TABLE fake.shift (by "
        "INTERVAL); GRANT SELECT ON fake.shift TO pcc; INSERT INTO fake.shift VALUES ('0'); "
        "CREATE FUNCTION fake.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS "
        "'SELECT pg_catalog.clock_timestamp() + by FROM fake.shift'; DO $$ BEGIN EXECUTE "
        "format('ALTER DATABASE %I SET search_path = fake, public, pg_catalog', "
        "current_database()); END $$");
    const auto store = database.open_as_server();
    const auto before = decided(*store, Instant{});
    {
        auto tx = store->write();
        store->keep_mark(**tx, before);
        REQUIRE((*tx)->finish().has_value());
    }
    database.as_superuser("UPDATE fake.shift SET by = '-1 hour'");
    auto last = before;
    for (int i = 0; i < 5; ++i) {
        std::this_thread::sleep_for(milliseconds{20});
        const auto present = decided(*store, Instant{});
        CHECK(present >= last + milliseconds{20});
        CHECK(present <= before + seconds{60});
        CHECK(store->about(Instant{}) >= present);
        last = present;
    }
    const auto refused = open_postgres_store(database.url(), Instant{}, {});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().kind == StoreError::Kind::ClockBehind);
    // Where it is right again, it is followed.
    database.as_superuser("UPDATE fake.shift SET by = '0'");
    CHECK(decided(*store, Instant{}) >= last);
    CHECK(open_postgres_store(database.url(), Instant{}, {}).has_value());
}
