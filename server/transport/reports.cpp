#include "server/transport/reports.hpp"

#include <utility>

#include "core/api/endpoint.hpp"

namespace pcc::server {
namespace {

constexpr std::chrono::seconds quiet_for{1};

auto joined(const std::vector<std::string>& texts) -> std::string {
    std::string all;
    for (const auto& text : texts)
        all += (all.empty() ? "" : ",") + text;
    return all;
}

/// What happens all the time, and concerns nobody while it goes well.
auto is_routine(const Visit& visit) -> bool {
    return visit.route == route_name::livez || visit.route == route_name::readyz ||
           visit.route == route_name::console;
}

auto level_of(const Visit& visit, int status) -> LogLevel {
    if (status >= 500) return LogLevel::Warning;
    return is_routine(visit) ? LogLevel::Debug : LogLevel::Info;
}

auto is_sign_in(const Visit& visit) -> bool {
    return visit.method == "POST" && visit.route == std::string(api::base_path) + "/session";
}

auto level_of(StoreError::Kind kind) -> LogLevel {
    return kind == StoreError::Kind::Busy ? LogLevel::Debug : LogLevel::Error;
}

}  // namespace

void Reports::answered(const Visit& visit, int status) {
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - visit.began);
    metrics_.request_over(visit.route, visit.method, status, took);
    if (is_sign_in(visit) && status == 401) metrics_.sign_in_failed("credentials");
    if (is_sign_in(visit) && status == 429) metrics_.sign_in_failed("throttled");
    for (const auto& act : visit.noted.acts)
        metrics_.act_done(act);
    const auto level = level_of(visit, status);
    if (!log_.writes(level)) return;
    log_.write(level, "request",
               {{"request_id", visit.request_id},
                {"method", std::string(visit.method)},
                {"route", std::string(visit.route)},
                {"fault", std::string(visit.fault)},
                {"status", static_cast<long long>(status)},
                {"duration_us", static_cast<long long>(took.count())},
                {"client", visit.client},
                {"actor", visit.noted.actor.value},
                {"organization", visit.noted.organization.value},
                {"assumption", visit.noted.assumption.value},
                {"acts", joined(visit.noted.acts)}});
}

void Reports::over(const TransactionEnd& end) {
    metrics_.transaction_over(end);
    if (end.error == nullptr) return;
    const auto level = level_of(end.error->kind);
    long long unsaid = 0;
    if (!log_.writes(level) || !may_say(end.error->kind, unsaid)) return;
    log_.write(level, "store.failed",
               {{"request_id", current_request()},
                {"kind", std::string(kind_name(end.error->kind))},
                {"reason", end.error->message},
                {"mode", end.writes ? "write" : "read"},
                {"duration_us", static_cast<long long>(end.took.count())},
                {"unsaid_before", unsaid}});
}

auto Reports::may_say(StoreError::Kind kind, long long& unsaid) -> bool {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    auto& quiet = quiet_.at(static_cast<std::size_t>(kind));
    if (now < quiet.until) {
        ++quiet.unsaid;
        return false;
    }
    quiet.until = now + quiet_for;
    unsaid = std::exchange(quiet.unsaid, 0);
    return true;
}

}  // namespace pcc::server
