#include "core/app/update.hpp"

#include <type_traits>
#include <utility>

#include "core/api/codec.hpp"
#include "core/app/address.hpp"
#include "core/app/event_flow.hpp"
#include "core/app/navigate.hpp"
#include "core/app/session_flow.hpp"
#include "core/app/toasts.hpp"

namespace pcc::app {

namespace {

// --- from the browser ---

void on(Model& model, const Started& m, Outbox&) {
    model.clock.browser = m.now;
    model.zone = m.zone;
    model.wanted_path = m.path;
    model.resume = m.assumption;
    model.display = {m.width, m.height, m.system, m.theme_choice, m.plain_choice, m.has_canvas};
    model.wires.seed = m.seed;
}

void on(Model& model, const SessionArrived& m, Outbox& outbox) {
    note_server_time(model.clock, m.response);
    receive_session(model, m.response, outbox);
}

void on(Model& model, const HttpReplied& m, Outbox& outbox) {
    const auto pending = take_pending(model.wires, m.id);
    if (!pending) {
        return;
    }
    model.reachable = true;
    note_server_time(model.clock, m.response);
    if (!intercept_refusal(model, m.response, outbox)) {
        outbox.then(pending->read(m.response));
    }
}

void on(Model& model, const HttpFailed& m, Outbox& outbox) {
    const auto pending = take_pending(model.wires, m.id);
    if (!pending) {
        return;
    }
    model.reachable = false;
    outbox.then(pending->read(api::HttpResponse{}));
}

void on(Model& model, const EventsOpened&, Outbox& outbox) {
    receive_events_opened(model, outbox);
}

void on(Model& model, const EventArrived& m, Outbox& outbox) {
    receive_event(model, m.name, m.data, outbox);
}

void on(Model& model, const EventsClosed& m, Outbox& outbox) {
    receive_events_closed(model, m, outbox);
}

void on(Model& model, const AskedToCopy& m, Outbox& outbox) {
    model.wires.copying = m.words;
    outbox.add(CopyText{Secret(m.words)});
}

void on(Model& model, const Copied& m, Outbox& outbox) {
    const auto words = std::exchange(model.wires.copying, {});
    if (!words.empty()) {
        m.done ? outbox.toast(ToastTone::Ok, "Copied.", words)
               : outbox.toast(ToastTone::Bad, "The browser did not allow copying.");
    } else if (model.route.screen == Screen::Tokens) {
        outbox.then(tokens::Msg{tokens::CopiedTokenId{m.done}});
    }
}

void on(Model& model, const Ticked& m, Outbox& outbox) {
    model.clock.browser = m.now;
    receive_time(model, outbox);
}

void settle_typing(Model& model, Outbox& outbox) {
    if (model.route.screen == Screen::Tokens) {
        outbox.then(tokens::Msg{tokens::SearchSettled{}});
    } else if (model.route.screen == Screen::Networks) {
        outbox.then(networks::Msg{networks::SearchSettled{}});
    }
}

void on(Model& model, const TimerFired& m, Outbox& outbox) {
    if (model.phase != Phase::Ready) {
        return;
    }
    switch (m.id) {
        case TimerId::RetryEvents:
            if (model.events_failures > 0) {  // else it was opened otherwise meanwhile
                open_events(model, outbox);
            }
            return;
        case TimerId::CheckToken: return outbox.then(assume::Msg{assume::TypingSettled{}});
        case TimerId::Search: return settle_typing(model, outbox);
        case TimerId::DismissToast: return dismiss_old_toasts(model, outbox);
        case TimerId::RefreshAccessPoints:
            return outbox.then(network::Msg{network::RestartsSettled{}});
    }
}

void on(Model& model, const Resized& m, Outbox&) {
    model.display.width = m.width;
    model.display.height = m.height;
}

void on(Model& model, const CanvasChanged& m, Outbox&) {
    model.display.has_canvas = m.there;
}

void on(Model& model, const SystemLookChanged& m, Outbox&) {
    model.display.system = m.look;
}

void on(Model& model, const UrlChanged& m, Outbox& outbox) {
    const bool done = take_address(model, m.path, outbox);
    if (model.phase != Phase::Ready) {
        model.wanted_path = m.path;
        return;
    }
    if (done) {
        return;
    }
    model.ended.reset();
    open_path(model, m.path, Address::Keep, outbox);
}

/// Events may have been missed while the tab slept or had no connection.
void catch_up(Model& model, Outbox& outbox) {
    if (model.phase == Phase::Ready) {
        model.events_failures = 0;  // what closed it meanwhile is over
        open_events(model, outbox);
        refresh_page(model, outbox);
    } else if (model.phase == Phase::Unreachable) {
        outbox.then(ClickedRetry{});
    }
}

void on(Model& model, const BecameVisible&, Outbox& outbox) {
    catch_up(model, outbox);
}

void on(Model& model, const WentOffline&, Outbox& outbox) {
    model.reachable = false;
    outbox.announce("You are offline.");
}

void on(Model& model, const CameOnline&, Outbox& outbox) {
    model.reachable = true;
    catch_up(model, outbox);
}

void on(Model& model, const SignedOutElsewhere&, Outbox& outbox) {
    if (model.phase == Phase::Ready) {
        lose_session(model, "You signed out in another tab.", outbox);
    }
}

void on(Model& model, const PressedEscape&, Outbox& outbox) {
    close_overlay(model, outbox);
}

void on(Model& model, const PressedShortcut& m, Outbox&) {
    if (m.key == '?' && model.phase == Phase::Ready) {
        model.help_open = !model.help_open;
    }
}

// --- from around every page ---

void on(Model& model, const ClickedNavigation& m, Outbox& outbox) {
    model.ended.reset();
    open_route(model, m.route, m.route == model.route ? Address::Keep : Address::Push, outbox);
}

void on(Model& model, const ClickedGoBack&, Outbox& outbox) {
    go_back(model, outbox);
}

void on(Model& model, const WentBack& m, Outbox& outbox) {
    receive_went_back(model, m.error, outbox);
}

void on(Model&, const ClickedSignOut&, Outbox& outbox) {
    sign_out(outbox);
}

void on(Model& model, const SignedOut& m, Outbox& outbox) {
    receive_signed_out(model, m.error, outbox);
}

void on(Model& model, const BeganAssumption& m, Outbox& outbox) {
    begin_acting(model, m.assumption, outbox);
}

void on(Model& model, const RenamedOwnOrganization& m, Outbox&) {
    if (model.session) {
        model.session->organization.name = m.name;
    }
}

void on(Model& model, const ClickedTheme&, Outbox& outbox) {
    const bool dark = !is_dark(model.display);
    model.display.theme_choice = dark ? "dark" : "light";
    outbox.add(RememberLook{model.display.theme_choice, model.display.plain_choice});
}

void on(Model& model, const ChosePlain& m, Outbox& outbox) {
    model.display.plain_choice = m.plain;
    outbox.add(RememberLook{model.display.theme_choice, m.plain});
}

void on(Model& model, const ClickedRetry&, Outbox& outbox) {
    if (model.phase == Phase::Ready) {
        refresh_page(model, outbox);
        return;
    }
    model.phase = Phase::Starting;
    outbox.send(Channel::Act, api::GetSession{}, {},
                [](const api::HttpResponse& response) -> Msg { return SessionArrived{response}; });
}

void on(Model& model, const ClickedMenu&, Outbox&) {
    model.menu_open = !model.menu_open;
}

void on(Model& model, const ClickedHelp&, Outbox&) {
    model.help_open = !model.help_open;
}

void on(Model& model, const DismissedEnded&, Outbox&) {
    model.ended.reset();
}

void on(Model& model, const DismissedToast& m, Outbox&) {
    drop_toast(model.wires, m.id);
}

void on(Model& model, const ClickedToastAction& m, Outbox& outbox) {
    follow_toast(model, m.id, outbox);
}

void on(Model& model, const HeldToasts& m, Outbox& outbox) {
    hold_toasts(model, m.held, outbox);
}

void on(Model& model, const ChangedColumns& m, Outbox&) {
    update(model.columns, m);
}

// --- pages ---

void on(Model& model, const tokens::Msg& m, Outbox& outbox) {
    tokens::update(model.pages.tokens, m, context_of(model), outbox);
}
void on(Model& model, const assume::Msg& m, Outbox& outbox) {
    assume::update(model.pages.assume, m, context_of(model), outbox);
}
void on(Model& model, const networks::Msg& m, Outbox& outbox) {
    networks::update(model.pages.networks, m, context_of(model), outbox);
}
void on(Model& model, const network::Msg& m, Outbox& outbox) {
    network::update(model.pages.network, m, context_of(model), outbox);
}
void on(Model& model, const sessions::Msg& m, Outbox& outbox) {
    sessions::update(model.pages.sessions, m, context_of(model), outbox);
}
void on(Model& model, const settings::Msg& m, Outbox& outbox) {
    settings::update(model.pages.settings, m, context_of(model), outbox);
}
void on(Model& model, const audit::Msg& m, Outbox& outbox) {
    audit::update(model.pages.audit, m, context_of(model), outbox);
}

template <class T>
constexpr bool is_of_a_page = std::is_same_v<T, tokens::Msg> || std::is_same_v<T, assume::Msg> ||
                              std::is_same_v<T, networks::Msg> || std::is_same_v<T, network::Msg> ||
                              std::is_same_v<T, sessions::Msg> ||
                              std::is_same_v<T, settings::Msg> || std::is_same_v<T, audit::Msg>;

void dispatch(Model& model, const Msg& msg, Outbox& outbox) {
    std::visit(
        [&](const auto& m) {
            using M = std::decay_t<decltype(m)>;
            // Pages exist only for somebody who is signed in; what arrives later is late.
            if constexpr (is_of_a_page<M>) {
                if (model.phase != Phase::Ready) {
                    return;
                }
            }
            on(model, m, outbox);
        },
        msg.fact);
}

}  // namespace

auto update(Model model, const Msg& msg) -> Step {
    Effects effects;
    std::vector<Msg> queue{msg};
    for (std::size_t i = 0; i < queue.size(); ++i) {
        std::vector<Msg> follow_ups;
        const Msg current = std::move(queue[i]);
        Outbox outbox(model.wires, effects, follow_ups, model.clock.now());
        dispatch(model, current, outbox);
        for (auto& next : follow_ups) {
            queue.push_back(std::move(next));
        }
    }
    std::vector<Msg> none;
    Outbox outbox(model.wires, effects, none, model.clock.now());
    follow_with_address(model, outbox);
    return {std::move(model), std::move(effects)};
}

auto may_be_seen(const Model& model, const Msg& msg) -> bool {
    if (const auto* event = std::get_if<EventArrived>(&msg.fact)) {
        return event->name != "ping" || !model.reachable;
    }
    if (std::holds_alternative<EventsOpened>(msg.fact)) {
        return model.events_failures > 0 || !model.reachable;
    }
    return true;
}

}  // namespace pcc::app
