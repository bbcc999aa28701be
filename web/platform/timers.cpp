// Starts timers by id.
// Layer: web/platform. The clock that matters is the server's, and the app's business.
#include "web/platform/timers.hpp"

#include <emscripten.h>

#include "web/platform/frames.hpp"

extern "C" void pcc_timers_start(int id, int delay);

namespace pcc::platform {

void carry_out(const app::StartTimer& start) {
    pcc_timers_start(static_cast<int>(start.id), start.delay);
}

}  // namespace pcc::platform

extern "C" EMSCRIPTEN_KEEPALIVE void pcc_timers_fired(int id) {
    pcc::platform::post(pcc::app::TimerFired{static_cast<pcc::app::TimerId>(id)});
}
