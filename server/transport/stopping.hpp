// How the server ends: unready first, then drained, then gone; and what SIGHUP does.
// Layer: server/transport. One thread that waits for signals; answers nothing itself.
#pragma once

#include <chrono>
#include <functional>

#include "server/transport/service.hpp"

namespace pcc::server {

struct StopTimes {
    std::chrono::seconds wait{0};    // unready, but it answers
    std::chrono::seconds drain{20};  // at the longest, for what is under way
};

/// Keeps SIGINT, SIGTERM and SIGHUP for the thread that waits for them. Call before any other
/// thread starts.
void hold_stop_signals();

/// Waits for SIGINT or SIGTERM, then brings the service to its end. `renew` is called at each
/// SIGHUP, unless a terminal is there to send it. A second signal ends the process at once, as does
/// a drain that takes too long: with status 0 where nothing was cut off, else 1.
void wait_and_stop(Service& service, const StopTimes& times, const std::function<void()>& renew);

}  // namespace pcc::server
