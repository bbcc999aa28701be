// The server's clock: never goes back, and goes on at the pace of real time when the system's is
// set back. Layer: server/transport. The one place of the server that reads a clock.
#pragma once

#include <mutex>

#include "core/base/timestamp.hpp"

namespace pcc::server {

class Clock {
  public:
    Clock();
    /// The present. A system clock set forward is followed; one set back is not, so that nothing
    /// which has ended lives again and no life grows longer.
    auto now() -> Instant;

  private:
    std::mutex mutex_;
    Instant anchor_;
    Millis anchor_uptime_{};
};

}  // namespace pcc::server
