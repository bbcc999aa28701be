#include "core/view/build.hpp"

namespace pcc::view {

namespace {

auto node(Kind kind) -> Node {
    Node made;
    made.kind = kind;
    return made;
}

auto parent(Kind kind, std::vector<Node> children) -> Node {
    auto made = node(kind);
    made.children = std::move(children);
    return made;
}

}  // namespace

auto text(std::string words, TextStyle style, Tone tone) -> Node {
    auto made = node(Kind::Text);
    made.name = std::move(words);
    made.style = style;
    made.tone = tone;
    return made;
}

auto countdown(Millis left, std::string shown) -> Node {
    auto made = text(shown.empty() ? format_countdown(left) : std::move(shown));
    made.label = format_duration(left);
    return made;
}

auto heading(int level, std::string words) -> Node {
    auto made = node(Kind::Heading);
    made.level = level;
    made.name = std::move(words);
    return made;
}

auto row(std::vector<Node> children, float gap) -> Node {
    auto made = parent(Kind::Row, std::move(children));
    made.gap = gap;
    return made;
}

auto column(std::vector<Node> children, float gap) -> Node {
    auto made = parent(Kind::Column, std::move(children));
    made.gap = gap;
    return made;
}

auto spacer() -> Node {
    return node(Kind::Spacer);
}

auto chip(std::string word, Tone tone) -> Node {
    auto made = node(Kind::Chip);
    made.name = std::move(word);
    made.tone = tone;
    return made;
}

auto card(std::string id, std::vector<Node> children) -> Node {
    auto made = parent(Kind::Card, std::move(children));
    made.id = std::move(id);
    return made;
}

auto card_header(std::vector<Node> children) -> Node {
    return parent(Kind::CardHeader, std::move(children));
}

auto sentence(std::vector<Node> parts) -> Node {
    return parent(Kind::Sentence, std::move(parts));
}

auto fact(std::string term, Node description) -> Node {
    auto made = node(Kind::Fact);
    made.name = std::move(term);
    made.children.push_back(std::move(description));
    return made;
}

auto notice(Tone tone, std::string words) -> Node {
    auto made = node(Kind::Notice);
    made.tone = tone;
    made.detail = std::move(words);
    return made;
}

auto link(std::string id, std::string name, std::string href, app::Msg msg) -> Node {
    auto made = node(Kind::Link);
    made.id = std::move(id);
    made.name = std::move(name);
    made.href = std::move(href);
    made.on_press = std::move(msg);
    return made;
}

auto button(std::string id, std::string name, app::Msg msg, ButtonStyle style) -> Node {
    auto made = node(Kind::Button);
    made.id = std::move(id);
    made.name = std::move(name);
    made.on_press = std::move(msg);
    made.button = style;
    return made;
}

auto row_button(std::string id, std::string name, std::string label, app::Msg msg,
                ButtonStyle style) -> Node {
    auto made = button(std::move(id), std::move(name), std::move(msg), style);
    made.label = std::move(label);
    made.small = true;
    return made;
}

auto cancel_button(app::Msg msg) -> Node {
    return button("cancel", "Cancel", std::move(msg));
}

auto submit_button(std::string name, std::string busy_name, bool busy, app::Msg msg,
                   ButtonStyle style) -> Node {
    auto made =
        button("submit", busy ? std::move(busy_name) : std::move(name), std::move(msg), style);
    made.busy = busy;
    made.disabled = busy;
    return made;
}

auto actions(std::vector<Node> buttons) -> Node {
    return parent(Kind::Actions, std::move(buttons));
}

auto dialog(std::string id, std::string title, std::string subtitle, app::Msg on_close) -> Node {
    auto made = node(Kind::Dialog);
    made.id = std::move(id);
    made.name = std::move(title);
    made.detail = std::move(subtitle);
    made.on_close = std::move(on_close);
    return made;
}

auto text_field(std::string id, std::string label, Field field) -> Node {
    auto made = node(Kind::TextField);
    made.id = std::move(id);
    made.name = std::move(label);
    made.field = std::make_shared<Field>(std::move(field));
    return made;
}

auto search_field(std::string name, std::string value, app::Msg (*on_input)(std::string)) -> Node {
    Field field;
    field.kind = FieldKind::Search;
    field.placeholder = name;
    field.value = std::move(value);
    field.longest = api::longest_search;
    field.on_input = on_input;
    auto made = text_field("search", std::move(name), std::move(field));
    made.width = 240;
    return made;
}

auto error_notice(const api::ApiError& error) -> Node {
    auto made = notice(Tone::Bad, api::explain(error));
    made.id = "error";
    made.alert = true;
    return made;
}

auto failed_state(const api::ApiError& error, app::Msg retry) -> Node {
    auto made = node(Kind::Empty);
    made.id = "failed";
    made.tone = Tone::Bad;
    const bool no_answer = error.is(api::code::offline);
    made.name = no_answer ? "No answer came." : "This could not be loaded.";
    made.detail = no_answer
                      ? "The server does not answer. Check your connection; the console tries "
                        "again by itself."
                      : api::explain(error);
    made.children.push_back(button("retry", "Try again", std::move(retry)));
    return made;
}

auto empty_state(std::string title, std::string detail) -> Node {
    auto made = node(Kind::Empty);
    made.id = "empty";
    made.name = std::move(title);
    made.detail = std::move(detail);
    return made;
}

auto nothing_found(const std::string& search, const std::string& looks_at, app::Msg clear) -> Node {
    auto made =
        empty_state("Nothing found for “" + search + "”.", "Search looks at " + looks_at + ".");
    made.children.push_back(button("clear", "Clear the search", std::move(clear)));
    return made;
}

auto skeleton(std::string what) -> Node {
    auto made = node(Kind::Skeleton);
    made.id = "loading";
    made.name = std::move(what);
    return made;
}

auto page_header(std::string title, std::string subtitle, std::vector<Node> extras) -> Node {
    auto left = column(list(heading(1, std::move(title))), 4);
    if (!subtitle.empty()) {
        left.children.push_back(text(std::move(subtitle), TextStyle::Muted));
    }
    auto made = row(list(std::move(left), spacer()), 12);
    made.id = "page_header";
    for (auto& extra : extras) {
        made.children.push_back(std::move(extra));
    }
    return made;
}

auto table_column(std::string id, std::string title, float min_width, float weight) -> TableColumn {
    TableColumn made;
    made.id = std::move(id);
    made.title = std::move(title);
    made.min_width = min_width;
    made.weight = weight;
    return made;
}

auto sorted_column(TableColumn column, api::ListSort current, api::ListSort first,
                   api::ListSort second, app::Msg (*msg)(api::ListSort)) -> TableColumn {
    const bool sorts = current == first || current == second;
    const auto direction = api::descends(current) ? Sort::Descending : Sort::Ascending;
    column.sort = sorts ? direction : Sort::None;
    column.on_sort = msg(current == first ? second : first);
    column.orders = {first};
    if (second != first) {
        column.orders.push_back(second);
    }
    column.on_order = msg;
    return column;
}

auto buttons_column(float width) -> TableColumn {
    auto made = table_column("actions", "Actions", width, 0);
    made.hidden_title = true;
    made.at_end = true;
    return made;
}

auto table_node(std::string name, std::shared_ptr<Table> table) -> Node {
    auto made = node(Kind::Table);
    made.id = "table";
    made.name = std::move(name);
    made.table = std::move(table);
    return made;
}

auto validity_chip(access::Validity validity) -> Node {
    return chip(access::validity_label(validity),
                validity.is_lifetime() ? Tone::Warn : Tone::Plain);
}

auto when_and_ago(Instant instant, const app::Context& context) -> std::string {
    return format_when(instant, context.now, context.zone) + " · " +
           format_ago(instant, context.now);
}

auto countdown_lines(Millis left, Instant end, const app::Context& context) -> Node {
    auto until = "until " + format_when_in_sentence(end, context.now, context.zone);
    return column(list(countdown(left), text(std::move(until), TextStyle::SmallMuted)), 2);
}

auto two_lines(std::string upper, std::string lower) -> Node {
    return column(list(text(std::move(upper)), text(std::move(lower), TextStyle::SmallMuted)), 2);
}

}  // namespace pcc::view
