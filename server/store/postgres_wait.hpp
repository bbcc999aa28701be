// Waiting for PostgreSQL, no longer than was said.
// Layer: server. Part of postgres_connection.
#pragma once

#include <chrono>

struct pg_conn;

namespace pcc::server {

/// Sends what waits to be sent, then takes in what comes until a result can be read without
/// waiting. False when it is late, or the connection is lost.
auto await_answer(pg_conn* connection, std::chrono::steady_clock::time_point deadline) -> bool;

}  // namespace pcc::server
