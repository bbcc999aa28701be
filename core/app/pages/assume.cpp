#include "core/app/pages/assume.hpp"

#include <utility>

#include "core/api/codec.hpp"
#include "core/app/context.hpp"
#include "core/app/outbox.hpp"

namespace pcc::app::assume {

namespace {

void send_preflight(const Model& model, Outbox& outbox) {
    outbox.send(
        Channel::Preflight, api::PostPreflight{}, api::encode_token_id(model.pasted),
        [](const api::HttpResponse& response) -> app::Msg {
            return Msg{Preflighted{read_answer<api::Preflight>(response, api::decode_preflight)}};
        });
}

void ask_preflight(Model& model, Outbox& outbox) {
    model.preflight = Loading{};
    send_preflight(model, outbox);
}

/// The token may have ended meanwhile. What was refused is not asked again: guesses are counted.
void on(Model& model, const NewsArrived&, const Context&, Outbox& outbox) {
    const auto* error = failure(model.preflight);
    if (!model.assuming && (loaded(model.preflight) || (error && error->status == 0))) {
        send_preflight(model, outbox);
    }
}

void on(Model& model, const ChangedTokenId& m, const Context&, Outbox& outbox) {
    if (model.assuming) {
        return;
    }
    constexpr int pause = 150;  // Units: milliseconds
    outbox.abort(Channel::Preflight);
    model.pasted = m.pasted;
    model.preflight = NotAsked{};
    model.error.reset();
    model.idempotency_key = outbox.fresh_idempotency_key();
    const auto parsed = access::parse_token_id(model.pasted.reveal());
    model.fault.reset();
    if (!parsed) {
        if (parsed.error().fault != access::TokenIdFault::Empty) {
            model.fault = parsed.error();
        }
        return;
    }
    // Only what is well formed leaves the browser.
    model.pasted = parsed->text();
    outbox.add(StartTimer{TimerId::CheckToken, pause});
}

void on(Model& model, const TypingSettled&, const Context&, Outbox& outbox) {
    const bool ready =
        !model.pasted.empty() && !model.fault && std::holds_alternative<NotAsked>(model.preflight);
    if (ready) {
        ask_preflight(model, outbox);
    }
}

void on(Model& model, const Preflighted& m, const Context&, Outbox& outbox) {
    const bool shown = loaded(model.preflight) != nullptr;
    if (m.answer) {
        if (!shown) {
            outbox.announce("This Token ID opens " + m.answer->organization.name + ".");
        }
        model.preflight = *m.answer;
    } else if (!shown || m.answer.error().status != 0) {
        outbox.announce(api::explain(m.answer.error()));
        model.preflight = Failed<api::ApiError>{m.answer.error()};
    }
}

void on(Model& model, const ClickedCheckAgain&, const Context&, Outbox& outbox) {
    if (!model.pasted.empty() && !model.fault && !model.assuming) {
        model.error.reset();
        ask_preflight(model, outbox);
    }
}

void on(Model& model, const ClickedAssume&, const Context&, Outbox& outbox) {
    if (!loaded(model.preflight) || model.assuming) {
        return;
    }
    model.assuming = true;
    model.error.reset();
    outbox.send(
        Channel::Act, api::PostAssumption{}, api::encode_token_id(model.pasted),
        [](const api::HttpResponse& response) -> app::Msg {
            return Msg{Assumed{read_answer<access::Assumption>(response, api::decode_assumption)}};
        },
        model.idempotency_key);
}

void on(Model& model, const Assumed& m, const Context&, Outbox& outbox) {
    model.assuming = false;
    if (m.answer) {
        model = Model{};
        outbox.then(BeganAssumption{*m.answer});
        return;
    }
    const auto& error = m.answer.error();
    outbox.announce(api::explain(error));
    // Refused for good: the next try is another one. Without an answer it is the same.
    if (error.status >= 400 && error.status < 500 && !error.is(api::code::rate_limited)) {
        model.idempotency_key = outbox.fresh_idempotency_key();
    }
    if (error.is(api::code::token_ended) || error.is(api::code::token_unknown)) {
        model.preflight = Failed<api::ApiError>{error};
    } else {
        model.error = error;
    }
}

}  // namespace

void update(Model& model, const Msg& msg, const Context& context, Outbox& outbox) {
    std::visit([&](const auto& m) { on(model, m, context, outbox); }, msg);
}

}  // namespace pcc::app::assume
