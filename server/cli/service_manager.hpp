// A word to systemd, where it started this program and asked for it.
// Layer: server/cli. Source: sd_notify(3), whose protocol is one datagram.
#pragma once

#include <string_view>

namespace pcc::server {

/// Sends `READY=1`, `STOPPING=1` or the like to $NOTIFY_SOCKET; nothing where there is none.
void tell_service_manager(std::string_view state);

}  // namespace pcc::server
