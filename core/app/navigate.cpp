#include "core/app/navigate.hpp"

#include "core/app/list_state.hpp"

namespace pcc::app {

namespace {

auto may_open(const Model& model) -> bool {
    return model.session &&
           can_open(model.route.screen, actor_of(*model.session, model.assumption)).has_value();
}

void leave_page(Model& model, const Route& route, Address address, Outbox& outbox) {
    outbox.abort_loads();
    model.route = route;
    model.menu_open = false;
    model.help_open = false;
    model.columns.open = 0;
    // Undo takes place on the page where it was done.
    for (auto& toast : model.wires.toasts) {
        if (!toast.msgs.empty() && !toast.stays) {
            toast.id = 0;
        }
    }
    sweep_toasts(model.wires);
    tokens::EndDialog ending;
    const bool goes_on = tokens::take_ending(model.pages.tokens, ending);
    model.pages = Pages{};
    if (goes_on) {
        model.pages.tokens.dialog = std::move(ending);
    }
    model.address_bar.wanted = address;
}

}  // namespace

void open_route(Model& model, const Route& route, Address address, Outbox& outbox) {
    leave_page(model, route, address, outbox);
    refresh_page(model, outbox);
}

void open_path(Model& model, const std::string& path, Address address, Outbox& outbox) {
    model.address_bar.shown = path;
    const bool is_home = path.empty() || path == "/" || path.rfind("/?", 0) == 0;
    if (is_home) {
        // `/` is nobody's screen: the address becomes that of home.
        open_route(model, home_route(*model.session), Address::Replace, outbox);
        return;
    }
    leave_page(model, parse_route(path), address, outbox);
    restore_lists(model, path);
    refresh_page(model, outbox);
}

void refresh_page(Model& model, Outbox& outbox) {
    if (!may_open(model)) {
        return;
    }
    switch (model.route.screen) {
        case Screen::Networks: return outbox.then(networks::Msg{networks::NewsArrived{}});
        case Screen::Network:
            return outbox.then(network::Msg{network::NewsArrived{model.route.network}});
        case Screen::Sessions: return outbox.then(sessions::Msg{sessions::NewsArrived{}});
        case Screen::Tokens: return outbox.then(tokens::Msg{tokens::NewsArrived{}});
        case Screen::Audit: return outbox.then(audit::Msg{audit::NewsArrived{}});
        case Screen::Assume: return outbox.then(assume::Msg{assume::NewsArrived{}});
        case Screen::Settings: return outbox.then(settings::Msg{settings::NewsArrived{}});
        case Screen::NotFound: return;
    }
}

}  // namespace pcc::app
