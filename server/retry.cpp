#include "server/retry.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>

namespace pcc::server {

namespace {
std::atomic<long long> repeated{0};
}

auto repeated_transactions() -> long long {
    return repeated;
}

void pause_after(int attempt, RandomSource& random) {
    ++repeated;
    constexpr int shortest = 5;  // Units: milliseconds
    constexpr int longest = 80;
    const int bound = std::min(longest, shortest << attempt);
    std::uint8_t byte = 0;
    random.fill(&byte, 1);
    const int pause = shortest + (bound - shortest) * byte / 255;
    std::this_thread::sleep_for(std::chrono::milliseconds(pause));
}

}  // namespace pcc::server
