#include "server/transport/http_server.hpp"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <thread>

#include <arpa/inet.h>
#include <drogon/HttpAppFramework.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <trantor/utils/Logger.h>
#include <unistd.h>

#include "server/transport/answers.hpp"
#include "server/transport/gate.hpp"
#include "server/transport/handshakes.hpp"
#include "server/transport/stopping.hpp"

namespace pcc::server {
namespace {

namespace fs = std::filesystem;

// Drogon makes 256 folders for large uploads wherever it is told to. There are none here: the gate
// lets no body by that does not fit into memory, so they may go again at once.
auto make_scratch_folder() -> fs::path {
    auto pattern = (fs::temp_directory_path() / "pcc-server-XXXXXX").string();
    return mkdtemp(pattern.data()) ? fs::path(pattern) : fs::temp_directory_path();
}

void remove_scratch_folder(const fs::path& folder) {
    std::error_code ignored;
    if (folder != fs::temp_directory_path()) fs::remove_all(folder, ignored);
}

void set_limits(drogon::HttpAppFramework& app) {
    app.setThreadNum(1)
        .setMaxConnectionNum(4096)
        .setIdleConnectionTimeout(75)
        .setClientMaxBodySize(longest_body)
        .setClientMaxMemoryBodySize(longest_body)
        .setPipeliningRequestsNumber(32)
        .enableServerHeader(false)
        .enableGzip(false)
        .enableBrotli(false)
        .disableSigtermHandling()
        .setLogLevel(trantor::Logger::kError);
    // Only keeps Drogon from a look at the port through a lock file in /tmp; why_not_listen has
    // looked.
    app.enableReusePort(true);
}

// Every request comes here before Drogon looks for a route or a file of its own.
void take_all_requests(drogon::HttpAppFramework& app, Service& service, Handshakes& handshakes) {
    app.setConnectionCallback([&handshakes](const trantor::TcpConnectionPtr& connection) {
        if (connection->connected()) handshakes.end(*connection);
        put_gate_before(connection);
    });
    app.registerPreRoutingAdvice(
        [&service](const drogon::HttpRequestPtr& request, drogon::AdviceCallback&& answer,
                   drogon::AdviceChainCallback&&) { service.receive(request, std::move(answer)); });
    // A client or a proxy that asks for one answer alone (`Connection: close`) still gets all of a
    // stream; its end closes the connection.
    app.registerPreSendingAdvice(
        [&service](const drogon::HttpRequestPtr&, const drogon::HttpResponsePtr& response) {
            const bool is_stream = !response->getHeader(stream_mark).empty();
            if (is_stream) {
                response->setCloseConnection(false);
            } else if (service.is_leaving()) {
                response->setCloseConnection(true);
            }
            if (service.is_secure()) {
                response->addHeader("Strict-Transport-Security", "max-age=31536000");
            }
        });
}

// A client whose machine has gone, or that leaves unread what it was sent, is gone after this long,
// as a stream is to the console after as long without a ping. The library would not notice for a
// quarter of an hour, or never: what it writes is kept by the system. Units: milliseconds.
constexpr unsigned longest_untaken = 45'000;

void prepare_socket(int socket, bool is_secure, Handshakes& handshakes) {
    setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &longest_untaken, sizeof longest_untaken);
    if (is_secure) handshakes.begin(socket, std::chrono::steady_clock::now());
}

// What the library has to complain of is said in the form of all else. It speaks of sockets and of
// TLS, and the gate keeps from it what is no proper request.
void hand_on_complaints(Log& log) {
    // A socket that became writable right after all had been written: nothing is wrong.
    static constexpr std::string_view harmless = "no writing but write callback called";
    trantor::Logger::setOutputFunction(
        [&log](const char* text, std::uint64_t length) {
            std::string line(text, length);
            while (!line.empty() && line.back() == '\n')
                line.pop_back();
            if (line.find(harmless) == std::string::npos)
                log.write(LogLevel::Warning, "transport.complaint", {{"text", line}});
        },
        [] {});
}

// Read anew only where it can be used: the library has no way back.
void renew_tls(drogon::HttpAppFramework& app, const TlsFiles& files, Service& service) {
    if (!files.are_given()) return;
    auto& log = service.reports().log();
    if (const auto fault = why_no_tls(files)) {
        return log.write(LogLevel::Error, "tls.kept", {{"reason", *fault}});
    }
    app.getLoop()->queueInLoop([&app, &log] {
        app.reloadSSLFiles();
        log.write(LogLevel::Info, "tls.renewed");
    });
}

auto socket_address(const Listening& where, sockaddr_storage& storage) -> socklen_t {
    std::memset(&storage, 0, sizeof storage);
    auto* four = reinterpret_cast<sockaddr_in*>(&storage);
    if (inet_pton(AF_INET, where.host.c_str(), &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons(static_cast<std::uint16_t>(where.port));
        return sizeof(sockaddr_in);
    }
    auto* six = reinterpret_cast<sockaddr_in6*>(&storage);
    if (inet_pton(AF_INET6, where.host.c_str(), &six->sin6_addr) != 1) return 0;
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(static_cast<std::uint16_t>(where.port));
    return sizeof(sockaddr_in6);
}

auto explain_bind(const Listening& where, int error) -> std::string {
    const auto port = std::to_string(where.port);
    switch (error) {
        case EADDRINUSE:
            return "Port " + port +
                   " is taken: another program listens there. Stop it, or choose "
                   "another port with --port.";
        case EACCES:
            return "Port " + port +
                   " may not be used by this account. Choose one above 1023 with "
                   "--port.";
        case EADDRNOTAVAIL:
            return "This machine has no address " + where.host +
                   ". Choose one of its own with --host.";
        default:
            return "Nothing can listen on " + where.host + " port " + port + ": " +
                   std::strerror(error) + ".";
    }
}

}  // namespace

// Without SO_REUSEPORT, so that a second server on the same port is noticed.
auto why_not_listen(const Listening& where) -> std::optional<std::string> {
    sockaddr_storage address;
    const auto length = socket_address(where, address);
    if (length == 0) return where.host + " is no IP address. Give --host one, such as 127.0.0.1.";
    const int socket = ::socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const bool bound = bind(socket, reinterpret_cast<sockaddr*>(&address), length) == 0;
    const int error = errno;
    close(socket);
    if (!bound) return explain_bind(where, error);
    return where.tls.are_given() ? why_no_tls(where.tls) : std::nullopt;
}

void serve_until_stopped(const Listening& where, Service& service, std::function<bool()> ready) {
    auto& app = drogon::app();
    const auto scratch = make_scratch_folder();
    hand_on_complaints(service.reports().log());
    set_limits(app);
    app.setUploadPath(scratch.string());
    Handshakes handshakes;
    take_all_requests(app, service, handshakes);
    app.setAfterAcceptSockOptCallback([&handshakes, is_secure = where.tls.are_given()](int socket) {
        prepare_socket(socket, is_secure, handshakes);
    });
    app.addListener(where.host, static_cast<std::uint16_t>(where.port), where.tls.are_given(),
                    where.tls.certificate.string(), where.tls.key.string());
    app.getLoop()->runEvery(0.5, [&service] { service.tick(); });

    std::thread signals;
    app.registerBeginningAdvice([&] {
        remove_scratch_folder(scratch);
        app.getIOLoop(0)->runEvery(
            5.0, [&handshakes] { handshakes.end_late(std::chrono::steady_clock::now()); });
        signals = std::thread([&] {
            wait_and_stop(service, where.stop_times, [&] { renew_tls(app, where.tls, service); });
            app.quit();
        });
        // Behind the functors that begin to listen, first of the main loop, then of the reading
        // one.
        app.getLoop()->queueInLoop([&] {
            app.getIOLoop(0)->queueInLoop([&] {
                if (!ready()) kill(getpid(), SIGTERM);
            });
        });
    });
    app.run();
    if (signals.joinable()) signals.join();
    // The log goes before the library does.
    trantor::Logger::setOutputFunction([](const char*, std::uint64_t) {}, [] {});
}

}  // namespace pcc::server
