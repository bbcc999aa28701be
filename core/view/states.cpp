#include "core/view/build.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

/// ` at 19:22`, and with the day where it is another one.
auto at_words(Instant at, const app::Context& context) -> std::string {
    constexpr std::string_view today = "today ";
    auto when = format_when_in_sentence(at, context.now, context.zone);
    return when.rfind(today, 0) == 0 ? " at " + when.substr(today.size()) : " " + when;
}

auto end_words(const app::EndedAccess& ended, const app::Context& context) -> std::string {
    const auto& assumption = ended.assumption;
    if (!ended.detail.empty()) {
        return ended.detail;
    }
    const auto end = access::end_of(assumption, context.now);
    if (!end) {
        return "It was ended by the organization.";
    }
    const auto when = at_words(end->at, context) + ".";
    const auto who = end->by ? end->by->name : std::string("The administrator");
    switch (end->reason) {
        case access::AssumptionEndReason::Time: return "The time ran out" + when;
        case access::AssumptionEndReason::TokenExpired: return who + " expired the token" + when;
        case access::AssumptionEndReason::TokenDeleted: return who + " deleted the token" + when;
        case access::AssumptionEndReason::EndedByAdmin: return who + " ended your session" + when;
        case access::AssumptionEndReason::WentBack: return "You went back" + when;
        case access::AssumptionEndReason::SignedOut: return "You signed out" + when;
    }
    return {};
}

auto stay_words(const app::EndedAccess& ended, const app::Context& context) -> std::string {
    const auto& assumption = ended.assumption;
    if (!ended.detail.empty()) {
        return {};  // it says so itself
    }
    const auto end = access::end_of(assumption, context.now);
    if (!end || assumption.id.empty()) {
        return "What you changed is kept.";
    }
    const auto stay = "You were in for " + format_duration(end->at - assumption.started_at);
    if (!assumption.ended) {  // how much was changed, the server has not told
        return stay + ". What you changed is kept.";
    }
    const int changes = assumption.change_count;
    if (changes == 0) {
        return stay + " and changed nothing.";
    }
    if (changes == 1) {
        return stay + " and changed 1 thing; it is kept.";
    }
    return stay + " and changed " + std::to_string(changes) + " things; " +
           (changes == 2 ? "both" : "all") + " are kept.";
}

auto words_of(const app::EndedAccess& ended, const app::Context& context) -> std::string {
    const auto stay = stay_words(ended, context);
    return end_words(ended, context) + (stay.empty() ? "" : " " + stay);
}

}  // namespace

auto view_ended(const app::EndedAccess& ended, const app::Context& context) -> PageView {
    const auto& name = ended.assumption.organization_name;
    auto made = card("ended", {});
    made.width = 672;
    auto another =
        button("another", "Enter another Token ID", app::DismissedEnded{}, ButtonStyle::Primary);
    another.autofocus = true;
    const app::Route home = app::home_route(context.session);
    auto back = button("home", "Back to " + context.session.organization.name,
                       app::ClickedNavigation{home});
    made.children = list(heading(1, name.empty() ? "Your access has ended"
                                                 : "Your access to " + name + " has ended"),
                         text(words_of(ended, context), TextStyle::Muted),
                         row(list(std::move(another), std::move(back)), 12));
    return {list(std::move(made)), std::nullopt, false};
}

auto view_refused(access::Refusal refusal, const app::Context& context, std::string title)
    -> PageView {
    auto state = empty_state("This is not open to you here.", access::explain(refusal));
    state.id = "refused";
    if (refusal == access::Refusal::ForbiddenWhileAssuming && context.assumption) {
        state.name = "Not while you act for " + context.assumption->organization_name + ".";
        state.children.push_back(button("back", "Go Back to " + context.session.organization.name,
                                        app::ClickedGoBack{}));
    } else if (refusal == access::Refusal::AdminsOnly) {
        state.name = "Only administrators of " + context.session.organization.name + " see this.";
    }
    return {list(heading(1, std::move(title)), card("refused_card", list(std::move(state)))),
            std::nullopt, false};
}

auto view_not_found() -> PageView {
    auto state = empty_state("There is no such page.",
                             "The address may be mistyped, or the page has moved.");
    const app::Route networks{app::Screen::Networks, {}};
    state.children.push_back(
        button("networks", "Go to Networks", app::ClickedNavigation{networks}));
    return {list(heading(1, "Page not found"), card("not_found", list(std::move(state)))),
            std::nullopt, false};
}

}  // namespace pcc::view
