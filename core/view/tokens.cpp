#include "core/view/build.hpp"
#include "core/view/pages.hpp"
#include "core/view/tokens_ending.hpp"

namespace pcc::view {

namespace {

namespace tokens = app::tokens;
using access::AccessToken;
using api::ListSort;
using api::TokenListState;

auto time_left_cell(const AccessToken& token, const app::Context& context) -> Node {
    const auto now = context.now;
    const auto left = access::time_left(token, now);
    if (!left || !token.expires_at) {
        return text("Until expired by hand");
    }
    Node bar;
    bar.kind = Kind::Bar;
    bar.id = "bar";
    bar.name = "Time left";
    bar.detail = format_countdown(*left);
    bar.fraction = static_cast<float>(access::fraction_left(token, now).value_or(0));
    constexpr std::chrono::hours soon{1};
    bar.tone = *left < soon ? Tone::Warn : Tone::Accent;
    auto cell = countdown_lines(*left, *token.expires_at, context);
    cell.children.push_back(std::move(bar));
    return cell;
}

auto used_by(const AccessToken& token) -> std::string {
    return token.last_used_by.value_or("Somebody");
}

auto last_used_cell(const AccessToken& token, const app::Context& context) -> Node {
    if (token.live_count > 0) {
        Node dot;
        dot.kind = Kind::Dot;
        dot.name = "In use now";
        dot.tone = Tone::Ok;
        const auto words =
            token.live_count == 1 ? "in use now" : std::to_string(token.live_count) + " in now";
        auto under = row(list(std::move(dot), text(words, TextStyle::SmallMuted)), 6);
        return column(list(text(used_by(token)), std::move(under)), 2);
    }
    if (!token.last_used_at) {
        return text("Never used");
    }
    return two_lines(used_by(token), when_and_ago(*token.last_used_at, context));
}

auto generated_cell(const AccessToken& token, const app::Context& context) -> Node {
    return two_lines(
        format_when(token.generated_at, context.now, context.zone),
        "by " + token.generated_by.name + " · " + format_ago(token.generated_at, context.now));
}

auto ended_cell(const AccessToken& token, const app::Context& context) -> Node {
    const auto end = access::end_of(token, context.now);
    if (!end) {
        return text("");
    }
    const auto how = end->by ? "Expired by " + end->by->name : std::string("Time ran out");
    return two_lines(how, when_and_ago(end->at, context));
}

auto token_id_cell(const AccessToken& token, bool viewable) -> Node {
    auto cell = row(list(text(token.hint, TextStyle::Mono)), 10);
    if (viewable) {
        cell.children.push_back(row_button("view", "View", "View Token ID " + token.hint,
                                           tokens::Msg{tokens::ClickedView{token}},
                                           ButtonStyle::Quiet));
    }
    return cell;
}

auto delete_button(const AccessToken& token, TokenListState state) -> Node {
    return row_button("delete", "Delete", "Delete " + token.hint,
                      tokens::Msg{tokens::ClickedEnd{state, tokens::Ending::Delete, token.handle}},
                      ButtonStyle::Danger);
}

auto active_row(const AccessToken& token, bool marked, const app::Context& context) -> TableRow {
    TableRow made;
    made.id = token.handle.value;
    made.selected = marked;
    made.tall = true;
    auto expire = row_button("expire", "Expire", "Expire " + token.hint,
                             tokens::Msg{tokens::ClickedEnd{TokenListState::Active,
                                                            tokens::Ending::Expire, token.handle}});
    made.cells = list(
        token_id_cell(token, true), validity_chip(token.validity), generated_cell(token, context),
        time_left_cell(token, context), last_used_cell(token, context),
        row(list(std::move(expire), delete_button(token, TokenListState::Active)), 4));
    return made;
}

auto expired_row(const AccessToken& token, bool marked, const app::Context& context) -> TableRow {
    TableRow made;
    made.id = token.handle.value;
    made.selected = marked;
    made.tall = true;
    made.cells = list(token_id_cell(token, false), validity_chip(token.validity),
                      generated_cell(token, context), ended_cell(token, context),
                      last_used_cell(token, context),
                      row(list(delete_button(token, TokenListState::Expired)), 4));
    return made;
}

template <TokenListState state>
auto sort_msg(ListSort sort) -> app::Msg {
    return tokens::Msg{tokens::ClickedSort{state, sort}};
}

void add_columns(Table& table, const tokens::Model& page, TokenListState state) {
    const bool active = state == TokenListState::Active;
    const auto sort = page.list(state).sort;
    const auto msg =
        active ? &sort_msg<TokenListState::Active> : &sort_msg<TokenListState::Expired>;
    auto& made = table.columns;
    made.push_back(table_column("id", "Token ID", 144, 0.1F));
    made.push_back(table_column("validity", "Validity", 114, 0.1F));
    made.push_back(sorted_column(table_column("generated", "Generated", 154, 0.6F), sort,
                                 ListSort::Newest, ListSort::Oldest, msg));
    made.push_back(sorted_column(table_column("end", active ? "Time left" : "Ended", 132, 0.6F),
                                 sort, ListSort::EndsLast, ListSort::EndsFirst, msg));
    made.push_back(sorted_column(table_column("used", "Last used", 176, 1.6F), sort,
                                 ListSort::LastUsed, ListSort::LastUsed, msg));
    made.push_back(buttons_column(active ? 128 : 78));
}

/// The loaded tokens as a table; rows are made only when they come into sight.
auto token_table(const tokens::Model& page, const tokens::Tokens& tokens_page, TokenListState state,
                 const app::Context& context) -> Node {
    const bool active = state == TokenListState::Active;
    auto table = std::make_shared<Table>();
    table->tall = true;
    table->row_count = tokens_page.items.size();
    const auto* selection = &page.selection(state);
    add_select_column(*table, *selection, state);
    add_columns(*table, page, state);
    // The model outlives its picture: views are drawn before the next update.
    const auto* items = &tokens_page.items;
    const auto* marked = &page.marked;
    table->row_at = [items, marked, selection, context, state](std::size_t i) {
        const auto& token = (*items)[i];
        const bool is_marked = token.handle == *marked;
        auto made = state == TokenListState::Active ? active_row(token, is_marked, context)
                                                    : expired_row(token, is_marked, context);
        add_checkbox(made, token, selection->has(i), state);
        return made;
    };
    if (!tokens_page.next.empty()) {
        table->on_near_end = tokens::Msg{tokens::NearedEnd{state}};
    }
    return table_node(active ? "Active Tokens List" : "Expired Tokens List", std::move(table));
}

auto nothing_here(const tokens::Model& page, TokenListState state) -> Node {
    if (!page.search.empty()) {
        return nothing_found(page.search, "Token IDs as shown, names and validity",
                             tokens::Msg{tokens::ChangedSearch{}});
    }
    if (state == TokenListState::Active) {
        return empty_state("Nobody outside has access.",
                           "Generate a token when a support engineer needs to get in. Choose the "
                           "shortest validity that will do.");
    }
    return empty_state("No token has ended yet.",
                       "Tokens move here when their time runs out or you expire them.");
}

auto list_card(const tokens::Model& page, TokenListState state, const app::Context& context)
    -> Node {
    const bool active = state == TokenListState::Active;
    const auto& loading = page.list(state);
    auto header =
        card_header(list(heading(2, active ? "Active Tokens List" : "Expired Tokens List")));
    auto made = card(active ? "active" : "expired", {});
    if (const auto* tokens_page = loaded(loading)) {
        header.children.push_back(chip(std::to_string(tokens_page->total)));
        // Known only where all rows are.
        const auto in_use = active && tokens_page->next.empty() ? page.sums.in_use : 0;
        const auto selected = page.selection(state).count();
        if (selected > 0) {
            add_selection_bar(header, selected, state);
        } else if (in_use > 0) {
            header.children.push_back(spacer());
            header.children.push_back(
                text(std::to_string(in_use) + " in use now", TextStyle::SmallMuted));
        }
        made.children.push_back(std::move(header));
        made.children.push_back(!tokens_page->items.empty()
                                    ? token_table(page, *tokens_page, state, context)
                                : loading.seeking ? skeleton("Looking for tokens")
                                                  : nothing_here(page, state));
        return made;
    }
    made.children.push_back(std::move(header));
    const auto* error = failure(loading);
    made.children.push_back(error ? failed_state(*error, app::ClickedRetry{})
                                  : skeleton("Loading tokens"));
    return made;
}

}  // namespace

auto view_tokens(const app::tokens::Model& page, const app::Context& context) -> PageView {
    PageView made;
    auto search = search_field("Search tokens", page.search, [](std::string typed) -> app::Msg {
        return tokens::Msg{tokens::ChangedSearch{std::move(typed)}};
    });
    auto generate = button("generate", "Generate New Token",
                           tokens::Msg{tokens::ClickedGenerateNew{}}, ButtonStyle::Primary);
    made.body = list(page_header("Generated Tokens List",
                                 "Temporary access to " + context.session.organization.name +
                                     ", without sharing a password.",
                                 list(std::move(search), std::move(generate))),
                     list_card(page, TokenListState::Active, context),
                     list_card(page, TokenListState::Expired, context));
    made.dialog = view_tokens_dialog(page, context);
    made.counting = page.sums.next_end.has_value();
    return made;
}

}  // namespace pcc::view
