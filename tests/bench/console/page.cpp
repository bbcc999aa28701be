#include "tests/bench/console/page.hpp"

#include <array>

#include "core/view/build.hpp"
#include "core/view/tokens_ending.hpp"

namespace pcc::bench {

namespace {

using app::tokens::Ending;
using view::Node;
using view::TextStyle;
using view::Tone;

struct ColumnWords {
    Column column;
    const char* id;
    const char* title;
    float width;  // Units: CSS px
};

constexpr std::array<ColumnWords, 9> columns{{
    {Column::TokenId, "tokenId", "Token ID", 144},
    {Column::Label, "label", "Label", 102},
    {Column::Validity, "validity", "Validity", 58},
    {Column::GeneratedAt, "generatedAt", "Generated at", 131},
    {Column::ExpiresAt, "expiresAt", "Expires at", 131},
    {Column::Remaining, "remaining", "Remaining", 87},
    {Column::Status, "status", "Status", 62},
    {Column::CreatedBy, "createdBy", "Created by", 74},
    {Column::LastUsed, "lastUsed", "Last used", 131},
}};
constexpr float buttons_width = 124;  // Units: CSS px

auto status_tone(Status status) -> Tone {
    switch (status) {
        case Status::Active: return Tone::Ok;
        case Status::Expired: return Tone::Plain;
        case Status::Revoked: return Tone::Bad;
    }
    return Tone::Plain;
}

auto checkbox(const std::string& id, const std::string& place, bool picked) -> Node {
    Node box;
    box.kind = view::Kind::Checkbox;
    box.label = "Select token " + id;
    box.selected = picked;
    box.on_press = pick_msg(app::Pick::Toggle, place);
    return box;
}

auto buttons(const std::string& id, const std::string& row) -> Node {
    return view::row(
        view::list(
            view::row_button("expire", "Expire", "Expire " + id, ending_msg(Ending::Expire, row)),
            view::row_button("delete", "Delete", "Delete " + id, ending_msg(Ending::Delete, row),
                             view::ButtonStyle::Danger)),
        4);
}

auto remaining_cell(const Rows& rows, RowNumber row, Instant now) -> Node {
    auto words = remaining(rows, row, now);
    const Millis left{time_left(rows, row, now)};
    return left > Millis{0} ? view::countdown(left, std::move(words))
                            : view::text(std::move(words));
}

auto view_row(const List& list, std::size_t place) -> view::TableRow {
    const auto& rows = list.rows;
    const RowNumber row = list.shown[place];
    const auto id = token_id(rows, row);
    const auto status = rows.status[row];
    view::TableRow made;
    // As in the DOM consoles, what stands at a place is written anew, not made anew.
    made.id = std::to_string(place);
    made.picked = list.picked[row];
    made.cells = view::list(checkbox(id, made.id, made.picked), view::text(id, TextStyle::Mono),
                            view::text(label(rows, row)), view::text(validity(rows, row)),
                            view::text(generated_at(rows, row)), view::text(expires_at(rows, row)),
                            remaining_cell(rows, row, list.now),
                            view::chip(status_word(status), status_tone(status)),
                            view::text(created_by(rows, row)), view::text(last_used(rows, row)),
                            buttons(id, std::to_string(row)));
    return made;
}

auto check_of(const List& list) -> view::Check {
    if (list.picked_count == 0) return view::Check::Off;
    return list.picked_count < list.shown.size() ? view::Check::Mixed : view::Check::On;
}

void add_columns(view::Table& table, const List& list) {
    auto select = view::buttons_column(18);
    select.id = "select";
    select.title = "Select all";
    select.check = check_of(list);
    select.on_sort = pick_msg(app::Pick::All, {});
    table.columns.push_back(std::move(select));
    for (const auto& words : columns) {
        auto column = view::table_column(words.id, words.title, words.width, words.width);
        const auto way = list.descending ? view::Sort::Descending : view::Sort::Ascending;
        column.sort = list.sorted_by == words.column ? way : view::Sort::None;
        column.on_sort = order_msg(words.column);
        table.columns.push_back(std::move(column));
    }
    table.columns.push_back(view::buttons_column(buttons_width));
}

auto table_of(const List& list) -> Node {
    auto table = std::make_shared<view::Table>();
    table->row_count = list.shown.size();
    table->fine = true;
    table->on_pick = pick_msg;
    add_columns(*table, list);
    table->row_at = [&list](std::size_t place) { return view_row(list, place); };
    return view::table_node("Generated Tokens List", std::move(table));
}

auto filter_button(const List& list, const char* name, std::optional<Status> only) -> Node {
    auto made = view::button(name, name, filter_msg(only));
    made.small = true;
    made.selected = list.only == only;
    return made;
}

auto tools(const List& list) -> std::vector<Node> {
    auto filters = view::row(view::list(filter_button(list, "All", std::nullopt),
                                        filter_button(list, "Active", Status::Active),
                                        filter_button(list, "Expired", Status::Expired),
                                        filter_button(list, "Revoked", Status::Revoked)),
                             4);
    filters.id = "filters";
    return view::list(view::search_field("Search tokens", list.search, search_msg),
                      std::move(filters));
}

}  // namespace

auto view_list(const List& list) -> std::vector<Node> {
    const auto count =
        std::to_string(list.shown.size()) + " of " + std::to_string(list.order.size());
    auto header = view::page_header("Generated Tokens List", {}, tools(list));
    header.children.insert(header.children.begin() + 1, view::chip(count));
    if (list.picked_count > 0)
        view::add_selection_bar(header, list.picked_count, api::TokenListState::Active);
    return view::list(std::move(header), view::card("tokens", view::list(table_of(list))));
}

}  // namespace pcc::bench
