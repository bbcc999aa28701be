// Views that reads leave to one another: what each may show, and when they go.
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "server/store/store.hpp"
#include "tests/server/database.hpp"

using namespace pcc;
using namespace pcc::server;
using pcc::test::change;
using pcc::test::Database;
using pcc::test::on_postgres;

namespace {

const auto noon = *parse_rfc3339("2026-11-23T12:00:00.000Z");

auto now() -> SteadyTime {
    return std::chrono::steady_clock::now();
}

/// A number that is there once: what it is, and what it is from now on.
auto mark_seen(Transaction& tx) -> long long {
    return tx.query_one("SELECT high_water FROM clock_marks WHERE id = 1")->number(0);
}

auto mark_since(Store& store, SteadyTime came) -> long long {
    const auto tx = store.read_since(came);
    REQUIRE(tx.has_value());
    const auto mark = mark_seen(**tx);
    REQUIRE((*tx)->finish().has_value());
    return mark;
}

void move_mark(Store& store, long long to) {
    const auto tx = change(store);
    tx->execute("UPDATE clock_marks SET high_water = $1 WHERE id = 1", {to});
    REQUIRE(tx->finish().has_value());
}

/// Whether what was committed since is hidden from one who came at that moment.
auto is_shown_less(Store& store, SteadyTime came, long long mark) -> bool {
    return mark_since(store, came) < mark;
}

}  // namespace

TEST_CASE("who comes after a commit sees it, whatever views others left") {
    const Database database;
    const auto store = database.open(noon);
    std::atomic<long long> acknowledged{0};
    std::atomic<long long> missed{0};
    std::atomic<bool> is_over{false};
    move_mark(**store, 0);
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) {
        readers.emplace_back([&] {
            while (!is_over) {
                const auto least = acknowledged.load();
                auto tx = (*store)->read_since(now());
                if (mark_seen(**tx) < least) ++missed;
                if (!(*tx)->finish()) ++missed;
                if (least % 8 == 0) (*store)->let_views_go();
            }
        });
    }
    for (long long i = 1; i <= 300; ++i) {
        move_mark(**store, i);
        acknowledged = i;
    }
    is_over = true;
    for (auto& reader : readers)
        reader.join();
    CHECK(missed == 0);
}

TEST_CASE("a view is left to those that came before it, until it is let go" *
          doctest::skip(on_postgres())) {
    const Database database;
    const auto store = database.open(noon);
    int shared = 0;
    move_mark(**store, 0);
    // It is left for a tenth of a second, which a machine that stumbles may miss.
    for (long long i = 1; i <= 10; ++i) {
        const auto came = now();
        mark_since(**store, came);
        move_mark(**store, i);
        shared += is_shown_less(**store, came, i) ? 1 : 0;
        (*store)->let_views_go();
        CHECK_FALSE(is_shown_less(**store, came, i));
    }
    CHECK(shared > 0);
}

TEST_CASE("what failed or was given up leaves no view") {
    const Database database;
    const auto store = database.open(noon);
    move_mark(**store, 1);
    const auto came = now();
    {
        const auto failing = (*store)->read_since(came);
        CHECK(mark_seen(**failing) == 1);
        (*failing)->query("SELECT nothing FROM nowhere");
        CHECK_FALSE((*failing)->finish().has_value());
    }
    move_mark(**store, 2);
    CHECK_FALSE(is_shown_less(**store, came, 2));
    (*store)->let_views_go();
    {
        const auto given_up = (*store)->read_since(came);
        CHECK(mark_seen(**given_up) == 2);
    }
    move_mark(**store, 3);
    CHECK_FALSE(is_shown_less(**store, came, 3));
}

TEST_CASE("a view that is a tenth of a second old is left to nobody") {
    const Database database;
    const auto store = database.open(noon);
    move_mark(**store, 0);
    const auto came = now();
    mark_since(**store, came);
    move_mark(**store, 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(110));
    CHECK_FALSE(is_shown_less(**store, came, 1));
}

TEST_CASE("one who does not say since when gets a view of its own") {
    const Database database;
    const auto store = database.open(noon);
    mark_since(**store, now());
    move_mark(**store, 1);
    const auto tx = (*store)->read();
    CHECK(mark_seen(**tx) == 1);
}
