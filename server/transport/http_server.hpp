// The running server: Drogon set up, listening, and stopped by a signal.
// Layer: server/transport. Knows no route; every request goes to the service.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "server/transport/service.hpp"
#include "server/transport/stopping.hpp"
#include "server/transport/tls_files.hpp"

namespace pcc::server {

struct Listening {
    std::string host;  // an IP address
    int port = 0;
    TlsFiles tls = {};
    StopTimes stop_times = {};
};

/// Why nobody can listen there, or not with that certificate, as a sentence; nothing when it is
/// free.
auto why_not_listen(const Listening& where) -> std::optional<std::string>;

/// Serves until SIGINT or SIGTERM came and what was under way is answered. `ready` is called once,
/// when connections are taken; where it returns false the server stops.
void serve_until_stopped(const Listening& where, Service& service, std::function<bool()> ready);

}  // namespace pcc::server
