// Rows of an answer: what each kind of cell reads as, and how long a row is good.
#include "server/store/rows.hpp"

#include <optional>
#include <stdexcept>

#include <doctest/doctest.h>

namespace pcc {
namespace {

using server::Row;
using server::Rows;

/// Rows of three columns: a number, a text as long as `length`, and nothing.
auto filled(int count, std::size_t length) -> Rows {
    Rows rows;
    rows.begin_rows(3);
    for (int i = 0; i < count; ++i) {
        rows.add_number(i);
        rows.add_text(std::string(length, static_cast<char>('a' + i % 26)));
        rows.add_null();
    }
    return rows;
}

}  // namespace

TEST_CASE("rows: each cell reads as what it is, and as nothing of another kind") {
    const auto rows = filled(2, 3);
    REQUIRE(rows.size() == 2);
    const auto row = rows[1];
    CHECK(row.size() == 3);
    CHECK(row.number(0) == 1);
    CHECK(row.text(0).empty());
    CHECK(row.text(1) == "bbb");
    CHECK(row.view(1) == "bbb");
    CHECK(row.number(1) == 0);
    CHECK(row.is_null(2));
    CHECK_FALSE(row.is_null(1));
    CHECK(row.text(2).empty());
    CHECK_FALSE(row.instant_or_nothing(2).has_value());
    CHECK(row.instant_or_nothing(0) == instant_from_millis(1));
    CHECK(*row.value(0).number() == 1);
    CHECK(*row.value(1).text() == "bbb");
    CHECK(row.value(2).is_null());
    CHECK_THROWS_AS((void)row.number(3), std::out_of_range);
}

TEST_CASE("rows: many and long ones are all there, from the first to the last") {
    const auto rows = filled(1000, 100);
    REQUIRE(rows.size() == 1000);
    int seen = 0;
    for (const auto& row : rows) {
        CHECK(row.number(0) == seen);
        CHECK(row.text(1) == std::string(100, static_cast<char>('a' + seen % 26)));
        ++seen;
    }
    CHECK(seen == 1000);
    CHECK(rows.front().number(0) == 0);
    CHECK(rows.back().number(0) == 999);
}

TEST_CASE("rows: a row outlives the answer it stood in") {
    std::optional<Row> kept;
    {
        auto rows = filled(3, 40);
        kept = rows[2];
        rows.begin_rows(1);
        rows.add_text("another answer");
        CHECK(rows.size() == 1);
    }
    CHECK(kept->number(0) == 2);
    CHECK(kept->text(1) == std::string(40, 'c'));
}

TEST_CASE("rows: an answer without any, with columns or without") {
    CHECK(Rows().empty());
    CHECK(filled(0, 0).empty());
    for (const auto& row : Rows())
        FAIL(row.size());
    const auto empty_text = filled(1, 0);
    CHECK(empty_text[0].text(1).empty());
    CHECK_FALSE(empty_text[0].is_null(1));
}

}  // namespace pcc
