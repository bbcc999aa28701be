#include "core/app/toasts.hpp"

#include <algorithm>

#include "core/app/navigate.hpp"

namespace pcc::app {
namespace {

auto time_to_read(const Toast& toast) -> Millis {
    return Millis{6000} + Millis{60} * (toast.text.size() + toast.detail.size());
}

}  // namespace

void dismiss_old_toasts(Model& model, Outbox& outbox) {
    const auto now = model.clock.now();
    bool more = false;
    for (auto& toast : model.wires.toasts) {
        const bool goes = !model.wires.toasts_held && toast.tone != ToastTone::Bad && !toast.stays;
        if (goes && now - toast.shown_at >= time_to_read(toast)) {
            toast.id = 0;
        }
        more = more || (goes && toast.id != 0);
    }
    sweep_toasts(model.wires);
    if (more) {
        outbox.add(StartTimer{TimerId::DismissToast, 2000});
    }
}

void hold_toasts(Model& model, bool held, Outbox& outbox) {
    model.wires.toasts_held = held;
    for (auto& toast : model.wires.toasts) {
        toast.shown_at = model.clock.now();
    }
    dismiss_old_toasts(model, outbox);
}

void follow_toast(Model& model, int id, Outbox& outbox) {
    const auto& toasts = model.wires.toasts;
    const auto found = std::find_if(toasts.begin(), toasts.end(),
                                    [id](const Toast& toast) { return toast.id == id; });
    if (found == toasts.end()) {
        return;
    }
    const auto toast = *found;  // leaving the page takes away others, and moves this one
    drop_toast(model.wires, id);
    if (toast.stays && model.route.screen != Screen::Tokens) {
        open_route(model, {Screen::Tokens, {}}, Address::Push, outbox);
    }
    for (const auto& msg : toast.msgs) {
        outbox.then(msg);
    }
}

void drop_toast(Wires& wires, int id) {
    for (auto& toast : wires.toasts) {
        if (toast.id == id) {
            toast.id = 0;
        }
    }
    sweep_toasts(wires);
}

}  // namespace pcc::app
