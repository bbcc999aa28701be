// TLS connections whose handshake is not over: the HTTP library counts and times a connection only
// after it. Layer: server. Closes nothing itself: it ends the traffic, and the library closes.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include <sys/types.h>

namespace trantor {
class TcpConnection;
}

namespace pcc::server {

class Handshakes {
  public:
    using Time = std::chrono::steady_clock::time_point;

    /// A socket that was just accepted. Where too many have not come further, it is ended at once.
    void begin(int socket, Time now);
    /// This one is through.
    void end(const trantor::TcpConnection& connection);
    /// Ends those that take too long. To be called on the loop that closes connections, so that no
    /// number of a socket comes to mean another one meanwhile.
    void end_late(Time now);

  private:
    struct Begun {
        int socket;
        ino_t inode;  // tells it from a later one of the same number
        Time at;
    };
    std::mutex mutex_;
    std::map<std::string, Begun> begun_;  // by whose they are
};

}  // namespace pcc::server
