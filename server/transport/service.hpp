// The service: what becomes of each request, be it for the contract, for health or for the console.
// Layer: server/transport. Turns Drogon's requests into arrivals and replies into answers; handle()
// decides.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include "server/handle.hpp"
#include "server/transport/answers.hpp"
#include "server/transport/backend.hpp"
#include "server/transport/clock.hpp"
#include "server/transport/dist_folder.hpp"
#include "server/transport/outbox.hpp"
#include "server/transport/rounds.hpp"
#include "server/transport/streams.hpp"
#include "server/transport/workers.hpp"

namespace pcc::server {

class Service {
  public:
    using Answer = std::function<void(const drogon::HttpResponsePtr&)>;

    Service(const Backend& backend, DistFolder console);
    ~Service();
    Service(const Service&) = delete;
    auto operator=(const Service&) -> Service& = delete;

    /// Answers one request, at once or from a worker. Called on the event loop.
    void receive(const drogon::HttpRequestPtr& request, Answer answer);
    /// Does what is to be done without a request. Called twice a second.
    void tick() { rounds_.go(); }
    /// Is not ready from now on, but answers; connections are not kept.
    void leave();
    /// Refuses what comes from now on, and closes the streams.
    void drain();
    /// How many requests were not answered yet.
    auto under_way() const -> std::size_t { return under_way_; }
    /// Ends the workers. After `drain`, once nothing is under way.
    void stop();
    /// Whether an answer is the last on its connection.
    auto is_leaving() const -> bool { return phase_ != Phase::Serving; }
    auto reports() -> Reports& { return backend_.reports; }
    auto is_secure() const -> bool { return backend_.secure_cookies; }

  private:
    enum class Phase { Serving, Leaving, Draining };

    /// A request that waits for its answer.
    struct Pending {
        drogon::HttpRequestPtr request;
        Answer answer;
        std::string target;
        std::optional<api::Asked> asked;  // of the contract; nothing for all else
        bool in_the_clear = false;        // it came to the proxy unencrypted
        Visit visit;
    };
    using PendingPtr = std::shared_ptr<Pending>;

    void begin_visit(Pending& pending);
    /// Answers, and reports what came of it.
    void answer(Pending& pending, const drogon::HttpResponsePtr& response);
    /// The same with an answer of the transport's own.
    void answer(Pending& pending, api::HttpResponse own);
    void dispatch(const PendingPtr& pending);
    auto lane_of(api::Method method, const api::Asked& asked) -> Workers&;
    void receive_api(const PendingPtr& pending);
    void wake_soon();
    void receive_console(const PendingPtr& pending);
    void receive_readyz(const PendingPtr& pending);
    auto reply_to(const Arrival& arrival, Visit& visit) -> Reply;
    void send(const PendingPtr& pending, Reply reply, Instant asked);
    void answer_while_fresh(const PendingPtr& pending, api::HttpResponse response, Instant asked);
    void open_stream(const PendingPtr& pending, const Reply& reply);
    auto live_numbers() -> LiveNumbers;
    auto next_request_id() -> std::string;

    Backend backend_;
    DistFolder console_;
    Clock clock_;
    Streams streams_;
    Rounds rounds_;
    std::string request_id_prefix_;
    std::atomic<unsigned long long> request_count_{0};
    std::atomic<Phase> phase_{Phase::Serving};
    std::atomic<std::size_t> under_way_{0};
    Outbox outbox_;
    bool is_to_wake_ = false;  // used on the event loop alone
    Workers reads_;            // they never wait for a write, so they have threads of their own
    Workers writes_;           // everything else of the contract but passwords
    Workers passwords_;        // Argon2 takes its time and memory: two at once, and a queue
    Workers health_;           // whether it is ready; may wait for a database that hangs
    Workers afterwards_;       // what answers do not wait for, and what may be left
};

}  // namespace pcc::server
