// Small builders, so that a page's view reads like the page.
// Layer: view. Each returns a Node; nothing here knows a page.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/access/access_token.hpp"
#include "core/access/policy.hpp"
#include "core/api/api_error.hpp"
#include "core/api/endpoint.hpp"
#include "core/app/context.hpp"
#include "core/view/node.hpp"

namespace pcc::view {

/// Nodes moved into a list (an initializer list would copy them).
template <class... Nodes>
auto list(Nodes&&... nodes) -> std::vector<Node> {
    std::vector<Node> all;
    all.reserve(sizeof...(nodes));
    (all.push_back(std::forward<Nodes>(nodes)), ...);
    return all;
}

auto text(std::string words, TextStyle style = TextStyle::Body, Tone tone = Tone::Plain) -> Node;
/// Time that runs out: drawn to the second, spoken to the minute, since words that change while
/// they are read cannot be listened to. `shown` is how it is drawn, where not as usual.
auto countdown(Millis left, std::string shown = {}) -> Node;
/// The same in a cell, and below it when that will be.
auto countdown_lines(Millis left, Instant end, const app::Context& context) -> Node;
auto heading(int level, std::string words) -> Node;
auto row(std::vector<Node> children, float gap = 8) -> Node;
auto column(std::vector<Node> children, float gap = 8) -> Node;
auto spacer() -> Node;
auto chip(std::string word, Tone tone = Tone::Plain) -> Node;
auto card(std::string id, std::vector<Node> children) -> Node;
auto card_header(std::vector<Node> children) -> Node;
auto sentence(std::vector<Node> parts) -> Node;
auto fact(std::string term, Node description) -> Node;
auto notice(Tone tone, std::string words) -> Node;
auto link(std::string id, std::string name, std::string href, app::Msg msg) -> Node;

auto button(std::string id, std::string name, app::Msg msg, ButtonStyle style = ButtonStyle::Plain)
    -> Node;
/// A button of a table's row; `label` says what it acts on: `Expire pcc_7K2M…XWM4`.
auto row_button(std::string id, std::string name, std::string label, app::Msg msg,
                ButtonStyle style = ButtonStyle::Plain) -> Node;
/// The button that closes a dialog without doing anything.
auto cancel_button(app::Msg msg) -> Node;
/// The main button of a dialog: says what it is doing while busy.
auto submit_button(std::string name, std::string busy_name, bool busy, app::Msg msg,
                   ButtonStyle style = ButtonStyle::Primary) -> Node;
auto actions(std::vector<Node> buttons) -> Node;

auto dialog(std::string id, std::string title, std::string subtitle, app::Msg on_close) -> Node;
auto text_field(std::string id, std::string label, Field field) -> Node;
/// A search field; `/` brings the focus here.
auto search_field(std::string name, std::string value, app::Msg (*on_input)(std::string)) -> Node;

/// What went wrong, in a dialog or a form.
auto error_notice(const api::ApiError& error) -> Node;
/// A list or a page that could not be loaded, with a way on.
auto failed_state(const api::ApiError& error, app::Msg retry) -> Node;
auto empty_state(std::string title, std::string detail) -> Node;
/// A search without a find, what it looks at, and a way back.
auto nothing_found(const std::string& search, const std::string& looks_at, app::Msg clear) -> Node;
auto skeleton(std::string what) -> Node;

/// The page's own heading: title with a count where one is known, subtitle, and what acts on the
/// page.
auto page_header(std::string title, std::string subtitle, std::vector<Node> extras) -> Node;

/// A column; `min_width` in CSS px, `weight` its share of what is left.
auto table_column(std::string id, std::string title, float min_width, float weight) -> TableColumn;
/// A column whose title sorts: by `first` when it is pressed, then by `second`.
auto sorted_column(TableColumn column, api::ListSort current, api::ListSort first,
                   api::ListSort second, app::Msg (*msg)(api::ListSort)) -> TableColumn;
/// The last column, of buttons: its title is spoken, not drawn.
auto buttons_column(float width) -> TableColumn;
auto table_node(std::string name, std::shared_ptr<Table> table) -> Node;

auto validity_chip(access::Validity validity) -> Node;
/// `Today 19:22 · 18 m ago`
auto when_and_ago(Instant instant, const app::Context& context) -> std::string;
/// Two lines of a table's cell.
auto two_lines(std::string upper, std::string lower) -> Node;

}  // namespace pcc::view
