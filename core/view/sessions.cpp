#include "core/view/build.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

namespace sessions = app::sessions;
using access::Assumption;
using api::AssumptionListState;
using api::ListSort;

const app::Msg close_dialog = sessions::Msg{sessions::ClosedDialog{}};

auto engineer_cell(const Assumption& assumption) -> Node {
    return two_lines(assumption.engineer.name, assumption.engineer.organization);
}

/// What ended it, as a short phrase.
auto reason_words(access::AssumptionEndReason reason) -> std::string {
    switch (reason) {
        case access::AssumptionEndReason::Time: return "Time ran out";
        case access::AssumptionEndReason::TokenExpired: return "Token expired";
        case access::AssumptionEndReason::TokenDeleted: return "Token deleted";
        case access::AssumptionEndReason::WentBack: return "Went back";
        case access::AssumptionEndReason::EndedByAdmin: return "Ended";
        case access::AssumptionEndReason::SignedOut: return "Signed out";
    }
    return {};
}

/// One's own, where somebody looks at where they act themselves.
auto is_own(const Assumption& assumption, const app::Context& context) -> bool {
    return assumption.engineer.id == context.session.user.id;
}

auto live_row(const Assumption& assumption, const app::Context& context) -> TableRow {
    TableRow made;
    made.id = assumption.id.value;
    made.tall = true;
    made.cells = list(
        engineer_cell(assumption), text(assumption.organization_name),
        two_lines(format_when(assumption.started_at, context.now, context.zone),
                  format_ago(assumption.started_at, context.now)),
        countdown_lines(access::time_left(assumption, context.now), assumption.ends_at, context),
        row_button("end", "End", "End the session of " + assumption.engineer.name,
                   sessions::Msg{sessions::ClickedEnd{assumption}}, ButtonStyle::Danger));
    return made;
}

auto ended_row(const Assumption& assumption, const app::Context& context) -> TableRow {
    const auto end = access::end_of(assumption, context.now);
    auto how = end ? reason_words(end->reason) : std::string();
    if (end && end->by && end->by->id != assumption.engineer.id) {
        how += " by " + end->by->name;
    }
    TableRow made;
    made.id = assumption.id.value;
    made.tall = true;
    made.cells = list(engineer_cell(assumption), text(assumption.organization_name),
                      two_lines(format_when(assumption.started_at, context.now, context.zone),
                                format_ago(assumption.started_at, context.now)),
                      two_lines(how, end ? when_and_ago(end->at, context) : std::string()),
                      text(std::to_string(assumption.change_count)));
    return made;
}

template <AssumptionListState state>
auto sort_msg(ListSort sort) -> app::Msg {
    return sessions::Msg{sessions::ClickedSort{state, sort}};
}

auto columns_of(AssumptionListState state, ListSort sort) -> std::vector<TableColumn> {
    const bool live = state == AssumptionListState::Live;
    const auto msg =
        live ? &sort_msg<AssumptionListState::Live> : &sort_msg<AssumptionListState::Ended>;
    std::vector<TableColumn> made;
    made.push_back(sorted_column(table_column("engineer", "Engineer", 150, 1.2F), sort,
                                 ListSort::AToZ, ListSort::ZToA, msg));
    made.push_back(table_column("organization", "Acting for", 130, 1));
    made.push_back(sorted_column(table_column("started", "Started", 130, 1), sort, ListSort::Newest,
                                 ListSort::Oldest, msg));
    made.push_back(sorted_column(live ? table_column("left", "Time left", 120, 1)
                                      : table_column("ended", "Ended", 150, 1.2F),
                                 sort, ListSort::EndsLast, ListSort::EndsFirst, msg));
    made.push_back(live ? buttons_column(70) : table_column("changes", "Changes", 70, 0.4F));
    return made;
}

auto sessions_table(std::string name, AssumptionListState state, const sessions::Assumptions& page,
                    ListSort sort, const app::Context& context) -> Node {
    auto table = std::make_shared<Table>();
    table->tall = true;
    table->columns = columns_of(state, sort);
    table->row_count = page.items.size();
    const auto* items = &page.items;
    const auto make_row = state == AssumptionListState::Live ? &live_row : &ended_row;
    table->row_at = [items, make_row, context](std::size_t i) {
        return make_row((*items)[i], context);
    };
    if (!page.next.empty()) {
        table->on_near_end = sessions::Msg{sessions::NearedEnd{state}};
    }
    return table_node(std::move(name), std::move(table));
}

auto list_card(std::string id, std::string title, AssumptionListState state,
               const sessions::Model& sessions, Node nothing, const app::Context& context) -> Node {
    const auto& list_of = sessions.list(state);
    auto header = card_header(list(heading(2, title)));
    auto made = card(std::move(id), {});
    const auto* page = loaded(list_of);
    if (page) {
        header.children.push_back(chip(std::to_string(page->total)));
    }
    made.children.push_back(std::move(header));
    if (!page) {
        const auto* error = failure(list_of);
        made.children.push_back(error ? failed_state(*error, app::ClickedRetry{})
                                      : skeleton("Loading sessions"));
    } else if (page->items.empty()) {
        made.children.push_back(std::move(nothing));
    } else {
        made.children.push_back(
            sessions_table(std::move(title), state, *page, list_of.sort, context));
    }
    return made;
}

auto what_ending_means(const Assumption& assumption, const app::Context& context) -> std::string {
    if (is_own(assumption, context)) {
        return "You are out at once, in every tab that acts there. What you changed is kept. You "
               "can come back with the Token ID as long as the token lives.";
    }
    return "They are out at once. What they changed is kept. They can come back as long as the "
           "token lives: to prevent that, expire the token.";
}

auto view_end_dialog(const sessions::EndDialog& state, const app::Context& context) -> Node {
    auto made =
        dialog("end_dialog", "End this session?",
               state.assumption.engineer.name + " of " + state.assumption.engineer.organization,
               close_dialog);
    made.alert = true;
    made.children = list(text(what_ending_means(state.assumption, context)));
    if (state.error) {
        made.children.push_back(error_notice(*state.error));
    }
    auto cancel = cancel_button(close_dialog);
    cancel.autofocus = true;
    cancel.disabled = state.busy;
    made.children.push_back(
        actions(list(std::move(cancel),
                     submit_button("End Session", "Ending…", state.busy,
                                   sessions::Msg{sessions::ConfirmedEnd{}}, ButtonStyle::Danger))));
    return made;
}

}  // namespace

auto view_sessions(const app::sessions::Model& page, const app::Context& context) -> PageView {
    const bool admin = context.session.role == access::Role::Admin;
    PageView made;
    made.body =
        list(page_header("Live sessions",
                         admin ? "Who acts for " + context.session.organization.name +
                                     " now, and who did; and where you act yourself."
                               : "Where you act for another organization, and where you did.",
                         {}),
             list_card(
                 "live", "Live now", AssumptionListState::Live, page,
                 empty_state(admin ? "Nobody is in." : "You are in no other organization.",
                             admin ? "When an engineer assumes your organization, they appear here."
                                   : "Open Assume User and enter a Token ID to get in."),
                 context),
             list_card("ended", "Ended", AssumptionListState::Ended, page,
                       empty_state("No session has ended yet.", "Ended sessions are kept here."),
                       context));
    if (const auto* end = std::get_if<sessions::EndDialog>(&page.dialog)) {
        made.dialog = view_end_dialog(*end, context);
    }
    const auto* live = loaded(page.live);
    made.counting = live && !live->items.empty();
    return made;
}

}  // namespace pcc::view
