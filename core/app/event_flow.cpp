#include "core/app/event_flow.hpp"

#include <algorithm>
#include <utility>

#include "core/api/codec.hpp"
#include "core/app/navigate.hpp"
#include "core/app/session_flow.hpp"

namespace pcc::app {

namespace {

/// Answers travel for a while: a smaller difference than this is no news about the clock.
constexpr std::chrono::milliseconds clock_jitter{400};

void correct(Clock& clock, Instant server) {
    const auto offset = server - clock.browser;
    const auto moved = offset > clock.offset ? offset - clock.offset : clock.offset - offset;
    if (!clock.trusted || moved > clock_jitter) {
        clock.offset = offset;
        clock.trusted = true;
    }
}

auto parse_millis(std::string_view text) -> std::optional<Instant> {
    constexpr std::size_t most_digits = 15;
    if (text.empty() || text.size() > most_digits) {
        return std::nullopt;
    }
    long long ms = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') {
            return std::nullopt;
        }
        ms = ms * 10 + (c - '0');
    }
    return instant_from_millis(ms);
}

/// Whether it is over, once.
auto take_if_over(std::optional<Instant>& end, Instant now) -> bool {
    if (!end || *end > now) {
        return false;
    }
    end.reset();
    return true;
}

auto is_mine(const Model& model, const AssumptionId& id) -> bool {
    return model.assumption && model.assumption->id == id;
}

/// The admin hears that somebody left, and is offered to expire the token while it is on their
/// mind.
void tell_left(const access::Assumption& assumption, Outbox& outbox) {
    const bool token_lives =
        assumption.ended && assumption.ended->reason != access::AssumptionEndReason::TokenExpired &&
        assumption.ended->reason != access::AssumptionEndReason::TokenDeleted;
    const auto said = assumption.engineer.name + " is out.";
    if (token_lives) {
        outbox.offer(said, "If the work is done, expire the token.", "Expire the token",
                     {tokens::Msg{tokens::AskedToExpire{assumption.token}}}, true);
    } else {
        outbox.toast(ToastTone::Ok, said);
    }
}

void receive_ended_assumption(Model& model, const api::Event& event, Outbox& outbox) {
    if (is_mine(model, event.assumption) && model.going_back) {
        leave_acting(model, outbox);  // the event overtook the answer to Go Back
        return;
    }
    if (is_mine(model, event.assumption)) {
        end_acting(model, event.ended_assumption ? *event.ended_assumption : *model.assumption, {},
                   outbox);
        return;
    }
    if (model.assumption || model.session->role != access::Role::Admin) {
        return;
    }
    if (event.ended_assumption &&
        event.ended_assumption->organization == model.session->organization.id) {
        tell_left(*event.ended_assumption, outbox);
    }
    refresh_page(model, outbox);
}

}  // namespace

void note_server_time(Clock& clock, const api::HttpResponse& response) {
    const auto server = parse_millis(api::header(response.headers, api::header_name::time));
    if (server) {
        correct(clock, *server);
    }
}

auto intercept_refusal(Model& model, const api::HttpResponse& response, Outbox& outbox) -> bool {
    if (response.status < 400) {
        return false;
    }
    const auto error = error_of(response);
    if (error.is(api::code::not_signed_in) && model.phase == Phase::Ready) {
        lose_session(model, "Your session has ended. Sign in again to go on.", outbox);
        return true;
    }
    const bool over =
        error.is(api::code::assumption_ended) || error.is(api::code::assumption_unknown);
    if (!over || model.wires.assumption.empty()) {
        return false;
    }
    if (model.phase == Phase::Ready && model.assumption) {
        end_acting(model, *model.assumption, error.detail, outbox);
        return true;
    }
    // Asked after a reload: go on as oneself.
    model.wires.assumption = AssumptionId();
    model.ended = EndedAccess{{}, error.detail};
    model.wanted_path = route_path({Screen::Assume, {}});
    outbox.send(Channel::Act, api::GetSession{}, {},
                [](const api::HttpResponse& reply) -> Msg { return SessionArrived{reply}; });
    return true;
}

void open_events(Model& model, Outbox& outbox) {
    model.events_heard = model.clock.browser;
    outbox.add(OpenEvents{model.wires.assumption});
}

void receive_events_opened(Model& model, Outbox& outbox) {
    if (model.phase != Phase::Ready) {
        return;
    }
    model.events_heard = model.clock.browser;
    const bool was_broken = model.events_failures > 0;
    model.events_failures = 0;
    model.reachable = true;
    if (was_broken) {
        refresh_page(model, outbox);
    }
}

void receive_event(Model& model, const std::string& name, const std::string& data, Outbox& outbox) {
    if (model.phase != Phase::Ready) {
        return;
    }
    model.events_heard = model.clock.browser;
    if (!std::exchange(model.reachable, true)) {
        refresh_page(model, outbox);  // a request went astray, and the server is there
    }
    const auto event = api::decode_event(name, data);
    if (!event) {
        return;  // an event of a later version: what it is about is loaded when the page is
    }
    if (name == "ping") {  // all others tell when something was done
        correct(model.clock, event->at);
    }
    if (name == "session.ended") {
        lose_session(model, "Your session has ended. Sign in again to go on.", outbox);
    } else if (name == "assumption.ended") {
        receive_ended_assumption(model, *event, outbox);
    } else if (name != "ping" && !model.assumption) {
        refresh_page(model, outbox);
    }
}

void receive_events_closed(Model& model, const EventsClosed& closed, Outbox& outbox) {
    if (model.phase != Phase::Ready) {
        return;
    }
    const int status = closed.status;
    if (status >= 400 && status < 500) {
        // Asked in plain words, the answer says whether the session or the assumption is over. If
        // neither is, the stream is tried again like any other.
        outbox.send(Channel::Act, api::GetSession{}, {},
                    [](const api::HttpResponse& response) -> Msg {
                        return EventsClosed{0, response.status != 0};
                    });
        return;
    }
    // One that breaks is opened again, and mostly that is all; nobody need hear of it.
    if (++model.events_failures > 1 && status == 0 && !closed.answered) {
        model.reachable = false;
    }
    constexpr int first_delay = 500;
    constexpr int longest_delay = 15'000;
    const int doublings = std::min(model.events_failures - 1, 5);
    outbox.add(StartTimer{TimerId::RetryEvents, std::min(first_delay << doublings, longest_delay)});
}

void receive_time(Model& model, Outbox& outbox) {
    if (model.phase != Phase::Ready) {
        return;
    }
    const auto now = model.clock.now();
    if (model.assumption && !access::is_live(*model.assumption, now)) {
        end_acting(model, *model.assumption, {}, outbox);
        return;
    }
    // A ping comes every 15 s. Silent for longer, the connection is dead, or this computer slept.
    constexpr std::chrono::seconds longest_silence{45};
    if (model.events_failures == 0 && model.clock.browser - model.events_heard > longest_silence) {
        receive_events_closed(model, {}, outbox);
    }
    if (take_if_over(model.pages.tokens.sums.next_end, now)) {
        outbox.then(tokens::Msg{tokens::NewsArrived{}});
    }
    if (take_if_over(model.pages.sessions.next_end, now)) {
        outbox.then(sessions::Msg{sessions::NewsArrived{}});
    }
}

}  // namespace pcc::app
