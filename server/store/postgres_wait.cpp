#include "server/store/postgres_wait.hpp"

#include <cerrno>

#include <libpq-fe.h>
#include <poll.h>

namespace pcc::server {
namespace {

using Deadline = std::chrono::steady_clock::time_point;

/// Waits until there is something to read, or to write where that is wanted. False when it is late.
auto wait(PGconn* connection, bool to_write, Deadline deadline) -> bool {
    const auto wanted = static_cast<short>(to_write ? POLLIN | POLLOUT : POLLIN);
    pollfd watched{PQsocket(connection), wanted, 0};
    while (watched.fd >= 0) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return false;
        const int ready = ::poll(&watched, 1, static_cast<int>(left.count()));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
    return false;
}

}  // namespace

auto await_answer(pg_conn* connection, Deadline deadline) -> bool {
    while (const int pending = PQflush(connection)) {
        if (pending < 0 || !wait(connection, true, deadline)) return false;
        if (PQconsumeInput(connection) == 0) return false;
    }
    while (PQisBusy(connection) != 0) {
        if (!wait(connection, false, deadline)) return false;
        if (PQconsumeInput(connection) == 0) return false;
    }
    return true;
}

}  // namespace pcc::server
