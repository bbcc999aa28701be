#include "core/app/model.hpp"

namespace pcc::app {

auto context_of(const Model& model) -> Context {
    return {model.clock.now(), model.zone, *model.session, model.assumption};
}

auto is_dark(const Display& display) -> bool {
    return display.theme_choice.empty() ? display.system.dark : display.theme_choice == "dark";
}

auto is_plain(const Display& display) -> bool {
    return display.plain_choice || !display.has_canvas || display.system.forced_colors;
}

auto can_open(Screen screen, const access::Actor& actor) -> access::Verdict {
    switch (screen) {
        case Screen::Tokens: return access::can_list_tokens(actor);
        case Screen::Audit: return access::can_list_audit(actor);
        case Screen::Assume: return access::can_assume(actor);
        case Screen::Sessions:
        case Screen::Settings:
            if (actor.is_assuming()) {
                return failed(access::Refusal::ForbiddenWhileAssuming);
            }
            return {};
        case Screen::Networks:
        case Screen::Network:
        case Screen::NotFound: return {};
    }
    return {};
}

auto home_route(const api::Session& session) -> Route {
    return {session.role == access::Role::Admin ? Screen::Tokens : Screen::Networks, {}};
}

}  // namespace pcc::app
