// Stops the program (SIGSTOP) when an answer is made and the event loop has not been told yet:
// loaded before the C library (LD_PRELOAD). It does so once, where the file named by
// PCC_STOP_HALF_MADE is there, which it takes away. Layer: tests. Knows of the server only that a
// thread wakes the event loop with eight bytes into an eventfd.
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>

#include <sys/types.h>
#include <unistd.h>

#include "tests/torture/shim/real.hpp"

namespace {

auto is_eventfd(int descriptor) -> bool {
    char target[64];
    const auto link = "/proc/self/fd/" + std::to_string(descriptor);
    const auto length = ::readlink(link.c_str(), target, sizeof target - 1);
    if (length <= 0) return false;
    target[length] = '\0';
    return std::strstr(target, "[eventfd]") != nullptr;
}

// To this thread, which so goes no further: of the whole program another one would take the signal,
// and by then the event loop would know.
void stop_if_told() {
    const auto* told = std::getenv("PCC_STOP_HALF_MADE");
    if (told != nullptr && ::unlink(told) == 0) ::raise(SIGSTOP);
}

}  // namespace

extern "C" auto write(int descriptor, const void* bytes, size_t count) -> ssize_t {
    using Write = ssize_t (*)(int, const void*, size_t);
    static const auto write_on = real<Write>("write");
    if (count == sizeof(std::uint64_t) && is_eventfd(descriptor)) stop_if_told();
    return write_on(descriptor, bytes, count);
}
