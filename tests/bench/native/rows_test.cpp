// Rows, searches and orders of the benchmark's console against those of gen.js, value by value.
// Layer: tests.
#include "tests/bench/console/rows.hpp"

#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>

#include "tests/bench/console/find.hpp"
#include "tests/bench/console/order.hpp"
#include "tests/bench/native/golden.hpp"

using namespace pcc;
using namespace pcc::bench;

namespace {

constexpr RowNumber many = 20'000;

auto words_of(const Rows& rows, RowNumber row) -> Fields {
    return {std::to_string(row),
            token_id(rows, row),
            label(rows, row),
            validity(rows, row),
            generated_at(rows, row),
            expires_at(rows, row),
            remaining(rows, row, golden_now()),
            status_word(rows.status[row]),
            created_by(rows, row),
            last_used(rows, row)};
}

auto joined(const Fields& fields) -> std::string {
    std::string line;
    for (const auto& field : fields)
        line += (line.empty() ? "" : "|") + field;
    return line;
}

auto numbers(RowNumber count) -> std::vector<RowNumber> {
    std::vector<RowNumber> order(count);
    std::iota(order.begin(), order.end(), RowNumber{0});
    return order;
}

auto column_named(const std::string& name) -> Column {
    const std::vector<std::string> names{"tokenId",     "label",     "validity",
                                         "generatedAt", "expiresAt", "remaining",
                                         "status",      "createdBy", "lastUsed"};
    return static_cast<Column>(std::find(names.begin(), names.end(), name) - names.begin());
}

}  // namespace

TEST_CASE("rows have the words of gen.js") {
    const auto rows = make_rows(1'000'000, golden_base());
    const auto lines = golden("row");
    REQUIRE(lines.size() > 10);
    for (const auto& line : lines)
        CHECK(words_of(rows, static_cast<RowNumber>(std::stoul(line[0]))) == line);
}

TEST_CASE("all rows have the words of gen.js, down to the last character") {
    const auto rows = make_rows(many, golden_base());
    const auto wanted = golden("rows");
    REQUIRE(wanted.size() == 1);
    REQUIRE(wanted[0][0] == std::to_string(many));
    Checksum sum;
    for (RowNumber row = 0; row < many; ++row)
        sum.add(joined(words_of(rows, row)) + '\n');
    CHECK(std::to_string(sum.value) == wanted[0][1]);
}

TEST_CASE("a search finds what gen.js finds") {
    const auto rows = make_rows(many, golden_base());
    const auto searches = golden("search");
    REQUIRE(searches.size() > 10);
    for (const auto& search : searches) {
        CAPTURE(search[0]);
        const Finder finder(search[0]);
        std::vector<RowNumber> found;
        for (RowNumber row = 0; row < many; ++row)
            if (finder.finds(rows, row)) found.push_back(row);
        CHECK(std::to_string(found.size()) == search[1]);
        if (search.size() > 2) {
            REQUIRE(!found.empty());
            CHECK(std::to_string(found[0]) == search[2]);
        }
    }
}

TEST_CASE("a search reads no less than the whole text: every part of a row's words finds it") {
    const auto rows = make_rows(100, golden_base());
    for (RowNumber row = 0; row < rows.count(); ++row) {
        for (const auto& text : {token_id(rows, row), label(rows, row), created_by(rows, row)}) {
            for (std::size_t from = 0; from < text.size(); ++from)
                for (std::size_t length = 1; from + length <= text.size(); ++length)
                    if (!Finder(text.substr(from, length)).finds(rows, row))
                        FAIL_CHECK(text.substr(from, length), " in ", text);
        }
    }
}

TEST_CASE("orders are those of gen.js, rows of equal value by their number") {
    const auto rows = make_rows(many, golden_base());
    const auto orders = golden("order");
    REQUIRE(orders.size() == 16);
    for (const auto& wanted : orders) {
        CAPTURE(wanted[0]);
        CAPTURE(wanted[1]);
        auto order = numbers(many);
        sort_rows(order, rows, column_named(wanted[0]), wanted[1] == "down");
        CHECK(std::to_string(order[0]) == wanted[2]);
        Checksum sum;
        for (const auto row : order)
            sum.add(std::string{static_cast<char>(row & 255), static_cast<char>(row >> 8)});
        CHECK(std::to_string(sum.value) == wanted[3]);
    }
}
