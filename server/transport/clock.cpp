#include "server/transport/clock.hpp"

#include <ctime>

namespace pcc::server {
namespace {

auto read(clockid_t id) -> Millis {
    timespec time{};
    clock_gettime(id, &time);
    return Millis(static_cast<long long>(time.tv_sec) * 1000 + time.tv_nsec / 1000000);
}

// Runs on through sleep, and is never set.
auto uptime() -> Millis {
    return read(CLOCK_BOOTTIME);
}

auto system_now() -> Instant {
    return Instant(read(CLOCK_REALTIME));
}

}  // namespace

Clock::Clock() : anchor_(system_now()), anchor_uptime_(uptime()) {}

auto Clock::now() -> Instant {
    const std::lock_guard lock(mutex_);
    const auto ticked = uptime();
    auto present = anchor_ + (ticked - anchor_uptime_);
    if (const auto system = system_now(); system > present) present = system;
    anchor_ = present;
    anchor_uptime_ = ticked;
    return present;
}

}  // namespace pcc::server
