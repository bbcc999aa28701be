// The address bar follows the model: one entry per screen, one for what stands in front of it.
// Layer: app. Derived after each update, so that no page writes an address of its own.
#pragma once

#include "core/app/model.hpp"
#include "core/app/outbox.hpp"

namespace pcc::app {

/// Whether something stands in front of the screen that Escape and Back close.
auto has_overlay(const Model& model) -> bool;
/// Closes what stands in front; a dialog may refuse while its answer is awaited.
void close_overlay(Model& model, Outbox& outbox);

/// Takes in that the address bar changed by itself. True when that was all there is to do: Back
/// closed what stood in front, or the step back was our own.
auto take_address(Model& model, const std::string& address, Outbox& outbox) -> bool;
/// Writes the address where the model says another one than the bar, and the history entry of what
/// stands in front: made when it opens, taken back when it closes.
void follow_with_address(Model& model, Outbox& outbox);

}  // namespace pcc::app
