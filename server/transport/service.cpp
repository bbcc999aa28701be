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
#include "server/run_out.hpp"
#include "server/store/store.hpp"
#include "server/transport/gate.hpp"
#include "server/transport/requests.hpp"
#include "server/transport/service_answers.hpp"

namespace pcc::server {
namespace {

auto needs_argon2(const Arrival& arrival) -> bool {
    if (arrival.http.method != api::Method::Post) return false;
    const auto endpoint = api::parse_endpoint(arrival.http.method, arrival.http.target);
    return endpoint && (std::holds_alternative<api::PostSession>(*endpoint) ||
                        std::holds_alternative<api::RevealToken>(*endpoint));
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
      request_id_prefix_(random_prefix()),
      watch_others_(request_id_prefix_),
      key_watch_(backend.keys, backend.keys_file),
      reads_(backend.store.most_readers(), 512),
      writes_(4, 512),
      passwords_(2, 32),
      watch_(1, 64),
      health_(1, 16) {
    backend_.reports.metrics().look_at([this] { return live_numbers(); });
}

Service::~Service() {
    backend_.reports.metrics().forget();
}

void Service::receive(const drogon::HttpRequestPtr& request, Answer answer) {
    const auto target = target_of(request);
    const auto visit = begin_visit(request, target);
    dispatch(request, target, visit, reporting(visit, std::move(answer)));
}

auto Service::begin_visit(const drogon::HttpRequestPtr& request, const std::string& target)
    -> VisitPtr {
    auto visit = std::make_shared<Visit>();
    const auto method = method_of(request);
    visit->request_id = next_request_id();
    visit->method = api::method_name(method);
    visit->route = route_of(method, target);
    visit->client = client_address(forwarded_of(request), backend_.trusted_proxies);
    return visit;
}

auto Service::reporting(const VisitPtr& visit, Answer answer) -> Answer {
    ++under_way_;
    return [this, visit, answer = std::move(answer)](const drogon::HttpResponsePtr& response) {
        backend_.reports.answered(*visit, static_cast<int>(response->statusCode()));
        answer(response);
        --under_way_;
    };
}

void Service::dispatch(const drogon::HttpRequestPtr& request, const std::string& target,
                       const VisitPtr& visit, const Answer& answer) {
    if (const auto& refusal = request->getHeader(refusal_header); !refusal.empty()) {
        HeadFault fault{};
        if (!read_fault(refusal, fault)) fault = HeadFault::HeaderLine;
        visit->route = route_name::refused;
        visit->fault = fault_name(fault);
        return answer(to_drogon(refusal_answer(fault, target), stamp_of(*visit)));
    }
    const bool of_health = target == route_name::livez || target == route_name::readyz;
    if (phase_ == Phase::Draining && !of_health) {
        return answer(to_drogon(stopping_answer(), stamp_of(*visit)));
    }
    if (!backend_.lock.empty() && target != route_name::livez) {
        return answer(to_drogon(locked_answer(backend_.lock), stamp_of(*visit)));
    }
    if (!of_health && came_in_the_clear(forwarded_of(request), backend_.trusted_proxies)) {
        return answer(to_drogon(clear_answer(), stamp_of(*visit)));
    }
    if (is_api_target(target)) return receive_api(request, target, visit, answer);
    receive_console(request, target, visit, answer);
}

auto Service::lane_of(const Arrival& arrival) -> Workers& {
    if (arrival.http.method == api::Method::Get) return reads_;
    return needs_argon2(arrival) ? passwords_ : writes_;
}

void Service::receive_api(const drogon::HttpRequestPtr& request, const std::string& target,
                          const VisitPtr& visit, const Answer& answer) {
    auto arrival = arrival_of(request, target, *visit);
    const bool taken =
        lane_of(arrival).post([this, request, visit, arrival = std::move(arrival), answer] {
            const RequestTrail trail(arrival.request_id);
            const auto asked = clock_.now();
            send(request, arrival, reply_to(arrival, *visit), asked, answer);
        });
    if (!taken) answer(to_drogon(busy_answer(), stamp_of(*visit)));
}

// Asked on the event loop, right before the answer is written: a server that was stopped or
// suspended meanwhile must not say what was true before. What was put on record is committed, and
// stays true.
void Service::answer_while_fresh(api::HttpResponse response, const std::string& request_id,
                                 Instant asked, const Answer& answer) {
    drogon::app().getIOLoop(0)->queueInLoop(
        [this, response = std::move(response), request_id, asked, answer]() mutable {
            const auto now = clock_.now();
            if (now - asked <= longest_fresh) return answer(to_drogon(std::move(response)));
            answer(to_drogon(stalled_answer(), Stamp{request_id, now}));
        });
}

auto Service::reply_to(const Arrival& arrival, Visit& visit) -> Reply {
    const auto keys = backend_.keys.now();
    const World world{clock_.now(), backend_.random, backend_.passwords, *keys,
                      backend_.secure_cookies};
    auto reply = handle(arrival, backend_.store, world);
    visit.noted = std::move(reply.noted);
    streams_.publish(reply.notices, question());
    return reply;
}

void Service::send(const drogon::HttpRequestPtr& request, const Arrival& arrival, Reply reply,
                   Instant asked, const Answer& answer) {
    if (reply.subscription) return open_stream(request, arrival, reply, answer);
    if (reply.is_look) {
        return answer_while_fresh(std::move(reply.response), arrival.request_id, asked, answer);
    }
    answer(to_drogon(std::move(reply.response)));
}

void Service::open_stream(const drogon::HttpRequestPtr& request, const Arrival& arrival,
                          const Reply& reply, const Answer& answer) {
    if (request->version() == drogon::Version::kHttp10) {
        const auto old =
            problem_answer({400, transport_code::request_malformed, "Event streams need HTTP/1.1",
                            "Send the request with HTTP/1.1.", 0});
        return answer(to_drogon(old, Stamp{arrival.request_id, clock_.now()}));
    }
    const auto now = clock_.now();
    auto greeting = reply.response.body + event_text(api::Event{"ping", {}, {}, {}, now});
    auto stream =
        streams_.open(*reply.subscription, request->getConnectionPtr(), std::move(greeting), now);
    if (!stream) {
        const auto full =
            problem_answer({429, transport_code::too_many_streams, "Too many tabs listen at once",
                            "Close some tabs of the console, then reload this one.", 15});
        return answer(to_drogon(full, Stamp{arrival.request_id, clock_.now()}));
    }
    answer(to_drogon_stream(reply.response, [this, stream](drogon::ResponseStreamPtr out) {
        streams_.attach(stream, std::move(out));
    }));
}

void Service::receive_console(const drogon::HttpRequestPtr& request, const std::string& target,
                              const VisitPtr& visit, const Answer& answer) {
    const auto stamp = stamp_of(*visit);
    const auto path = path_of(target);
    if (!is_plain_path(path)) {
        return answer(to_drogon(
            problem_answer({400, api::code::path_malformed, "The address is not well formed",
                            "It has empty or dotted parts, or escapes.", 0}),
            stamp));
    }
    if (request->method() != drogon::Get) {
        return answer(to_drogon(refusal_answer(HeadFault::Method, target), stamp));
    }
    if (path == route_name::livez) {
        return answer(
            to_drogon(text_answer(200, "application/json", R"({"status":"alive"})"), stamp));
    }
    if (path == route_name::readyz) return receive_readyz(visit, answer);
    const auto* file = console_.find(path);
    if (file) {
        return answer(to_drogon_file(choose(*file, request->getHeader("accept-encoding"),
                                            request->getHeader("if-none-match"))));
    }
    if (!console_.is_built() && path.find('.') == std::string_view::npos)
        return answer(not_built_page());
    answer(to_drogon(problem_answer({404, api::code::not_found, "There is nothing at this address",
                                     "Check its spelling, or begin at the front page.", 0}),
                     stamp));
}

// On a worker of its own, with an alarm beside it: a server that is busy is still ready, and one
// whose database hangs says so in time.
void Service::receive_readyz(const VisitPtr& visit, const Answer& answer) {
    const auto stamp = stamp_of(*visit);
    if (is_leaving()) {
        return answer(
            to_drogon(not_ready_answer("draining", "The server is about to stop."), stamp));
    }
    const auto told = std::make_shared<std::atomic<bool>>(false);
    const auto tell = [told, answer, stamp](const api::HttpResponse& response) {
        if (!told->exchange(true)) answer(to_drogon(response, stamp));
    };
    const auto late =
        not_ready_answer("database", "The database did not answer within two seconds.");
    trantor::EventLoop::getEventLoopOfCurrentThread()->runAfter(longest_readyz,
                                                                [tell, late] { tell(late); });
    const bool taken = health_.post([this, told, tell] {
        if (*told) return;
        if (key_watch_.is_behind())
            return tell(not_ready_answer("keys", "Others use keys that it was not given."));
        const auto unwell = what_is_unwell(backend_.store, *backend_.keys.now(), backend_.random);
        tell(unwell ? unwell_answer(*unwell)
                    : text_answer(200, "application/json", R"({"status":"ready"})"));
    });
    if (!taken) tell(late);
}

void Service::tick() {
    if (!backend_.lock.empty()) return;
    if (checking_.exchange(true)) return;
    const bool taken = watch_.post([this] {
        look_at_streams();
        do_what_is_due();
        look_at_keys();
        checking_ = false;
    });
    if (!taken) checking_ = false;
}

void Service::look_at_streams() {
    auto& store = backend_.store;
    const auto now = store.about(clock_.now());
    const auto seen = watch_others_.look(streams_.subscriptions(), store, now);
    if (!seen) {
        // Not to be asked of a database that does not answer, stream by stream.
        const auto again = [now](const Subscription& stream) {
            return Standing{ask_again(stream, now), {}};
        };
        return streams_.check(again, Instant::max(), {});
    }
    streams_.publish(seen->notices, question());
    streams_.check(question(), now, seen->moved);
}

void Service::look_at_keys() {
    const auto sentence =
        key_watch_.look(backend_.store, backend_.random, backend_.store.about(clock_.now()));
    if (sentence)
        backend_.reports.log().write(LogLevel::Warning, "keys.read", {{"detail", *sentence}});
}

// Every 5 s. What fails is done with the next look.
void Service::do_what_is_due() {
    constexpr unsigned looks_between = 10;
    if (looks_++ % looks_between != 0) return;
    (void)write_all_run_out(backend_.store, backend_.random, clock_.now());
    (void)make_checkpoints(backend_.store, *backend_.keys.now(), backend_.random, clock_.now(),
                           CheckpointsOf::DueChains);
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
    watch_.stop();
    health_.stop();
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

auto Service::question() -> Streams::Question {
    return [this](const Subscription& stream) {
        return check_stream(stream, backend_.store, clock_.now());
    };
}

}  // namespace pcc::server
