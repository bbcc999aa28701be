#include "server/transport/metrics.hpp"

#include <array>
#include <exception>
#include <mutex>
#include <unordered_map>
#include <utility>

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "server/cli/version.hpp"
#include "server/transport/metrics_live.hpp"

namespace pcc::server {
namespace {

using prometheus::BuildCounter;
using prometheus::BuildHistogram;
using prometheus::Histogram;

// Units: seconds
const Histogram::BucketBoundaries request_times = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
                                                   0.25,  0.5,    1,     2.5,  5,     10};
const Histogram::BucketBoundaries transaction_times = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                       0.05,   0.1,   0.25,   0.5,   1,    5};

constexpr std::array<std::pair<StoreError::Kind, std::string_view>, 8> kind_names = {{
    {StoreError::Kind::Busy, "busy"},
    {StoreError::Kind::Constraint, "constraint"},
    {StoreError::Kind::Unavailable, "unavailable"},
    {StoreError::Kind::EndsNotKept, "ends_not_kept"},
    {StoreError::Kind::NewerSchema, "newer_schema"},
    {StoreError::Kind::OlderSchema, "older_schema"},
    {StoreError::Kind::ClockBehind, "clock_behind"},
    {StoreError::Kind::InUse, "in_use"},
}};

// Counted from nothing, so that the first of each is seen as an increase.
constexpr std::array<const char*, 8> known_acts = {
    "token.generated", "token.revealed",     "token.expired",    "token.deleted",
    "session.started", "assumption.started", "assumption.ended", "session.failed"};

auto seconds(std::chrono::microseconds time) -> double {
    return std::chrono::duration<double>(time).count();
}

auto class_of(int status) -> std::string {
    return std::to_string(status / 100) + "xx";
}

}  // namespace

auto kind_name(StoreError::Kind kind) -> std::string_view {
    for (const auto& [known, name] : kind_names) {
        if (known == kind) return name;
    }
    return "unavailable";
}

struct Metrics::Parts {
    std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
    prometheus::Family<prometheus::Counter>& requests =
        BuildCounter()
            .Name("pcc_http_requests_total")
            .Help("Requests answered, by route, method and class of status.")
            .Register(*registry);
    prometheus::Family<Histogram>& request_seconds =
        BuildHistogram()
            .Name("pcc_http_request_duration_seconds")
            .Help("From the whole of a request to its answer; of an event stream, to its head.")
            .Register(*registry);
    prometheus::Family<prometheus::Counter>& acts =
        BuildCounter()
            .Name("pcc_acts_total")
            .Help("Acts put on record, as the audit names them. What time alone ends is none.")
            .Register(*registry);
    prometheus::Family<prometheus::Counter>& sign_in_failures =
        BuildCounter()
            .Name("pcc_sign_in_failures_total")
            .Help("Sign-ins refused: wrong e-mail address or password, or too many tries.")
            .Register(*registry);
    prometheus::Family<prometheus::Counter>& store_errors =
        BuildCounter()
            .Name("pcc_store_errors_total")
            .Help("Transactions that failed, by kind; busy ones are tried again.")
            .Register(*registry);
    prometheus::Family<Histogram>& transaction_seconds =
        BuildHistogram()
            .Name("pcc_store_transaction_duration_seconds")
            .Help("From asking for a transaction to its end, waiting included.")
            .Register(*registry);
    Histogram& read_seconds = transaction_seconds.Add({{"mode", "read"}}, transaction_times);
    Histogram& write_seconds = transaction_seconds.Add({{"mode", "write"}}, transaction_times);

    /// What counts the requests of one route, method and class of status.
    struct OfRequests {
        prometheus::Counter& count;
        Histogram& seconds;
    };
    auto of_requests(std::string_view route, std::string_view method, int status) -> OfRequests;

    std::mutex mutex;
    std::unordered_map<std::string, OfRequests> known_requests;
    std::shared_ptr<LiveMetrics> live = std::make_shared<LiveMetrics>();
    std::unique_ptr<prometheus::Exposer> exposer;
};

// Looked up by one text: the library makes and compares maps of labels.
auto Metrics::Parts::of_requests(std::string_view route, std::string_view method, int status)
    -> OfRequests {
    auto key = class_of(status).append(method).append(route);
    const std::lock_guard lock(mutex);
    const auto known = known_requests.find(key);
    if (known != known_requests.end()) return known->second;
    const std::string of_route(route);
    const std::string of_method(method);
    const OfRequests made{
        requests.Add({{"route", of_route}, {"method", of_method}, {"status", class_of(status)}}),
        request_seconds.Add({{"route", of_route}, {"method", of_method}}, request_times)};
    known_requests.emplace(std::move(key), made);
    return made;
}

Metrics::Metrics() : parts_(std::make_unique<Parts>()) {
    for (const auto* act : known_acts)
        parts_->acts.Add({{"act", act}});
    for (const auto* reason : {"credentials", "throttled"})
        parts_->sign_in_failures.Add({{"reason", reason}});
    for (const auto& [kind, name] : kind_names)
        parts_->store_errors.Add({{"kind", std::string(name)}});
    prometheus::BuildGauge()
        .Name("pcc_build_info")
        .Help("Always 1; says which program this is.")
        .Register(*parts_->registry)
        .Add({{"version", version_number}})
        .Set(1);
}

Metrics::~Metrics() = default;

void Metrics::request_over(std::string_view route, std::string_view method, int status,
                           std::chrono::microseconds took) {
    const auto numbers = parts_->of_requests(route, method, status);
    numbers.count.Increment();
    numbers.seconds.Observe(seconds(took));
}

void Metrics::act_done(const std::string& action) {
    parts_->acts.Add({{"act", action}}).Increment();
}

void Metrics::sign_in_failed(std::string_view reason) {
    parts_->sign_in_failures.Add({{"reason", std::string(reason)}}).Increment();
}

void Metrics::transaction_over(const TransactionEnd& end) {
    (end.writes ? parts_->write_seconds : parts_->read_seconds).Observe(seconds(end.took));
    if (end.error == nullptr) return;
    parts_->store_errors.Add({{"kind", std::string(kind_name(end.error->kind))}}).Increment();
}

void Metrics::look_at(Look look) {
    parts_->live->look_at(std::move(look));
}

void Metrics::forget() {
    parts_->live->look_at({});
}

// The library throws where it cannot listen.
auto Metrics::listen(const std::string& where) -> Result<void, std::string> {
    try {
        // Several, and not patient: one that connects and says nothing keeps nobody out.
        parts_->exposer = std::make_unique<prometheus::Exposer>(std::vector<std::string>{
            "listening_ports", where, "num_threads", "4", "request_timeout_ms", "2000"});
    } catch (const std::exception&) {
        return failed("Nothing can listen on " + where +
                      " for metrics: the address is not this machine's, or the port is taken or "
                      "not for this account. Choose another one with --metrics-listen.");
    }
    parts_->exposer->RegisterCollectable(parts_->registry);
    parts_->exposer->RegisterCollectable(parts_->live);
    return {};
}

}  // namespace pcc::server
