#include "server/transport/service.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <random>
#include <utility>
#include <variant>

#include <drogon/HttpAppFramework.h>

#include "core/api/api_error.hpp"
#include "core/api/endpoint.hpp"
#include "server/audit/checkpointing.hpp"
#include "server/crypto/keys.hpp"
#include "server/health.hpp"
#include "server/retry.hpp"
#include "server/store/store.hpp"
#include "server/transport/gate.hpp"
#include "server/transport/requests.hpp"
#include "server/transport/service_answers.hpp"

namespace pcc::server {
namespace {

auto needs_argon2(const api::Asked& asked) -> bool {
    return asked && (std::holds_alternative<api::PostSession>(*asked) ||
                     std::holds_alternative<api::RevealToken>(*asked));
}

auto random_prefix() -> std::string {
    std::random_device device;
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "req_%08x-", device());
    return text.data();
}

// What can be slow at the longest before somebody who asks has to be told that it is.
constexpr double longest_readyz = 1.8;  // Units: seconds
// How long after it was asked for a read is still answered with what was found.
constexpr std::chrono::seconds longest_fresh{5};

}  // namespace

Service::Service(const Backend& backend, DistFolder console)
    : backend_(backend),
      console_(std::move(console)),
      rounds_(backend_, clock_, streams_),
      request_id_prefix_(random_prefix()),
      reads_(backend.store.most_readers(), 512, [this] { backend_.store.let_views_go(); }),
      writes_(4, 512),
      passwords_(2, 32),
      health_(1, 16),
      afterwards_(1, 64) {
    backend_.reports.metrics().look_at([this] { return live_numbers(); });
}

Service::~Service() {
    backend_.reports.metrics().forget();
}

void Service::receive(const drogon::HttpRequestPtr& request, Answer answer) {
    auto pending = std::make_shared<Pending>();
    pending->request = request;
    pending->answer = std::move(answer);
    begin_visit(*pending);
    ++under_way_;
    dispatch(pending);
}

void Service::begin_visit(Pending& pending) {
    const auto method = method_of(pending.request);
    const auto forwarded = forwarded_of(pending.request);
    pending.target = target_of(pending.request);
    pending.asked = asked_of(method, pending.target);
    pending.in_the_clear = came_in_the_clear(forwarded, backend_.trusted_proxies);
    pending.visit.request_id = next_request_id();
    pending.visit.method = api::method_name(method);
    pending.visit.route = route_of(pending.asked, pending.target);
    pending.visit.client = client_address(forwarded, backend_.trusted_proxies);
}

void Service::answer(Pending& pending, const drogon::HttpResponsePtr& response) {
    backend_.reports.answered(pending.visit, static_cast<int>(response->statusCode()));
    pending.answer(response);
    --under_way_;
}

void Service::answer(Pending& pending, api::HttpResponse own) {
    answer(pending, to_drogon(std::move(own), Stamp{pending.visit.request_id, clock_.now()}));
}

void Service::dispatch(const PendingPtr& pending) {
    if (const auto refusal = gate_header(pending->request, refusal_header); !refusal.empty()) {
        HeadFault fault{};
        if (!read_fault(refusal, fault)) fault = HeadFault::HeaderLine;
        pending->visit.route = route_name::refused;
        pending->visit.fault = fault_name(fault);
        return answer(*pending, refusal_answer(fault, pending->target));
    }
    const auto& target = pending->target;
    const bool of_health = target == route_name::livez || target == route_name::readyz;
    if (phase_ == Phase::Draining && !of_health) return answer(*pending, stopping_answer());
    if (!backend_.lock.empty() && target != route_name::livez) {
        return answer(*pending, locked_answer(backend_.lock));
    }
    if (!of_health && pending->in_the_clear) return answer(*pending, clear_answer());
    if (pending->asked) return receive_api(pending);
    receive_console(pending);
}

auto Service::lane_of(api::Method method, const api::Asked& asked) -> Workers& {
    if (method == api::Method::Get) return reads_;
    return needs_argon2(asked) ? passwords_ : writes_;
}

void Service::receive_api(const PendingPtr& pending) {
    auto& lane = lane_of(method_of(pending->request), *pending->asked);
    auto arrival = arrival_of(pending->request, pending->target, pending->visit);
    arrival.asked = std::move(pending->asked);
    if (&lane == &reads_) arrival.came = pending->visit.began;
    arrival.afterwards = [this](std::function<void()> job) {
        afterwards_.post([this, job = std::move(job)] {
            if (!is_leaving()) job();
        });
    };
    const bool taken = lane.leave([this, pending, arrival = std::move(arrival)] {
        const RequestTrail trail(arrival.request_id);
        const auto asked = clock_.now();
        send(pending, reply_to(arrival, pending->visit), asked);
    });
    taken ? wake_soon() : answer(*pending, busy_answer());
}

// Once for all requests that arrived together.
void Service::wake_soon() {
    if (std::exchange(is_to_wake_, true)) return;
    drogon::app().getIOLoop(0)->queueInLoop([this] {
        is_to_wake_ = false;
        for (auto* lane : {&reads_, &writes_, &passwords_})
            lane->wake();
    });
}

// Asked on the event loop, right before the answer is written: a server that was stopped or
// suspended meanwhile must not say what was true before. What was put on record is committed, and
// stays true.
void Service::answer_while_fresh(const PendingPtr& pending, api::HttpResponse response,
                                 Instant asked) {
    outbox_.post([this, pending, asked, response = std::move(response)]() mutable {
        const bool is_fresh = clock_.now() - asked <= longest_fresh;
        if (!is_fresh) return answer(*pending, stalled_answer());
        answer(*pending, to_drogon(std::move(response)));
    });
}

auto Service::reply_to(const Arrival& arrival, Visit& visit) -> Reply {
    const auto keys = backend_.keys.now();
    const World world{clock_.now(), backend_.random, backend_.passwords, *keys,
                      backend_.secure_cookies};
    auto reply = handle(arrival, backend_.store, world);
    visit.noted = std::move(reply.noted);
    streams_.publish(reply.notices, rounds_.question());
    return reply;
}

void Service::send(const PendingPtr& pending, Reply reply, Instant asked) {
    if (reply.subscription) return open_stream(pending, reply);
    if (reply.is_look) return answer_while_fresh(pending, std::move(reply.response), asked);
    answer(*pending, to_drogon(std::move(reply.response)));
}

void Service::open_stream(const PendingPtr& pending, const Reply& reply) {
    const auto& request = pending->request;
    if (request->version() == drogon::Version::kHttp10) {
        return answer(*pending, problem_answer({400, transport_code::request_malformed,
                                                "Event streams need HTTP/1.1",
                                                "Send the request with HTTP/1.1.", 0}));
    }
    const auto now = backend_.store.about(clock_.now());
    auto greeting = reply.response.body + event_text(api::Event{"ping", {}, {}, {}, now});
    auto stream =
        streams_.open(*reply.subscription, request->getConnectionPtr(), std::move(greeting), now);
    if (!stream) {
        return answer(
            *pending,
            problem_answer({429, transport_code::too_many_streams, "Too many tabs listen at once",
                            "Close some tabs of the console, then reload this one.", 15}));
    }
    answer(*pending,
           to_drogon_stream(reply.response, [this, stream](drogon::ResponseStreamPtr out) {
               streams_.attach(stream, std::move(out));
           }));
}

void Service::receive_console(const PendingPtr& pending) {
    const auto& request = pending->request;
    const auto path = path_of(pending->target);
    if (!is_plain_path(path)) {
        return answer(*pending, problem_answer({400, api::code::path_malformed,
                                                "The address is not well formed",
                                                "It has empty or dotted parts, or escapes.", 0}));
    }
    if (request->method() != drogon::Get) {
        return answer(*pending, refusal_answer(HeadFault::Method, pending->target));
    }
    if (path == route_name::livez) {
        return answer(*pending, text_answer(200, "application/json", R"({"status":"alive"})"));
    }
    if (path == route_name::readyz) return receive_readyz(pending);
    const auto* file = console_.find(path);
    if (file) {
        return answer(*pending, to_drogon_file(choose(*file, request->getHeader("accept-encoding"),
                                                      request->getHeader("if-none-match"))));
    }
    if (!console_.is_built() && path.find('.') == std::string_view::npos)
        return answer(*pending, not_built_page());
    answer(*pending, problem_answer({404, api::code::not_found, "There is nothing at this address",
                                     "Check its spelling, or begin at the front page.", 0}));
}

// On a worker of its own, with an alarm beside it: a server that is busy is still ready, and one
// whose database hangs says so in time.
void Service::receive_readyz(const PendingPtr& pending) {
    if (is_leaving()) {
        return answer(*pending, not_ready_answer("draining", "The server is about to stop."));
    }
    const auto told = std::make_shared<std::atomic<bool>>(false);
    const auto tell = [this, told, pending](api::HttpResponse response) {
        if (!told->exchange(true)) answer(*pending, std::move(response));
    };
    const auto late =
        not_ready_answer("database", "The database did not answer within two seconds.");
    trantor::EventLoop::getEventLoopOfCurrentThread()->runAfter(longest_readyz,
                                                                [tell, late] { tell(late); });
    const bool taken = health_.post([this, told, tell] {
        if (*told) return;
        if (rounds_.lacks_keys())
            return tell(not_ready_answer("keys", "Others use keys that it was not given."));
        const auto unwell = what_is_unwell(backend_.store, *backend_.keys.now(), backend_.random);
        tell(unwell ? unwell_answer(*unwell)
                    : text_answer(200, "application/json", R"({"status":"ready"})"));
    });
    if (!taken) tell(late);
}

void Service::leave() {
    phase_ = Phase::Leaving;
}

void Service::drain() {
    phase_ = Phase::Draining;
    streams_.close_all(backend_.store.about(clock_.now()));
}

void Service::stop() {
    passwords_.stop();
    writes_.stop();
    reads_.stop();
    rounds_.stop();
    health_.stop();
    afterwards_.stop();
    if (!backend_.lock.empty()) return;
    (void)make_checkpoints(backend_.store, *backend_.keys.now(), backend_.random, clock_.now(),
                           CheckpointsOf::AllChains);
}

auto Service::live_numbers() -> LiveNumbers {
    return {streams_.count(),  under_way_,           reads_.waiting(),
            writes_.waiting(), passwords_.waiting(), repeated_transactions(),
            is_leaving()};
}

auto Service::next_request_id() -> std::string {
    std::array<char, 16> digits{};
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), ++request_count_, 16).ptr;
    const std::string_view number(digits.data(), static_cast<std::size_t>(end - digits.data()));
    auto id = request_id_prefix_;
    id.append(std::max<std::size_t>(number.size(), 6) - number.size(), '0');
    return id.append(number);
}

}  // namespace pcc::server
