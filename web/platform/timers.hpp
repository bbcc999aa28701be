// Timers: StartTimer carried out.
// Layer: web/platform. Decides no delay; JavaScript half in timers.js.
#pragma once

#include "core/app/effect.hpp"

namespace pcc::platform {

/// -> TimerFired, once; a timer of the same id is replaced.
void carry_out(const app::StartTimer& start);

}  // namespace pcc::platform
