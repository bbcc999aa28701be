#include "core/app/pages/tokens.hpp"

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

auto list_of(Model& model, TokenListState state) -> RemoteTokens& {
    return state == TokenListState::Active ? model.active : model.expired;
}

auto loading_more(Model& model, TokenListState state) -> bool& {
    return state == TokenListState::Active ? model.loading_more_active : model.loading_more_expired;
}

auto channel_of(TokenListState state) -> Channel {
    return state == TokenListState::Active ? Channel::ActiveTokens : Channel::ExpiredTokens;
}

template <class LoadedMsg, TokenListState state>
auto read_tokens(const api::HttpResponse& response) -> app::Msg {
    return Msg{LoadedMsg{state, read_answer<Tokens>(response, api::decode_tokens)}};
}

template <class LoadedMsg>
auto reader_of(TokenListState state) -> Reader {
    return state == TokenListState::Active ? &read_tokens<LoadedMsg, TokenListState::Active>
                                           : &read_tokens<LoadedMsg, TokenListState::Expired>;
}

auto query_of(const Model& model, TokenListState state) -> api::TokenQuery {
    api::TokenQuery query;
    query.state = state;
    query.search = model.search;
    query.sort = state == TokenListState::Active ? model.active_sort : model.expired_sort;
    return query;
}

void load(Model& model, TokenListState state, Outbox& outbox) {
    loading_more(model, state) = false;
    outbox.send(channel_of(state), api::GetTokens{query_of(model, state)}, {},
                reader_of<LoadedTokens>(state));
}

void load_both(Model& model, Outbox& outbox) {
    load(model, TokenListState::Active, outbox);
    load(model, TokenListState::Expired, outbox);
}

void on(Model& model, const Opened&, const Context&, Outbox& outbox) {
    model.active = Loading{};
    model.expired = Loading{};
    load_both(model, outbox);
}

void on(Model& model, const NewsArrived&, const Context&, Outbox& outbox) {
    load_both(model, outbox);
}

void on(Model& model, const ChangedSearch& m, const Context&, Outbox& outbox) {
    constexpr int pause = 200;  // Units: milliseconds
    model.search = access::mask_token_id(m.text);
    outbox.add(StartTimer{TimerId::Search, pause});
}

void on(Model& model, const SearchSettled&, const Context&, Outbox& outbox) {
    load_both(model, outbox);
}

void on(Model& model, const ClickedSort& m, const Context&, Outbox& outbox) {
    (m.list == TokenListState::Active ? model.active_sort : model.expired_sort) = m.sort;
    load(model, m.list, outbox);
}

void on(Model& model, const NearedEnd& m, const Context&, Outbox& outbox) {
    auto query = query_of(model, m.list);
    query.cursor = next_cursor(list_of(model, m.list));
    if (query.cursor.empty() || loading_more(model, m.list)) {
        return;
    }
    loading_more(model, m.list) = true;
    outbox.send(channel_of(m.list), api::GetTokens{query}, {}, reader_of<LoadedMore>(m.list));
}

void on(Model& model, const LoadedTokens& m, const Context&, Outbox& outbox) {
    auto& list = list_of(model, m.list);
    if (const auto* shown = loaded(list); shown && m.answer) {
        carry_over(model.selection(m.list), shown->items, m.answer->items);
    }
    take_first(list, m.answer, outbox);
}

void on(Model& model, const LoadedMore& m, const Context&, Outbox& outbox) {
    loading_more(model, m.list) = false;
    take_more(list_of(model, m.list), m.answer, outbox);
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

void on(Model& model, const GeneratedToken& m, const Context&, Outbox& outbox) {
    auto* dialog = std::get_if<GenerateDialog>(&model.dialog);
    if (!m.answer) {
        if (dialog) {
            dialog->busy = false;
            dialog->error = m.answer.error();
        }
        return;
    }
    model.marked = m.answer->token.handle;
    model.dialog = GeneratedDialog{*m.answer, CopyState::NotCopied};
    outbox.announce("Token generated. Copy the Token ID and hand it over.");
    load(model, TokenListState::Active, outbox);
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
        Channel::Act, api::RevealToken{dialog.token.handle}, api::encode_reveal(dialog.password),
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
    outbox.send(Channel::Act, api::GetToken{m.handle}, {},
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
    model.dialog = NoDialog{};
}

}  // namespace

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, context, outbox); }, msg);
}

}  // namespace pcc::app::tokens
