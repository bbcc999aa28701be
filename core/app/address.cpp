#include "core/app/address.hpp"

#include <utility>

#include "core/app/list_state.hpp"

namespace pcc::app {

namespace {

template <class Dialog>
auto is_open(const Dialog& dialog) -> bool {
    return dialog.index() != 0;  // the first alternative is that of no dialog
}

auto has_dialog(const Model& model) -> bool {
    switch (model.route.screen) {
        case Screen::Tokens: return is_open(model.pages.tokens.dialog);
        case Screen::Network: return is_open(model.pages.network.dialog);
        case Screen::Sessions: return is_open(model.pages.sessions.dialog);
        default: return false;
    }
}

void close_dialog(const Model& model, Outbox& outbox) {
    switch (model.route.screen) {
        case Screen::Tokens: return outbox.then(tokens::Msg{tokens::ClosedDialog{}});
        case Screen::Network: return outbox.then(network::Msg{network::ClosedDialog{}});
        case Screen::Sessions: return outbox.then(sessions::Msg{sessions::ClosedDialog{}});
        default: return;
    }
}

/// A new screen, or a new address of the same one. Over an open overlay's entry nothing is pushed:
/// that entry becomes the screen's. What is changed in an overlay is written once it is closed and
/// its entry taken back: the entry below is the one that stays.
void write_screen(Model& model, Outbox& outbox) {
    auto& bar = model.address_bar;
    const auto wanted = std::exchange(bar.wanted, Address::Keep);
    if (bar.overlay_entry && wanted == Address::Keep) {
        return;
    }
    auto address = address_of(model);
    if (address.empty()) {
        return;  // what the person typed stays, so that they can mend it
    }
    if (wanted == Address::Push && !bar.overlay_entry) {
        outbox.add(PushUrl{address});
    } else if (wanted != Address::Keep || address != bar.shown) {
        outbox.add(ReplaceUrl{address});
    }
    if (wanted != Address::Keep) {
        bar.overlay_entry = false;
    }
    bar.shown = std::move(address);
}

void write_overlay(Model& model, Outbox& outbox) {
    auto& bar = model.address_bar;
    const bool open = has_overlay(model);
    if (open == bar.overlay_entry) {
        return;
    }
    bar.overlay_entry = open;
    if (open) {
        outbox.add(PushUrl{bar.shown});
    } else {
        bar.stepping_back = true;
        outbox.add(StepBack{});
    }
}

}  // namespace

auto has_overlay(const Model& model) -> bool {
    return model.help_open || model.menu_open || model.columns.open != 0 || has_dialog(model);
}

void close_overlay(Model& model, Outbox& outbox) {
    if (model.help_open) {
        model.help_open = false;
    } else if (model.menu_open) {
        model.menu_open = false;
    } else if (model.columns.open != 0) {
        model.columns.open = 0;
    } else {
        close_dialog(model, outbox);
    }
}

auto take_address(Model& model, const std::string& address, Outbox& outbox) -> bool {
    auto& bar = model.address_bar;
    const bool own = std::exchange(bar.stepping_back, false);
    const bool closes = std::exchange(bar.overlay_entry, false) && has_overlay(model);
    const bool same = address == std::exchange(bar.shown, address);
    if (same && closes && !own) {
        close_overlay(model, outbox);
    }
    return same && (own || closes);
}

void follow_with_address(Model& model, Outbox& outbox) {
    // While a step back is under way, an entry written now would not be where it is meant to be.
    if (model.phase != Phase::Ready || model.address_bar.stepping_back) {
        return;
    }
    write_screen(model, outbox);
    write_overlay(model, outbox);
}

}  // namespace pcc::app
