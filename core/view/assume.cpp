#include "core/view/build.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

namespace assume = app::assume;

auto token_id_field(const assume::Model& page) -> Node {
    Field field;
    field.kind = FieldKind::TokenId;
    field.value = page.pasted.reveal();
    field.placeholder = "pcc_…";
    if (page.fault) {
        field.error = access::explain(*page.fault);
    } else if (!page.pasted.empty()) {
        field.hint = "Well formed, checksum matches.";
        field.hint_tone = Tone::Ok;
    } else {
        field.hint = "43 characters that begin with pcc_. Spaces and hyphens do not matter.";
    }
    field.on_input = [](std::string typed) -> app::Msg {
        return assume::Msg{assume::ChangedTokenId{Secret(std::move(typed))}};
    };
    field.on_submit = loaded(page.preflight) ? app::Msg{assume::Msg{assume::ClickedAssume{}}}
                                             : app::Msg{assume::Msg{assume::TypingSettled{}}};
    auto made = text_field("token_id", "Token ID", std::move(field));
    made.autofocus = true;
    made.disabled = page.assuming;
    return made;
}

auto reach_words(const api::Preflight& preflight) -> std::string {
    const auto count = preflight.network_count;
    const auto networks = count == 0   ? std::string("No networks yet")
                          : count == 1 ? std::string("1 network")
                                       : "All " + std::to_string(count) + " networks";
    return networks + (preflight.may_write ? ", read and write" : ", read only");
}

auto time_left(const api::Preflight& preflight, const app::Context& context) -> Node {
    auto until =
        ", until " + format_when_in_sentence(preflight.would_end_at, context.now, context.zone);
    const bool token_lives_longer =
        !preflight.expires_at || *preflight.expires_at > preflight.would_end_at;
    if (token_lives_longer) until += " (then assume again)";
    auto words = countdown(preflight.would_end_at - context.now);
    words.name += until;
    words.label += until;
    return words;
}

auto preflight_facts(const api::Preflight& preflight, const app::Context& context) -> Node {
    Node facts;
    facts.kind = Kind::Facts;
    facts.id = "facts";
    facts.children =
        list(fact("Organization", text(preflight.organization.name, TextStyle::Strong)),
             fact("Granted by",
                  text(preflight.granted_by.name + ", " +
                       format_when_in_sentence(preflight.granted_at, context.now, context.zone))),
             fact("Reach", text(reach_words(preflight))),
             fact("Time left", time_left(preflight, context)));
    if (preflight.validity.is_lifetime()) {
        facts.children.push_back(fact("Validity", validity_chip(preflight.validity)));
    }
    return facts;
}

auto opens_card(const assume::Model& page, const api::Preflight& preflight,
                const app::Context& context) -> Node {
    const bool live = preflight.would_end_at > context.now;
    auto assume_button = submit_button("Assume User", "Assuming…", page.assuming,
                                       assume::Msg{assume::ClickedAssume{}});
    assume_button.disabled = assume_button.disabled || !live;
    auto made =
        card("opens",
             list(card_header(list(heading(2, "What it opens"), spacer(),
                                   live ? chip("valid", Tone::Ok) : chip("ended", Tone::Bad)))));
    made.children.push_back(preflight_facts(preflight, context));
    if (page.error) {
        made.children.push_back(error_notice(*page.error));
    }
    made.children.push_back(
        row(list(std::move(assume_button),
                 text(preflight.granted_by.name + " sees that you are in.", TextStyle::SmallMuted)),
            12));
    return made;
}

auto refused_card(const api::ApiError& error) -> Node {
    auto made = card("opens", list(card_header(list(heading(2, "What it opens"), spacer(),
                                                    chip("opens nothing", Tone::Bad)))));
    made.children.push_back(error_notice(error));
    made.children.push_back(
        actions(list(button("again", "Check again", assume::Msg{assume::ClickedCheckAgain{}}))));
    return made;
}

auto loading_card() -> Node {
    return card("opens", list(card_header(list(heading(2, "What it opens"))),
                              skeleton("Looking at what it opens")));
}

}  // namespace

auto view_assume(const app::assume::Model& page, const app::Context& context) -> PageView {
    PageView made;
    auto field_card = card("token", list(token_id_field(page)));
    field_card.width = 672;
    made.body =
        list(page_header("Assume User",
                         "Enter the Token ID that an administrator gave you. You keep your own "
                         "account; all you do is recorded in your name.",
                         {}),
             std::move(field_card));
    std::optional<Node> second;
    if (const auto* preflight = loaded(page.preflight)) {
        second = opens_card(page, *preflight, context);
        made.counting = true;
    } else if (const auto* error = failure(page.preflight)) {
        second = refused_card(*error);
    } else if (is_loading(page.preflight)) {
        second = loading_card();
    }
    if (second) {
        second->width = 672;
        made.body.push_back(std::move(*second));
    }
    return made;
}

}  // namespace pcc::view
