#include "tests/bench/console/list.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "tests/bench/console/find.hpp"

namespace pcc::bench {

namespace {

namespace tokens = app::tokens;
namespace audit = app::audit;
using app::Pick;

constexpr auto list_name = api::TokenListState::Active;

void show(List& list) {
    if (list.search.empty() && !list.only) {
        list.shown = list.order;
        return;
    }
    const Finder finder(list.search);
    list.shown.clear();
    for (const RowNumber row : list.order) {
        if ((!list.only || list.rows.status[row] == *list.only) && finder.finds(list.rows, row))
            list.shown.push_back(row);
    }
}

void arrange(List& list) {
    if (list.sorted_by) sort_rows(list.order, list.rows, *list.sorted_by, list.descending);
    show(list);
}

// Those with equal values stay in the order of their numbers.
void order_by(List& list, Column column) {
    list.descending = list.sorted_by == column && !list.descending;
    list.sorted_by = column;
    std::sort(list.order.begin(), list.order.end());
    arrange(list);
}

auto number_of(const std::string& row) -> RowNumber {
    return static_cast<RowNumber>(std::strtoul(row.c_str(), nullptr, 10));
}

void pick_row(List& list, RowNumber row, bool picked) {
    if (list.picked[row] == picked) return;
    list.picked[row] = picked;
    picked ? ++list.picked_count : --list.picked_count;
}

void pick_none(List& list) {
    list.picked.assign(list.rows.count(), false);
    list.picked_count = 0;
}

void pick_range(List& list, std::size_t to) {
    const auto [first, last] = std::minmax(std::min(list.anchor, list.shown.size() - 1), to);
    for (std::size_t i = first; i <= last; ++i)
        pick_row(list, list.shown[i], true);
}

void pick_all(List& list) {
    const bool all = std::all_of(list.shown.begin(), list.shown.end(),
                                 [&](RowNumber row) { return list.picked[row]; });
    for (const RowNumber row : list.shown)
        pick_row(list, row, !all);
}

void on(List& list, const tokens::PickedRow& m) {
    if (m.how == Pick::All) return pick_all(list);
    if (m.how != Pick::Toggle) pick_none(list);
    const std::size_t place = number_of(m.row.value);
    if (m.how == Pick::None || place >= list.shown.size()) return;
    if (m.how == Pick::Range) return pick_range(list, place);
    const RowNumber row = list.shown[place];
    pick_row(list, row, m.how == Pick::Only || !list.picked[row]);
    list.anchor = place;
}

void expire(List& list, RowNumber row) {
    if (list.rows.status[row] != Status::Active) return;
    list.rows.status[row] = Status::Expired;
    list.rows.expires[row] = (list.now - list.rows.base).count() / 1000 * 1000;
}

void on(List& list, const tokens::ClickedEnd& m) {
    const auto is_meant = [&](RowNumber row) {
        return m.row.empty() ? list.picked[row] : row == number_of(m.row.value);
    };
    if (m.ending == tokens::Ending::Expire) {
        for (const RowNumber row : list.order)
            if (is_meant(row)) expire(list, row);
        return arrange(list);
    }
    const auto kept = std::remove_if(list.order.begin(), list.order.end(), is_meant);
    std::vector<RowNumber> left(list.order.begin(), kept);
    list.order.swap(left);
    for (RowNumber row = 0; row < list.rows.count(); ++row)
        if (is_meant(row)) pick_row(list, row, false);
    show(list);
}

void on(List& list, const tokens::ChangedSearch& m) {
    list.search = m.text;
    show(list);
}

void on(List& list, const tokens::ClickedSort& m) {
    order_by(list, static_cast<Column>(m.sort));
}

void on(List& list, const audit::ChoseSubject& m) {
    const auto chosen = static_cast<int>(m.subject);
    list.only.reset();
    if (chosen > 0) list.only = static_cast<Status>(chosen - 1);
    show(list);
}

template <class T, class Variant>
auto take_as(List& list, const Variant& facts) -> bool {
    const auto* fact = std::get_if<T>(&facts);
    if (fact) on(list, *fact);
    return fact != nullptr;
}

}  // namespace

auto make_list(RowNumber count, Instant now) -> List {
    List list;
    list.rows = make_rows(count, std::chrono::floor<std::chrono::seconds>(now));
    list.now = now;
    list.order.resize(count);
    std::iota(list.order.begin(), list.order.end(), RowNumber{0});
    list.picked.assign(count, false);
    show(list);
    return list;
}

auto take(List& list, const app::Msg& msg) -> bool {
    if (const auto* tick = std::get_if<app::Ticked>(&msg.fact)) {
        list.now = tick->now;
        return false;
    }
    if (const auto* facts = std::get_if<tokens::Msg>(&msg.fact)) {
        return take_as<tokens::ChangedSearch>(list, *facts) ||
               take_as<tokens::ClickedSort>(list, *facts) ||
               take_as<tokens::PickedRow>(list, *facts) ||
               take_as<tokens::ClickedEnd>(list, *facts);
    }
    const auto* facts = std::get_if<audit::Msg>(&msg.fact);
    return facts && take_as<audit::ChoseSubject>(list, *facts);
}

auto order_msg(Column column) -> app::Msg {
    return tokens::Msg{tokens::ClickedSort{list_name, static_cast<api::ListSort>(column)}};
}

auto filter_msg(std::optional<Status> only) -> app::Msg {
    const int chosen = only ? static_cast<int>(*only) + 1 : 0;
    return audit::Msg{audit::ChoseSubject{static_cast<audit::Subject>(chosen)}};
}

auto search_msg(std::string words) -> app::Msg {
    return tokens::Msg{tokens::ChangedSearch{std::move(words)}};
}

auto pick_msg(Pick how, const std::string& place) -> app::Msg {
    return tokens::Msg{tokens::PickedRow{list_name, how, TokenHandle(place)}};
}

auto ending_msg(tokens::Ending ending, const std::string& number) -> app::Msg {
    return tokens::Msg{tokens::ClickedEnd{list_name, ending, TokenHandle(number)}};
}

}  // namespace pcc::bench
