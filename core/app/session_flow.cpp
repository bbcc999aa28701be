#include "core/app/session_flow.hpp"

#include "core/api/codec.hpp"
#include "core/app/event_flow.hpp"
#include "core/app/list_state.hpp"
#include "core/app/navigate.hpp"

namespace pcc::app {

namespace {

void become_ready(Model& model, Outbox& outbox) {
    model.phase = Phase::Ready;
    outbox.add(HideSignIn{});
    outbox.add(RememberAssumption{model.wires.assumption});
    open_events(model, outbox);
    open_path(model, model.wanted_path, Address::Replace, outbox);
    model.wanted_path.clear();
}

void ask_session(Outbox& outbox) {
    outbox.send(Channel::Act, api::GetSession{}, {},
                [](const api::HttpResponse& response) -> Msg { return SessionArrived{response}; });
}

/// Before a reload this tab acted for an organization: whether it still may is the server's to say.
void ask_to_resume(Model& model, Outbox& outbox) {
    model.wires.assumption = model.resume;
    model.resume = AssumptionId();
    ask_session(outbox);
}

void receive_signed_in(Model& model, api::Session session, Outbox& outbox) {
    model.wires.csrf = session.csrf;
    model.assumption = session.assumption;
    session.assumption.reset();
    model.session = std::move(session);
    if (!model.assumption && !model.resume.empty()) {
        ask_to_resume(model, outbox);
        return;
    }
    model.wires.assumption = model.assumption ? model.assumption->id : AssumptionId();
    become_ready(model, outbox);
}

void show_sign_in(Model& model, const std::string& notice, Outbox& outbox) {
    model.phase = Phase::SignedOut;
    outbox.add(ShowSignIn{notice});
}

/// Stops acting, whichever way it ended.
void drop_assumption(Model& model, Outbox& outbox) {
    model.assumption.reset();
    model.wires.assumption = AssumptionId();
    model.going_back = false;
    // What they say is the client's.
    std::erase_if(model.wires.toasts, [](const Toast& toast) { return !toast.stays; });
    outbox.add(RememberAssumption{});
    open_events(model, outbox);
}

}  // namespace

void receive_session(Model& model, const api::HttpResponse& response, Outbox& outbox) {
    auto session = read_answer<api::Session>(response, api::decode_session);
    if (session) {
        model.start_error.reset();
        receive_signed_in(model, std::move(*session), outbox);
        return;
    }
    if (response.status == 401) {
        show_sign_in(model, {}, outbox);
        return;
    }
    model.phase = Phase::Unreachable;
    model.start_error = session.error();
    outbox.add(HideSignIn{});
}

void lose_session(Model& model, const std::string& notice, Outbox& outbox) {
    outbox.abort_loads();
    outbox.add(CloseEvents{});
    outbox.add(RememberAssumption{});
    // The screen they were on opens again after they sign in; a client's screen does not.
    model.wanted_path = model.assumption ? "/" : address_of(model);
    model.session.reset();
    model.assumption.reset();
    model.ended.reset();
    model.resume = AssumptionId();
    model.pages = Pages{};
    model.going_back = false;
    model.wires.assumption = AssumptionId();
    model.wires.csrf.clear();
    model.wires.pending.clear();
    model.wires.toasts.clear();
    show_sign_in(model, notice, outbox);
}

void sign_out(Outbox& outbox) {
    outbox.send(
        Channel::Act, api::DeleteSession{}, {},
        [](const api::HttpResponse& response) -> Msg { return SignedOut{read_done(response)}; });
}

void receive_signed_out(Model& model, const std::optional<api::ApiError>& error, Outbox& outbox) {
    if (error) {
        outbox.toast(ToastTone::Bad, "You are still signed in.", api::explain(*error));
        return;
    }
    outbox.add(TellSignedOut{});
    lose_session(model, "You have signed out.", outbox);
    model.wanted_path = std::string("/");
    outbox.add(ReplaceUrl{"/"});
}

void begin_acting(Model& model, const access::Assumption& assumption, Outbox& outbox) {
    model.assumption = assumption;
    model.wires.assumption = assumption.id;
    model.ended.reset();
    outbox.add(RememberAssumption{assumption.id});
    open_events(model, outbox);
    open_route(model, {Screen::Networks, {}}, Address::Push, outbox);
    outbox.announce("You are in " + assumption.organization_name +
                    ". Go Back is at the top of the page.");
}

void end_acting(Model& model, access::Assumption assumption, const std::string& detail,
                Outbox& outbox) {
    drop_assumption(model, outbox);
    outbox.announce("Your access to " + assumption.organization_name + " has ended.");
    model.ended = EndedAccess{std::move(assumption), detail};
    open_route(model, {Screen::Assume, {}}, Address::Replace, outbox);
}

void go_back(Model& model, Outbox& outbox) {
    if (!model.assumption || model.going_back) {
        return;
    }
    model.going_back = true;
    outbox.send(
        Channel::Act, api::DeleteAssumption{model.assumption->id}, {},
        [](const api::HttpResponse& response) -> Msg { return WentBack{read_done(response)}; });
}

void receive_went_back(Model& model, const std::optional<api::ApiError>& error, Outbox& outbox) {
    model.going_back = false;
    if (!model.assumption) {
        return;
    }
    if (error) {
        outbox.toast(ToastTone::Bad,
                     "You are still in " + model.assumption->organization_name + ".",
                     api::explain(*error));
        return;
    }
    leave_acting(model, outbox);
}

void leave_acting(Model& model, Outbox& outbox) {
    const auto name = model.assumption ? model.assumption->organization_name : std::string();
    drop_assumption(model, outbox);
    open_route(model, home_route(*model.session), Address::Push, outbox);
    if (!name.empty()) {
        outbox.toast(ToastTone::Ok, "You have left " + name + ".",
                     "You are back in your own organization.");
    }
}

}  // namespace pcc::app
