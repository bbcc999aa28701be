#include "server/transport/stopping.hpp"

#include <csignal>
#include <optional>

#include <pthread.h>
#include <unistd.h>

#include "server/cli/service_manager.hpp"

namespace pcc::server {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// What the workers handed back is written by the event loop in the meantime.
constexpr milliseconds last_writes{150};

auto held_signals() -> sigset_t {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&signals, number);
    return signals;
}

auto name_of(int signal) -> std::string {
    return signal == SIGINT ? "SIGINT" : signal == SIGHUP ? "SIGHUP" : "SIGTERM";
}

/// The signal that came within that time, if one did.
auto signal_within(milliseconds time) -> std::optional<int> {
    const auto signals = held_signals();
    const timespec wait{static_cast<time_t>(time.count() / 1000),
                        static_cast<long>(time.count() % 1000) * 1'000'000};
    const int number = sigtimedwait(&signals, nullptr, &wait);
    if (number < 0) return std::nullopt;
    return number;
}

/// Ends the process as a crash would: what was acknowledged is kept, the rest was never begun or is
/// rolled back.
[[noreturn]] void end_at_once(Service& service, std::string_view why) {
    const auto lost = service.under_way();
    service.reports().log().write(
        lost > 0 ? LogLevel::Error : LogLevel::Warning, "server.cut_off",
        {{"why", std::string(why)}, {"under_way", static_cast<long long>(lost)}});
    _exit(lost > 0 ? 1 : 0);
}

/// Until the time is over, or `done` says so. Another stop signal ends the process.
template <class Done>
auto wait_until(Service& service, steady_clock::time_point end, Done done) -> bool {
    while (!done()) {
        if (steady_clock::now() >= end) return false;
        const auto signal = signal_within(milliseconds{20});
        if (signal && *signal != SIGHUP) end_at_once(service, "a second " + name_of(*signal));
    }
    return true;
}

// A terminal that is closed sends SIGHUP, too, and means the end.
auto wait_for_stop(Service& service, const std::function<void()>& renew) -> int {
    const bool at_terminal = isatty(STDIN_FILENO) == 1;
    const auto signals = held_signals();
    for (int number = 0;;) {
        if (sigwait(&signals, &number) != 0) continue;
        if (number != SIGHUP || at_terminal) return number;
        service.reports().log().write(LogLevel::Info, "server.renewing");
        renew();
    }
}

}  // namespace

void hold_stop_signals() {
    const auto signals = held_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

void wait_and_stop(Service& service, const StopTimes& times, const std::function<void()>& renew) {
    auto& log = service.reports().log();
    const int number = wait_for_stop(service, renew);
    tell_service_manager("STOPPING=1");
    log.write(
        LogLevel::Info, "server.stopping",
        {{"signal", name_of(number)}, {"wait_s", static_cast<long long>(times.wait.count())}});
    service.leave();
    wait_until(service, steady_clock::now() + times.wait, [] { return false; });
    service.drain();
    const auto none_left = [&service] { return service.under_way() == 0; };
    if (!wait_until(service, steady_clock::now() + times.drain, none_left)) {
        end_at_once(service, "it did not finish in time");
    }
    service.stop();
    wait_until(service, steady_clock::now() + last_writes, [] { return false; });
}

}  // namespace pcc::server
