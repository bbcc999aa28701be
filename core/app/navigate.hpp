// Navigation: opening a screen, and loading the one that is open again.
// Layer: app. Decides no access: can_open does.
#pragma once

#include "core/app/model.hpp"
#include "core/app/outbox.hpp"

namespace pcc::app {

/// Leaves the present screen, whose loads stop, and opens another.
void open_route(Model& model, const Route& route, Address address, Outbox& outbox);
/// Opens what a path names: a screen, home for `/`.
void open_path(Model& model, const std::string& path, Address address, Outbox& outbox);
/// Has the open screen load what it shows, keeping meanwhile what it shows already.
void refresh_page(Model& model, Outbox& outbox);

}  // namespace pcc::app
