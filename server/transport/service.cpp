#include "server/transport/service.hpp"

#include <array>
#include <cstdio>
#include <random>
#include <utility>
#include <variant>

#include <drogon/HttpAppFramework.h>

#include "core/api/api_error.hpp"
#include "core/api/endpoint.hpp"
#include "server/crypto/keys.hpp"
#include "server/store/store.hpp"
#include "server/transport/gate.hpp"

namespace pcc::server {
namespace {

// As the client sent it: Drogon keeps the path before decoding.
auto target_of(const drogon::HttpRequestPtr& request) -> std::string {
    auto target = request->getOriginalPath();
    if (!request->query().empty()) target += "?" + request->query();
    return target;
}

auto method_of(const drogon::HttpRequestPtr& request) -> api::Method {
    switch (request->method()) {
        case drogon::Post: return api::Method::Post;
        case drogon::Put: return api::Method::Put;
        case drogon::Patch: return api::Method::Patch;
        case drogon::Delete: return api::Method::Delete;
        default: return api::Method::Get;
    }
}

auto headers_of(const drogon::HttpRequestPtr& request) -> api::Headers {
    api::Headers headers;
    for (const auto& [name, value] : request->headers()) {
        headers.emplace_back(name == cookie_header ? "cookie" : name, value);
    }
    return headers;
}

auto needs_argon2(const Arrival& arrival) -> bool {
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

auto busy_answer() -> api::HttpResponse {
    return problem_answer({503, api::code::busy, "The server is busy",
                           "More is going on than it can take. Try again in a few seconds.", 2});
}

// Units: how long after it was asked for a read is still answered with what was found.
constexpr std::chrono::seconds longest_fresh{5};

auto stalled_answer() -> api::HttpResponse {
    return problem_answer({503, api::code::unavailable, "The server stood still",
                           "What it had read may be over by now. Try again.", 1});
}

auto stopping_answer() -> api::HttpResponse {
    return problem_answer({503, api::code::unavailable, "The server is stopping",
                           "It is being restarted or shut down. Try again in a few seconds.", 2});
}

}  // namespace

Service::Service(const Backend& backend, DistFolder console)
    : backend_(backend),
      console_(std::move(console)),
      request_id_prefix_(random_prefix()),
      watch_others_(request_id_prefix_),
      requests_(4, 512),
      passwords_(2, 32),
      watch_(1, 64) {}

void Service::receive(const drogon::HttpRequestPtr& request, Answer answer) {
    const auto target = target_of(request);
    HeadFault fault{};
    if (const auto& refusal = request->getHeader(refusal_header); !refusal.empty()) {
        if (!read_fault(refusal, fault)) fault = HeadFault::HeaderLine;
        return answer(to_drogon(refusal_answer(fault, target), next_stamp()));
    }
    if (draining_ && target != "/livez" && target != "/readyz") {
        return answer(to_drogon(stopping_answer(), next_stamp()));
    }
    if (is_api_target(target)) return receive_api(request, target, std::move(answer));
    receive_console(request, target, answer);
}

void Service::receive_api(const drogon::HttpRequestPtr& request, const std::string& target,
                          Answer answer) {
    auto arrival = arrival_of(request, target);
    const Stamp stamp{arrival.request_id, clock_.now()};
    auto& lane = needs_argon2(arrival) ? passwords_ : requests_;
    const bool taken = lane.post([this, request, arrival = std::move(arrival), answer] {
        const auto asked = clock_.now();
        send(request, arrival, reply_to(arrival), asked, answer);
    });
    if (!taken) answer(to_drogon(busy_answer(), stamp));
}

// Asked on the event loop, right before the answer is written: a server that was stopped or
// suspended meanwhile must not say what was true before. What was written is committed, and stays
// true.
void Service::answer_while_fresh(api::HttpResponse response, const std::string& request_id,
                                 Instant asked, const Answer& answer) {
    drogon::app().getIOLoop(0)->queueInLoop(
        [this, response = std::move(response), request_id, asked, answer] {
            const auto now = clock_.now();
            const Stamp stamp{request_id, now};
            if (now - asked <= longest_fresh) return answer(to_drogon(response, stamp));
            answer(to_drogon(stalled_answer(), stamp));
        });
}

auto Service::reply_to(const Arrival& arrival) -> Reply {
    const World world{clock_.now(), backend_.random, backend_.passwords, backend_.keys,
                      backend_.secure_cookies};
    auto reply = handle(arrival, backend_.store, world);
    streams_.publish(reply.notices, question());
    return reply;
}

void Service::send(const drogon::HttpRequestPtr& request, const Arrival& arrival, Reply reply,
                   Instant asked, const Answer& answer) {
    if (reply.subscription) return open_stream(request, arrival, reply, answer);
    if (arrival.http.method == api::Method::Get) {
        return answer_while_fresh(std::move(reply.response), arrival.request_id, asked, answer);
    }
    answer(to_drogon(reply.response, Stamp{arrival.request_id, clock_.now()}));
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
    answer(to_drogon_stream(reply.response, Stamp{arrival.request_id, now},
                            [this, stream](drogon::ResponseStreamPtr out) {
                                streams_.attach(stream, std::move(out));
                            }));
}

void Service::receive_console(const drogon::HttpRequestPtr& request, const std::string& target,
                              const Answer& answer) {
    const auto path = path_of(target);
    if (!is_plain_path(path)) {
        return answer(to_drogon(
            problem_answer({400, api::code::path_malformed, "The address is not well formed",
                            "It has empty or dotted parts, or escapes.", 0}),
            next_stamp()));
    }
    if (request->method() != drogon::Get) {
        return answer(to_drogon(refusal_answer(HeadFault::Method, target), next_stamp()));
    }
    if (path == "/livez") {
        return answer(
            to_drogon(text_answer(200, "application/json", R"({"status":"alive"})"), next_stamp()));
    }
    if (path == "/readyz") return receive_readyz(answer);
    const auto* file = console_.find(path);
    if (file) {
        return answer(to_drogon_file(choose(*file, request->getHeader("accept-encoding"),
                                            request->getHeader("if-none-match"))));
    }
    if (!console_.is_built() && path.find('.') == std::string_view::npos)
        return answer(not_built_page());
    answer(to_drogon(problem_answer({404, api::code::not_found, "There is nothing at this address",
                                     "Check its spelling, or begin at the front page.", 0}),
                     next_stamp()));
}

// On the watch's own worker: a server that is busy with requests is still ready.
void Service::receive_readyz(const Answer& answer) {
    const auto stamp = next_stamp();
    const auto not_ready = problem_answer({503, api::code::unavailable, "The server is not ready",
                                           "Its database or its keys cannot be used now.", 2});
    const bool taken = !draining_ && watch_.post([this, answer, stamp, not_ready] {
        const bool ready = backend_.store.check() && backend_.keys.current_version() > 0;
        answer(to_drogon(
            ready ? text_answer(200, "application/json", R"({"status":"ready"})") : not_ready,
            stamp));
    });
    if (!taken) answer(to_drogon(not_ready, stamp));
}

void Service::tick() {
    if (checking_.exchange(true)) return;
    const bool taken = watch_.post([this] {
        look_at_streams();
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

void Service::drain() {
    draining_ = true;
    streams_.close_all();
    passwords_.stop();
    requests_.stop();
    watch_.stop();
}

auto Service::arrival_of(const drogon::HttpRequestPtr& request, const std::string& target)
    -> Arrival {
    Arrival arrival;
    arrival.http.method = method_of(request);
    arrival.http.target = target;
    arrival.http.headers = headers_of(request);
    arrival.http.body = std::string(request->body());
    arrival.ip = request->peerAddr().toIp();
    arrival.request_id = next_request_id();
    return arrival;
}

auto Service::next_request_id() -> std::string {
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%06llx", ++request_count_);
    return request_id_prefix_ + text.data();
}

auto Service::next_stamp() -> Stamp {
    return {next_request_id(), clock_.now()};
}

auto Service::question() -> Streams::Question {
    return [this](const Subscription& stream) {
        return check_stream(stream, backend_.store, clock_.now());
    };
}

}  // namespace pcc::server
