// What Prometheus is told, on a listener of its own: how much, how long, how often it failed.
// Layer: server/transport. Labels come from closed sets: no organization, person, token or address.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

auto kind_name(StoreError::Kind kind) -> std::string_view;

/// What is looked up at the moment somebody asks. Called from the listener's threads.
struct LiveNumbers {
    std::size_t open_streams = 0;
    std::size_t requests_under_way = 0;
    std::size_t queued_reads = 0;
    std::size_t queued_writes = 0;
    std::size_t queued_passwords = 0;
    long long repeated_transactions = 0;
    bool draining = false;
};

class Metrics {
  public:
    using Look = std::function<LiveNumbers()>;

    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    auto operator=(const Metrics&) -> Metrics& = delete;

    void request_over(std::string_view route, std::string_view method, int status,
                      std::chrono::microseconds took);
    void act_done(const std::string& action);
    void sign_in_failed(std::string_view reason);
    void transaction_over(const TransactionEnd& end);

    /// Where the live numbers come from; `forget` before that goes.
    void look_at(Look look);
    void forget();

    /// Answers at `ADDRESS:PORT` from now on, under /metrics and nowhere else. Errors: a sentence.
    auto listen(const std::string& where) -> Result<void, std::string>;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace pcc::server
