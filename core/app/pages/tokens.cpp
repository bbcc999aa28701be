#include "core/app/pages/tokens.hpp"

#include <algorithm>
#include <utility>

#include "core/access/token_id_mask.hpp"
#include "core/api/codec.hpp"
#include "core/app/context.hpp"
#include "core/app/outbox.hpp"
#include "core/app/pages/paged.hpp"

namespace pcc::app::tokens {

namespace {

using api::TokenListState;

// --- loading the two lists ---

template <TokenListState state>
auto read_tokens(const api::HttpResponse& response) -> app::Msg {
    return Msg{LoadedTokens{state, read_answer<Tokens>(response, api::decode_tokens)}};
}

void ask(const Model& model, TokenListState state, Outbox& outbox) {
    const bool active = state == TokenListState::Active;
    const auto& list = model.list(state);
    api::TokenQuery query;
    query.state = state;
    query.search = model.search;
    query.sort = list.sort;
    query.cursor = next_cursor(list);
    outbox.send(
        active ? Channel::ActiveTokens : Channel::ExpiredTokens, api::GetTokens{query}, {},
        active ? &read_tokens<TokenListState::Active> : &read_tokens<TokenListState::Expired>);
}

void renew(Model& model, TokenListState state, Outbox& outbox) {
    renew_list(model.list(state));
    ask(model, state, outbox);
}

void on(Model& model, const NewsArrived&, const Context&, Outbox& outbox) {
    renew(model, TokenListState::Active, outbox);
    renew(model, TokenListState::Expired, outbox);
}

void on(Model& model, const ChangedSearch& m, const Context&, Outbox& outbox) {
    constexpr int pause = 200;  // Units: milliseconds
    model.search = access::mask_token_id(m.text);
    seek_in_list(model.active, Channel::ActiveTokens, outbox);
    seek_in_list(model.expired, Channel::ExpiredTokens, outbox);
    outbox.add(StartTimer{TimerId::Search, pause});
}

void on(Model& model, const SearchSettled&, const Context&, Outbox& outbox) {
    for (const auto state : {TokenListState::Active, TokenListState::Expired}) {
        restart_list(model.list(state));
        ask(model, state, outbox);
    }
}

void on(Model& model, const ClickedSort& m, const Context&, Outbox& outbox) {
    auto& list = model.list(m.list);
    list.sort = m.sort;
    restart_list(list);
    ask(model, m.list, outbox);
}

void on(Model& model, const NearedEnd& m, const Context&, Outbox& outbox) {
    if (near_end(model.list(m.list))) {
        ask(model, m.list, outbox);
    }
}

/// Adds the rows from `first` on. One whose time is over here, but not yet for the server, is
/// looked at again in a second.
void sum_up(Model& model, std::size_t first, bool answered, Instant now) {
    const auto* page = loaded(model.active);
    auto& sums = model.sums;
    if (first == 0) {
        sums = Sums{};
    }
    for (auto i = first; page && i < page->items.size(); ++i) {
        const auto& token = page->items[i];
        sums.in_use += token.live_count > 0 ? 1 : 0;
        if (!token.expires_at || (!answered && *token.expires_at <= now)) {
            continue;
        }
        const auto end = std::max(*token.expires_at, now + std::chrono::seconds(1));
        sums.next_end = std::min(sums.next_end.value_or(end), end);
    }
}

void on(Model& model, const LoadedTokens& m, const Context& context, Outbox& outbox) {
    auto& list = model.list(m.list);
    const auto* shown = loaded(list);
    const auto first = list.renewing || !shown ? 0 : shown->items.size();
    const bool again = take_page(list, m.answer, outbox, [&](const auto& before, const auto& now) {
        carry_over(model.selection(m.list), before, now);
    });
    if (m.list == TokenListState::Active) {
        sum_up(model, first, m.answer.has_value(), context.now);
    }
    if (again) {
        ask(model, m.list, outbox);
    }
}

// --- generating ---

void on(Model& model, const ClickedGenerateNew&, const Context&, Outbox& outbox) {
    GenerateDialog dialog;
    dialog.idempotency_key = outbox.fresh_idempotency_key();
    model.dialog = dialog;
}

void on(Model& model, const ChoseValidity& m, const Context&, Outbox&) {
    auto* dialog = std::get_if<GenerateDialog>(&model.dialog);
    if (dialog && !dialog->busy) {
        dialog->chosen = m.validity;
        dialog->lifetime_confirmed = false;
        dialog->error.reset();
    }
}

void on(Model& model, const ConfirmedLifetime&, const Context&, Outbox&) {
    if (auto* dialog = std::get_if<GenerateDialog>(&model.dialog)) {
        dialog->lifetime_confirmed = !dialog->lifetime_confirmed;
    }
}

void on(Model& model, const ClickedGenerate&, const Context&, Outbox& outbox) {
    auto* dialog = std::get_if<GenerateDialog>(&model.dialog);
    if (!dialog || dialog->busy || (dialog->chosen.is_lifetime() && !dialog->lifetime_confirmed)) {
        return;
    }
    dialog->busy = true;
    dialog->error.reset();
    outbox.send(
        Channel::Act, api::PostToken{}, api::encode_generate_token({dialog->chosen}),
        [](const api::HttpResponse& response) -> app::Msg {
            return Msg{GeneratedToken{
                read_answer<api::GeneratedToken>(response, api::decode_generated_token)}};
        },
        dialog->idempotency_key);
}

/// For somebody who has left the page meanwhile.
void tell_generated(const GeneratedToken& m, Outbox& outbox) {
    if (m.answer) {
        outbox.toast(ToastTone::Ok, "The token is generated.",
                     "View its Token ID in the list of tokens.");
    } else {
        outbox.toast(ToastTone::Bad, "Generating the token failed.",
                     api::explain(m.answer.error()));
    }
}

void on(Model& model, const GeneratedToken& m, const Context&, Outbox& outbox) {
    auto* dialog = std::get_if<GenerateDialog>(&model.dialog);
    if (!dialog || !dialog->busy) {
        return tell_generated(m, outbox);
    }
    if (!m.answer) {
        dialog->busy = false;
        dialog->error = m.answer.error();
        return;
    }
    model.marked = m.answer->token.handle;
    model.dialog = GeneratedDialog{*m.answer, CopyState::NotCopied};
    outbox.announce("Token generated. Copy the Token ID and hand it over.");
    renew(model, TokenListState::Active, outbox);
}

// --- copying and viewing ---

auto shown_token_id(const Model& model) -> const Secret* {
    if (const auto* generated = std::get_if<GeneratedDialog>(&model.dialog)) {
        return &generated->generated.token_id;
    }
    if (const auto* reveal = std::get_if<RevealDialog>(&model.dialog)) {
        return reveal->token_id.empty() ? nullptr : &reveal->token_id;
    }
    return nullptr;
}

void on(Model& model, const ClickedCopy&, const Context&, Outbox& outbox) {
    if (const auto* token_id = shown_token_id(model)) {
        outbox.add(CopyText{*token_id});
    }
}

void on(Model& model, const CopiedTokenId& m, const Context&, Outbox& outbox) {
    const auto state = m.done ? CopyState::Copied : CopyState::Refused;
    if (auto* generated = std::get_if<GeneratedDialog>(&model.dialog)) {
        generated->copy = state;
    } else if (auto* reveal = std::get_if<RevealDialog>(&model.dialog)) {
        reveal->copy = state;
    }
    outbox.announce(m.done ? "Token ID copied."
                           : "The browser did not allow copying. Select the Token ID and copy it.");
}

void send_reveal(RevealDialog& dialog, Outbox& outbox) {
    dialog.busy = true;
    dialog.error.reset();
    outbox.send(
        Channel::Reveal, api::RevealToken{dialog.token.handle}, api::encode_reveal(dialog.password),
        [](const api::HttpResponse& response) -> app::Msg {
            return Msg{RevealedTokenId{read_answer<Secret>(response, api::decode_revealed)}};
        });
}

void on(Model& model, const ClickedView& m, const Context&, Outbox& outbox) {
    RevealDialog dialog;
    dialog.token = m.token;
    send_reveal(dialog, outbox);
    model.dialog = std::move(dialog);
}

void on(Model& model, const TypedPassword& m, const Context&, Outbox&) {
    if (auto* dialog = std::get_if<RevealDialog>(&model.dialog)) {
        dialog->password = m.password;
        dialog->error.reset();
    }
}

void on(Model& model, const SubmittedPassword&, const Context&, Outbox& outbox) {
    auto* dialog = std::get_if<RevealDialog>(&model.dialog);
    if (dialog && !dialog->busy && !dialog->password.empty()) {
        send_reveal(*dialog, outbox);
    }
}

void on(Model& model, const RevealedTokenId& m, const Context&, Outbox&) {
    auto* dialog = std::get_if<RevealDialog>(&model.dialog);
    if (!dialog) {
        return;
    }
    dialog->busy = false;
    dialog->password.wipe();
    if (m.answer) {
        dialog->token_id = *m.answer;
        dialog->password_needed = false;
        return;
    }
    const bool asks_first = m.answer.error().is(api::code::password_required);
    if (!asks_first || dialog->password_needed) {
        dialog->error = m.answer.error();
    }
    dialog->password_needed = dialog->password_needed || asks_first;
}

// --- ending ---

void on(Model&, const AskedToExpire& m, const Context&, Outbox& outbox) {
    outbox.send(Channel::TokenToExpire, api::GetToken{m.handle}, {},
                [](const api::HttpResponse& response) -> app::Msg {
                    return Msg{FetchedToExpire{
                        read_answer<access::AccessToken>(response, api::decode_token)}};
                });
}

void on(Model& model, const FetchedToExpire& m, const Context& context, Outbox& outbox) {
    if (!m.answer) {
        outbox.toast(ToastTone::Bad, "The token could not be found.",
                     api::explain(m.answer.error()));
    } else if (!access::is_active(*m.answer, context.now)) {
        outbox.toast(ToastTone::Ok, "That token has ended already.");
    } else if (!std::holds_alternative<NoDialog>(model.dialog)) {
        // Another dialog was opened meanwhile, and what it does is not to be lost.
        outbox.offer("A token is still to be expired.", "Another dialog was opened meanwhile.",
                     "Expire the token", {Msg{AskedToExpire{m.answer->handle}}}, true);
    } else {
        EndDialog dialog;
        dialog.tokens.push_back(*m.answer);
        model.dialog = std::move(dialog);
    }
}

void on(Model& model, const ClosedDialog&, const Context&, Outbox& outbox) {
    const auto* generating = std::get_if<GenerateDialog>(&model.dialog);
    const auto* ending = std::get_if<EndDialog>(&model.dialog);
    if ((generating && generating->busy) || (ending && ending->busy)) {
        return;  // the answer is told here alone: a Token ID, or what came of each token
    }
    if (std::holds_alternative<NoDialog>(model.dialog)) {
        clear_selections(model, outbox);
    }
    outbox.abort(Channel::Reveal);
    model.dialog = NoDialog{};
}

}  // namespace

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, context, outbox); }, msg);
}

}  // namespace pcc::app::tokens
