#include "server/transport/handshakes.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <trantor/net/TcpConnection.h>

namespace pcc::server {
namespace {

constexpr std::chrono::seconds longest_handshake{30};
constexpr std::size_t most_handshakes = 1024;

/// Address and port as bytes.
auto name_of(const sockaddr& address) -> std::string {
    if (address.sa_family == AF_INET) {
        const auto& four = reinterpret_cast<const sockaddr_in&>(address);
        return std::string(reinterpret_cast<const char*>(&four.sin_addr), sizeof four.sin_addr) +
               std::to_string(four.sin_port);
    }
    const auto& six = reinterpret_cast<const sockaddr_in6&>(address);
    return std::string(reinterpret_cast<const char*>(&six.sin6_addr), sizeof six.sin6_addr) +
           std::to_string(six.sin6_port);
}

auto inode_of(int socket) -> ino_t {
    struct stat info {};
    return ::fstat(socket, &info) == 0 ? info.st_ino : 0;
}

}  // namespace

void Handshakes::begin(int socket, Time now) {
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    if (::getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &length) != 0) return;
    const std::lock_guard lock(mutex_);
    if (begun_.size() >= most_handshakes) {
        ::shutdown(socket, SHUT_RDWR);
        return;
    }
    begun_.insert_or_assign(name_of(reinterpret_cast<const sockaddr&>(peer)),
                            Begun{socket, inode_of(socket), now});
}

void Handshakes::end(const trantor::TcpConnection& connection) {
    const std::lock_guard lock(mutex_);
    begun_.erase(name_of(*connection.peerAddr().getSockAddr()));
}

void Handshakes::end_late(Time now) {
    const std::lock_guard lock(mutex_);
    for (auto each = begun_.begin(); each != begun_.end();) {
        const auto& begun = each->second;
        const bool is_still_it = inode_of(begun.socket) == begun.inode;
        if (is_still_it && now - begun.at < longest_handshake) {
            ++each;
            continue;
        }
        if (is_still_it) ::shutdown(begun.socket, SHUT_RDWR);
        each = begun_.erase(each);
    }
}

}  // namespace pcc::server
