// Lists in the order that somebody asked for.
// Layer: tests. Console and backend in one process.
#include <doctest/doctest.h>

#include "tests/story/people.hpp"

using namespace pcc;
using namespace pcc::story;
using view::Kind;

TEST_CASE("the audit's oldest acts come first when its column is pressed, each in plain words") {
    Town town;
    auto& admin = admin_tab(town);
    admin.follow("Audit");
    const auto first = [&admin] {
        const auto table = testing::find_node(admin.picture(), Kind::Table, "Audit")->table;
        return testing::words_of_row(*table, 0);
    };
    CHECK(first().find("Signed in") != std::string::npos);
    const auto table = testing::find_node(admin.picture(), Kind::Table, "Audit")->table;
    admin.send(*table->columns.front().on_sort);
    CHECK(first().find("Created the organization Aurora Hotels") != std::string::npos);
    CHECK(admin.sees("Added a person"));
    CHECK_FALSE(admin.sees(".created"));
    CHECK(admin.url() == "/record/audit?sort=oldest");
}

TEST_CASE("networks are searched and sorted together, and a reload keeps both") {
    Town town;
    auto& admin = admin_tab(town);
    admin.follow("Networks");
    admin.type("Search networks and tags", "aurora");
    const auto columns =
        testing::find_node(admin.picture(), Kind::Table, "Networks")->table->columns;
    admin.send(*columns[4].on_sort);
    CHECK(admin.url() == "/monitor/networks?q=aurora&sort=most_clients");
    admin.reload();
    const auto again = testing::find_node(admin.picture(), Kind::Table, "Networks");
    REQUIRE(again.has_value());
    CHECK(again->table->columns[4].sort == view::Sort::Descending);
    CHECK(admin.sees("Aurora Lisbon"));
}
