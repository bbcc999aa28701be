// Whoever may stand in the place of the console's page: nobody in the console that is shipped.
// Layer: web. Declarations only; the build links one file that fulfils them: no_guest.cpp, or for
// the benchmark tests/bench/console/web/guest.cpp.
#pragma once

#include "core/view/placed.hpp"
#include "web/ui/draw.hpp"

namespace pcc::guest {

/// Whether a message was the guest's own: then the console does not take it.
auto takes(const app::Msg& msg) -> bool;
/// May change what is about to be drawn.
void dresses(view::Picture& picture);
/// Hears what the screen shows from now on; both stay where they are.
void is_seen(const view::Frame& frame, const ui::DrawState& draw);

}  // namespace pcc::guest
