#include <array>

#include "core/view/build.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

namespace audit = app::audit;
using api::ListSort;

struct ActionWords {
    std::string_view action;
    std::string_view words;
};

constexpr std::array<ActionWords, 16> action_words{{
    {"token.generated", "Generated a token"},
    {"token.revealed", "Viewed a Token ID"},
    {"token.expired", "Expired a token"},
    {"token.deleted", "Deleted a token"},
    {"assumption.started", "Assumed the organization"},
    {"assumption.ended", "Stopped acting"},
    {"network.created", "Added the network"},
    {"network.updated", "Changed a network"},
    {"ssid.updated", "Changed an SSID"},
    {"access_point.restarted", "Restarted an access point"},
    {"organization.created", "Created the organization"},
    {"organization.renamed", "Renamed the organization"},
    {"session.started", "Signed in"},
    {"session.ended", "Signed out"},
    {"session.failed", "Failed to sign in"},
    {"user.created", "Added a person"},
}};

auto words_of(const std::string& action) -> std::string {
    for (const auto& known : action_words) {
        if (known.action == action) {
            return std::string(known.words);
        }
    }
    return action;
}

auto actor_cell(const api::AuditEvent& event) -> Node {
    auto under = event.actor.organization;
    if (!event.on_behalf_of.empty()) {
        under += ", acting for " + event.on_behalf_of;
    }
    return two_lines(event.actor.name, std::move(under));
}

auto event_row(const api::AuditEvent& event, const app::Context& context) -> TableRow {
    TableRow made;
    made.id = event.id.value;
    made.tall = true;
    auto what = words_of(event.action);
    // The summary often begins with the same words: then it says it all.
    const bool repeats = event.summary.rfind(what, 0) == 0;
    auto what_cell = repeats ? text(event.summary) : two_lines(std::move(what), event.summary);
    made.cells = list(
        two_lines(format_when(event.at, context.now, context.zone),
                  format_clock(event.at, context.zone) + " · " + format_ago(event.at, context.now)),
        actor_cell(event), std::move(what_cell), text(event.target, TextStyle::Mono),
        text(event.ip, TextStyle::Muted));
    return made;
}

auto sort_msg(ListSort sort) -> app::Msg {
    return audit::Msg{audit::ClickedSort{sort}};
}

auto event_table(const audit::AuditEvents& page, ListSort sort, const app::Context& context)
    -> Node {
    auto table = std::make_shared<Table>();
    table->tall = true;
    table->columns.push_back(sorted_column(table_column("when", "When", 122, 0.4F), sort,
                                           ListSort::Newest, ListSort::Oldest, &sort_msg));
    table->columns.push_back(table_column("who", "Who", 244, 0.9F));
    table->columns.push_back(table_column("what", "What", 186, 2.2F));
    table->columns.push_back(table_column("target", "On", 140, 0.7F));
    table->columns.push_back(table_column("ip", "From", 98, 0.2F));
    table->row_count = page.items.size();
    const auto* items = &page.items;
    table->row_at = [items, context](std::size_t i) { return event_row((*items)[i], context); };
    if (!page.next.empty()) {
        table->on_near_end = audit::Msg{audit::NearedEnd{}};
    }
    return table_node("Audit", std::move(table));
}

auto subject_button(const audit::Model& page, audit::Subject subject, std::string name) -> Node {
    auto made = button(name, name, audit::Msg{audit::ChoseSubject{subject}});
    made.small = true;
    made.selected = page.subject == subject;
    return made;
}

auto subject_buttons(const audit::Model& page) -> Node {
    using audit::Subject;
    auto made = row(list(subject_button(page, Subject::All, "All"),
                         subject_button(page, Subject::Tokens, "Tokens"),
                         subject_button(page, Subject::Assumptions, "Assumptions"),
                         subject_button(page, Subject::Network, "Networks"),
                         subject_button(page, Subject::SignIns, "Sign-ins")),
                    4);
    made.id = "subjects";
    return made;
}

auto events_card(const audit::Model& page, const app::Context& context) -> Node {
    auto header = card_header(list(heading(2, "What was done")));
    auto made = card("events", {});
    const auto* events = loaded(page.events);
    if (events) {
        header.children.push_back(chip(std::to_string(events->total)));
    }
    made.children.push_back(std::move(header));
    if (!events) {
        const auto* error = failure(page.events);
        made.children.push_back(error ? failed_state(*error, app::ClickedRetry{})
                                      : skeleton("Loading the audit"));
    } else if (events->items.empty()) {
        made.children.push_back(empty_state(
            "Nothing of this kind yet.", "Whatever is done in the organization is recorded here."));
    } else {
        made.children.push_back(event_table(*events, page.events.sort, context));
    }
    return made;
}

}  // namespace

auto view_audit(const app::audit::Model& page, const app::Context& context) -> PageView {
    PageView made;
    made.body = list(page_header("Audit",
                                 "All that was done in " + context.session.organization.name +
                                     ", by whom and on whose behalf.",
                                 list(subject_buttons(page))),
                     events_card(page, context));
    return made;
}

}  // namespace pcc::view
