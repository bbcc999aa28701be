// The word to systemd: one datagram, where it was asked for.
#include "server/cli/service_manager.hpp"

#include <array>
#include <cstdlib>
#include <string>

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

struct Listener {
    std::string path = "/tmp/pcc-notify-" + std::to_string(getpid());
    int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);

    Listener() {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    }
    ~Listener() {
        ::close(socket);
        ::unlink(path.c_str());
        ::unsetenv("NOTIFY_SOCKET");
    }
    auto heard() const -> std::string {
        std::array<char, 64> text{};
        const auto length = ::recv(socket, text.data(), text.size(), 0);
        return length < 0 ? "nothing" : std::string(text.data(), static_cast<std::size_t>(length));
    }
};

TEST_CASE("what is told to the service manager arrives as it is, and only where it was asked for") {
    const Listener listener;
    pcc::server::tell_service_manager("READY=1");
    CHECK(listener.heard() == "nothing");
    ::setenv("NOTIFY_SOCKET", listener.path.c_str(), 1);
    pcc::server::tell_service_manager("READY=1");
    CHECK(listener.heard() == "READY=1");
    pcc::server::tell_service_manager("STOPPING=1");
    CHECK(listener.heard() == "STOPPING=1");
    ::setenv("NOTIFY_SOCKET", (listener.path + "-gone").c_str(), 1);
    pcc::server::tell_service_manager("READY=1");
    ::setenv("NOTIFY_SOCKET", std::string(500, 'x').c_str(), 1);
    pcc::server::tell_service_manager("READY=1");
    CHECK(listener.heard() == "nothing");
}

}  // namespace
