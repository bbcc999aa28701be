// Toasts once they are shown: when they go, who holds them, and what their button does.
// Layer: app. The Outbox is what makes them.
#pragma once

#include "core/app/model.hpp"
#include "core/app/outbox.hpp"

namespace pcc::app {

/// Takes away those that were there for as long as there is to read. What went wrong, and what asks
/// for something, stays until it is dismissed; so does all while somebody reads.
void dismiss_old_toasts(Model& model, Outbox& outbox);
/// While they are held none goes; once nobody reads them any more, each has its whole time again.
void hold_toasts(Model& model, bool held, Outbox& outbox);
/// Does what a toast offers, where it is done, and takes the toast away.
void follow_toast(Model& model, int id, Outbox& outbox);
void drop_toast(Wires& wires, int id);

}  // namespace pcc::app
