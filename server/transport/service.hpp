// The service: what becomes of each request, be it for the contract, for health or for the console.
// Layer: server/transport. Turns Drogon's requests into arrivals and replies into answers; handle()
// decides.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include "server/handle.hpp"
#include "server/transport/answers.hpp"
#include "server/transport/clock.hpp"
#include "server/transport/dist_folder.hpp"
#include "server/transport/streams.hpp"
#include "server/transport/workers.hpp"
#include "server/watch.hpp"

namespace pcc::server {

/// What requests are answered from; lives longer than the service.
struct Backend {
    Store& store;
    const Keys& keys;
    RandomSource& random;
    PasswordHasher& passwords;
    bool secure_cookies = false;
};

class Service {
  public:
    using Answer = std::function<void(const drogon::HttpResponsePtr&)>;

    Service(const Backend& backend, DistFolder console);

    /// Answers one request, at once or from a worker. Called on the event loop.
    void receive(const drogon::HttpRequestPtr& request, Answer answer);
    /// Ends the streams that have ended, tells what other servers did, pings. Called twice a
    /// second.
    void tick();
    /// Refuses what comes from now on, closes the streams, and waits for what is under way.
    void drain();

  private:
    void receive_api(const drogon::HttpRequestPtr& request, const std::string& target,
                     Answer answer);
    void receive_console(const drogon::HttpRequestPtr& request, const std::string& target,
                         const Answer& answer);
    void receive_readyz(const Answer& answer);
    auto reply_to(const Arrival& arrival) -> Reply;
    void send(const drogon::HttpRequestPtr& request, const Arrival& arrival, Reply reply,
              Instant asked, const Answer& answer);
    void answer_while_fresh(api::HttpResponse response, const std::string& request_id,
                            Instant asked, const Answer& answer);
    void open_stream(const drogon::HttpRequestPtr& request, const Arrival& arrival,
                     const Reply& reply, const Answer& answer);
    auto arrival_of(const drogon::HttpRequestPtr& request, const std::string& target) -> Arrival;
    auto next_request_id() -> std::string;
    auto next_stamp() -> Stamp;
    auto question() -> Streams::Question;
    void look_at_streams();

    Backend backend_;
    DistFolder console_;
    Clock clock_;
    Streams streams_;
    std::string request_id_prefix_;
    Watch watch_others_;
    std::atomic<unsigned long long> request_count_{0};
    std::atomic<bool> draining_{false};
    std::atomic<bool> checking_{false};
    Workers requests_;   // everything of the contract but passwords
    Workers passwords_;  // Argon2 takes its time and memory: two at once, and a queue
    Workers watch_;      // the look at the open streams, never behind requests
};

}  // namespace pcc::server
