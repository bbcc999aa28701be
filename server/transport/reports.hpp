// What came of each request and of each transaction, as a line of the log and in the counters.
// Layer: server/transport. Takes routes by their template and people by their identifiers; never
// the address that was asked for, a header, a cookie or a body.
#pragma once

#include <array>
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>

#include "server/handle.hpp"
#include "server/log/log.hpp"
#include "server/store/transaction.hpp"
#include "server/transport/metrics.hpp"

namespace pcc::server {

namespace route_name {
inline constexpr const char* refused = "refused";      // by the gate: it was no proper request
inline constexpr const char* unmatched = "unmatched";  // below /api, but none of the contract's
inline constexpr const char* console = "console";      // files of the page
inline constexpr const char* livez = "/livez";
inline constexpr const char* readyz = "/readyz";
}  // namespace route_name

/// One request from its arrival to its answer.
struct Visit {
    std::string request_id;
    std::string_view method;
    std::string_view route;  // its template, or one of route_name
    std::string_view fault;  // why the gate refused it; empty where it did not
    std::string client;      // its IP address
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    Noted noted;
};

class Reports final : public TransactionObserver {
  public:
    Reports(Log& log, Metrics& metrics) : log_(log), metrics_(metrics) {}

    void answered(const Visit& visit, int status);
    void over(const TransactionEnd& end) override;

    auto log() -> Log& { return log_; }
    auto metrics() -> Metrics& { return metrics_; }

  private:
    /// A database that is gone fails each request alike: one line a second and kind is enough.
    struct Quiet {
        std::chrono::steady_clock::time_point until;
        long long unsaid = 0;
    };
    auto may_say(StoreError::Kind kind, long long& unsaid) -> bool;

    Log& log_;
    Metrics& metrics_;
    std::mutex mutex_;
    std::array<Quiet, 8> quiet_{};
};

}  // namespace pcc::server
