#include <algorithm>

#include "core/view/build.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

namespace tokens = app::tokens;

const app::Msg close_dialog = tokens::Msg{tokens::ClosedDialog{}};

auto choice(const tokens::GenerateDialog& state, access::Validity validity, std::string detail)
    -> Node {
    Node made;
    made.kind = Kind::Choice;
    made.id = access::validity_wire(validity);
    made.name = access::validity_label(validity);
    made.detail = std::move(detail);
    made.selected = state.chosen == validity;
    made.disabled = state.busy;
    made.wide = validity.is_lifetime();
    made.tone = validity.is_lifetime() ? Tone::Warn : Tone::Accent;
    made.autofocus = made.selected;
    made.on_press = tokens::Msg{tokens::ChoseValidity{validity}};
    return made;
}

auto validity_choices(const tokens::GenerateDialog& state, const app::Context& context) -> Node {
    Node group;
    group.kind = Kind::ChoiceGroup;
    group.id = "validity";
    group.name = "Select Validity Duration (Hours)";
    for (const auto validity : access::standard_validities()) {
        const auto end = access::expiry_of(validity, context.now);
        const auto detail =
            end ? "until " + format_when_in_sentence(*end, context.now, context.zone)
                : std::string(
                      "Until you expire it by hand. Avoid unless you must; asks you to confirm.");
        group.children.push_back(choice(state, validity, detail));
    }
    return group;
}

/// What the choice means, in a word and a colour.
auto risk_notice(access::Validity validity) -> Node {
    auto made = notice(Tone::Ok, "Low risk: short, one organization, ends by itself.");
    if (validity.is_lifetime()) {
        made = notice(Tone::Warn,
                      "High risk: never ends by itself. Expire it by hand when the work is done.");
    } else if (validity.hours() > 8) {
        made = notice(Tone::Plain, "Medium risk: open for longer than a working day.");
    }
    made.id = "risk";
    return made;
}

auto lifetime_confirmation(const tokens::GenerateDialog& state) -> Node {
    Node made;
    made.kind = Kind::Checkbox;
    made.id = "confirm_lifetime";
    made.name = "I understand that this token works until somebody expires it.";
    made.selected = state.lifetime_confirmed;
    made.disabled = state.busy;
    made.on_press = tokens::Msg{tokens::ConfirmedLifetime{}};
    return made;
}

auto view_dialog(const tokens::GenerateDialog& state, const app::Context& context) -> Node {
    auto made = dialog("generate_dialog", "Generate New Token", {}, close_dialog);
    made.children.push_back(validity_choices(state, context));
    made.children.push_back(risk_notice(state.chosen));
    if (state.chosen.is_lifetime()) {
        made.children.push_back(lifetime_confirmation(state));
    }
    if (state.error) {
        made.children.push_back(error_notice(*state.error));
    }
    auto cancel = cancel_button(close_dialog);
    cancel.disabled = state.busy;
    auto submit = submit_button("Generate Token", "Generating…", state.busy,
                                tokens::Msg{tokens::ClickedGenerate{}});
    submit.disabled = submit.disabled || (state.chosen.is_lifetime() && !state.lifetime_confirmed);
    made.children.push_back(actions(list(std::move(cancel), std::move(submit))));
    return made;
}

auto until_words(const access::AccessToken& token, const app::Context& context) -> std::string {
    const auto label = access::validity_label(token.validity);
    const auto left = access::time_left(token, context.now);
    if (!token.expires_at || !left) {
        return label + ", until you expire it by hand";
    }
    return label + ", until " +
           format_when_in_sentence(*token.expires_at, context.now, context.zone) + " (" +
           format_countdown(*left) + " left)";
}

auto copy_words(tokens::CopyState copy) -> std::string {
    switch (copy) {
        case tokens::CopyState::NotCopied: return "You can view it again in the list.";
        case tokens::CopyState::Copied: return "Copied. You can view it again in the list.";
        case tokens::CopyState::Refused:
            return "The browser did not allow copying. Select the Token ID and copy it by hand.";
    }
    return {};
}

auto token_id_box(const Secret& token_id, tokens::CopyState copy) -> Node {
    Node box;
    box.kind = Kind::CodeBox;
    box.id = "token_id";
    box.name = "Token ID";
    box.detail = token_id.reveal();
    auto button_copy =
        button("copy", "Copy Token ID", tokens::Msg{tokens::ClickedCopy{}}, ButtonStyle::Primary);
    button_copy.autofocus = true;
    const auto tone = copy == tokens::CopyState::Refused ? Tone::Bad : Tone::Plain;
    box.children =
        list(std::move(button_copy), text(copy_words(copy), TextStyle::SmallMuted, tone));
    return box;
}

auto hand_over_words() -> Node {
    return sentence(list(text("Send it to the engineer by a channel you trust. They sign in to "
                              "their own account and open ",
                              TextStyle::Muted),
                         text("Organization / Configure / Assume User", TextStyle::Strong),
                         text(". You can expire it at any moment.", TextStyle::Muted)));
}

auto view_dialog(const tokens::GeneratedDialog& state, const app::Context& context) -> Node {
    auto made = dialog("generated_dialog", "Token generated",
                       until_words(state.generated.token, context), close_dialog);
    made.children = list(token_id_box(state.generated.token_id, state.copy), hand_over_words(),
                         actions(list(button("done", "Done", close_dialog))));
    return made;
}

auto password_field(const tokens::RevealDialog& state) -> Node {
    Field field;
    field.kind = FieldKind::Password;
    field.filled = !state.password.empty();
    field.autocomplete = "current-password";
    field.longest = api::longest_password;
    field.error = state.error ? api::explain(*state.error) : std::string();
    field.on_input = [](std::string typed) -> app::Msg {
        return tokens::Msg{tokens::TypedPassword{Secret(std::move(typed))}};
    };
    field.on_submit = tokens::Msg{tokens::SubmittedPassword{}};
    auto made = text_field("password", "Your password", std::move(field));
    made.autofocus = true;
    made.disabled = state.busy;
    return made;
}

void add_password_form(const tokens::RevealDialog& state, Node& made) {
    made.children.push_back(
        text("You signed in a while ago. Viewing a Token ID asks for your password again.",
             TextStyle::Muted));
    made.children.push_back(password_field(state));
    auto submit = submit_button("View Token ID", "Opening…", state.busy,
                                tokens::Msg{tokens::SubmittedPassword{}});
    submit.disabled = submit.disabled || state.password.empty();
    made.children.push_back(actions(list(cancel_button(close_dialog), std::move(submit))));
}

auto view_dialog(const tokens::RevealDialog& state, const app::Context& context) -> Node {
    auto made =
        dialog("reveal_dialog", "View Token ID", until_words(state.token, context), close_dialog);
    if (!state.token_id.empty()) {
        made.children = list(token_id_box(state.token_id, state.copy),
                             text("Viewing it has been recorded in the audit.", TextStyle::Muted),
                             actions(list(button("done", "Done", close_dialog))));
        return made;
    }
    if (state.password_needed) {
        add_password_form(state, made);
        return made;
    }
    made.children.push_back(state.error ? error_notice(*state.error)
                                        : skeleton("Opening the Token ID"));
    made.children.push_back(actions(list(button("done", "Close", close_dialog))));
    return made;
}

auto in_use_warning(const std::vector<access::AccessToken>& tokens) -> std::string {
    int in_use = 0;
    std::string who = "Somebody";
    for (const auto& token : tokens) {
        in_use += token.live_count;
        // Of several who used it, the last to come need not be the one who is in.
        if (token.live_count == 1 && token.use_count == 1) {
            who = token.last_used_by.value_or(who);
        }
    }
    if (in_use == 0) {
        return tokens.size() == 1 ? "Nobody is using it now." : "Nobody is using them now.";
    }
    return in_use == 1 ? who + " is in right now and will be out at once."
                       : std::to_string(in_use) + " sessions are open right now and end at once.";
}

/// `pcc_7K2M…XWM4, pcc_0A1B…2C3D and 4 more`; of one, its validity as well.
auto which_words(const std::vector<access::AccessToken>& tokens) -> std::string {
    constexpr std::size_t most = 3;
    if (tokens.size() == 1) {
        return tokens[0].hint + " · " + access::validity_label(tokens[0].validity);
    }
    auto words = tokens[0].hint;
    for (std::size_t i = 1; i < std::min(most, tokens.size()); ++i) {
        words += ", ";
        words += tokens[i].hint;
    }
    if (tokens.size() > most) {
        words += " and " + std::to_string(tokens.size() - most) + " more";
    }
    return words;
}

auto view_dialog(const tokens::EndDialog& state, const app::Context& context) -> Node {
    const bool expiring = state.ending == tokens::Ending::Expire;
    const bool one = state.tokens.size() == 1;
    const auto count = std::to_string(state.tokens.size());
    const std::string word = expiring ? "Expire " : "Delete ";
    auto made = dialog("end_dialog", word + (one ? "this token?" : count + " tokens?"),
                       which_words(state.tokens), close_dialog);
    made.alert = true;
    if (access::is_active(state.tokens[0], context.now)) {
        made.children.push_back(text(in_use_warning(state.tokens) + " This cannot be undone."));
    }
    made.children.push_back(text(
        expiring ? "What is expired stays in the Expired Tokens List, to be looked up later."
                 : "What is deleted goes from the lists. What was done with it stays in the audit.",
        TextStyle::Muted));
    if (state.error) {
        made.children.push_back(error_notice(*state.error));
    }
    auto cancel = cancel_button(close_dialog);
    cancel.autofocus = true;
    cancel.disabled = state.busy;
    made.children.push_back(actions(list(
        std::move(cancel),
        submit_button(word + (one ? "Token" : count + " Tokens"),
                      one ? (expiring ? "Expiring…" : "Deleting…")
                          : std::to_string(state.answered) + " of " + count + "…",
                      state.busy, tokens::Msg{tokens::ConfirmedEnding{}}, ButtonStyle::Danger))));
    return made;
}

}  // namespace

auto view_tokens_dialog(const app::tokens::Model& page, const app::Context& context)
    -> std::optional<Node> {
    return std::visit(
        [&](const auto& state) -> std::optional<Node> {
            if constexpr (std::is_same_v<std::decay_t<decltype(state)>, tokens::NoDialog>) {
                return std::nullopt;
            } else {
                return view_dialog(state, context);
            }
        },
        page.dialog);
}

}  // namespace pcc::view
