// The event stream of the backend, read with fetch: an EventSource cannot send PCC-Assumption.
// Layer: web/platform. Cuts the stream into events, does not read them; JavaScript half in
// events.js.
#pragma once

#include "core/app/effect.hpp"

namespace pcc::platform {

/// -> EventsOpened, EventArrived..., EventsClosed with the status of a refusal or 0.
void carry_out(const app::OpenEvents& open);
/// Nothing comes back. A tab that was hidden for a minute does the same by itself: BecameVisible
/// opens it anew.
void carry_out(const app::CloseEvents& close);

}  // namespace pcc::platform
