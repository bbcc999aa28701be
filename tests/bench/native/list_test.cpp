// The list of the benchmark's console: what its messages do, and the page it is shown as.
// Layer: tests.
#include "tests/bench/console/list.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/bench/console/page.hpp"
#include "tests/bench/native/golden.hpp"
#include "tests/support/tree.hpp"

using namespace pcc;
using namespace pcc::bench;
using app::Pick;
using app::tokens::Ending;

namespace {

constexpr RowNumber count = 1000;

auto made() -> List {
    return make_list(count, golden_base());
}

auto number_at(const List& list, std::size_t place) -> std::string {
    return std::to_string(list.shown[place]);
}

auto of_status(const List& list, Status status) -> std::size_t {
    return static_cast<std::size_t>(
        std::count(list.rows.status.begin(), list.rows.status.end(), status));
}

auto picture_of(const List& list) -> view::Picture {
    view::Picture picture;
    picture.root.kind = view::Kind::Root;
    picture.root.children = view_list(list);
    return picture;
}

}  // namespace

TEST_CASE("other messages than the page's own are left to the console") {
    auto list = made();
    CHECK(!take(list, app::ClickedHelp{}));
    CHECK(!take(list, app::tokens::Msg{app::tokens::ClickedGenerateNew{}}));
    CHECK(take(list, search_msg("k")));
}

TEST_CASE("the first press on a title sorts upwards, the second downwards") {
    auto list = made();
    take(list, order_msg(Column::Label));
    CHECK(std::is_sorted(list.shown.begin(), list.shown.end(), [&](RowNumber a, RowNumber b) {
        return label(list.rows, a) < label(list.rows, b);
    }));
    const auto last = list.shown.back();
    take(list, order_msg(Column::Label));
    CHECK(list.shown.front() == last);
    take(list, order_msg(Column::CreatedBy));
    CHECK(!list.descending);
}

TEST_CASE("search and status narrow what is shown, in the order it is in") {
    auto list = made();
    take(list, filter_msg(Status::Revoked));
    CHECK(list.shown.size() == of_status(list, Status::Revoked));
    take(list, search_msg("k"));
    CHECK(list.shown.size() < of_status(list, Status::Revoked));
    take(list, order_msg(Column::ExpiresAt));
    CHECK(std::is_sorted(list.shown.begin(), list.shown.end(), [&](RowNumber a, RowNumber b) {
        return list.rows.expires[a] < list.rows.expires[b];
    }));
    take(list, search_msg(""));
    take(list, filter_msg(std::nullopt));
    CHECK(list.shown.size() == count);
}

TEST_CASE("rows are picked one by one, by range, all and none") {
    auto list = made();
    take(list, pick_msg(Pick::Only, "2"));
    take(list, pick_msg(Pick::Toggle, "4"));
    CHECK(list.picked_count == 2);
    take(list, pick_msg(Pick::Range, "7"));
    CHECK(list.picked_count == 4);
    take(list, pick_msg(Pick::Toggle, "5"));
    CHECK(list.picked_count == 3);
    take(list, pick_msg(Pick::Only, std::to_string(count)));
    CHECK(list.picked_count == 0);
    take(list, pick_msg(Pick::All, {}));
    CHECK(list.picked_count == count);
    take(list, pick_msg(Pick::All, {}));
    CHECK(list.picked_count == 0);
}

TEST_CASE("all means all that are shown") {
    auto list = made();
    take(list, filter_msg(Status::Active));
    take(list, pick_msg(Pick::All, {}));
    CHECK(list.picked_count == of_status(list, Status::Active));
}

TEST_CASE("picked rows expire or go together; one row alone by its own button") {
    auto list = made();
    const auto active = of_status(list, Status::Active);
    take(list, filter_msg(Status::Active));
    take(list, pick_msg(Pick::Toggle, "0"));
    take(list, pick_msg(Pick::Toggle, "1"));
    take(list, ending_msg(Ending::Expire, {}));
    CHECK(of_status(list, Status::Active) == active - 2);
    CHECK(list.shown.size() == active - 2);
    take(list, ending_msg(Ending::Expire, number_at(list, 0)));
    CHECK(list.shown.size() == active - 3);
    take(list, filter_msg(std::nullopt));
    take(list, ending_msg(Ending::Delete, {}));
    CHECK(list.shown.size() == count - 2);
    CHECK(list.picked_count == 0);
    const auto first = list.shown[0];
    take(list, ending_msg(Ending::Delete, std::to_string(first)));
    CHECK(list.shown.size() == count - 3);
    CHECK(list.shown[0] != first);
}

TEST_CASE("the page has a search field, a filter, and a row for each token with its two buttons") {
    auto list = made();
    take(list, filter_msg(Status::Revoked));
    const auto picture = picture_of(list);
    CHECK(testing::find_node(picture, view::Kind::TextField, "Search tokens"));
    CHECK(testing::find_node(picture, view::Kind::Button, "Revoked")->selected);
    const auto id = token_id(list.rows, list.shown.back());
    CHECK(testing::find_node(picture, view::Kind::Button, "Expire " + id));
    CHECK(testing::find_node(picture, view::Kind::Button, "Delete " + id));
    const auto& table = *picture.root.children[1].children[0].table;
    CHECK(table.row_count == list.shown.size());
    CHECK(table.row_at(0).cells.size() == table.columns.size());
}

TEST_CASE("once rows are picked, the bar to end them stands on the page") {
    auto list = made();
    CHECK(!testing::find_node(picture_of(list), view::Kind::Button, "Delete the selected tokens"));
    take(list, pick_msg(Pick::Only, "0"));
    CHECK(testing::find_node(picture_of(list), view::Kind::Button, "Delete the selected tokens"));
}

TEST_CASE("the countdown goes on with the clock") {
    auto list = made();
    take(list, filter_msg(Status::Active));
    const auto row = list.shown[0];
    const auto before = remaining(list.rows, row, list.now);
    take(list, app::Ticked{golden_base() + Millis{1000}});
    CHECK(remaining(list.rows, row, list.now) != before);
}
