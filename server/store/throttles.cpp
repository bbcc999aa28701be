#include "server/store/throttles.hpp"

#include <algorithm>

namespace pcc::server {
namespace {

struct Counter {
    int failures = 0;
    Instant since;
};

auto read_counter(Transaction& tx, const Throttle& throttle, const std::string& name, Instant now)
    -> Counter {
    const auto sql =
        "SELECT failures, since FROM throttles WHERE name = $1" + std::string(tx.lock_clause());
    const auto row = tx.query_one(sql, {name});
    if (!row || now >= row->instant(1) + throttle.window) return {0, now};
    return {static_cast<int>(row->number(0)), row->instant(1)};
}

auto blocked_until(const Throttle& throttle, const Counter& counter, Instant now) -> Instant {
    if (counter.failures < throttle.most) return now;
    if (throttle.fixed_window) return counter.since + throttle.window;
    constexpr int most_doublings = 20;
    const auto doublings = std::min(counter.failures - throttle.most, most_doublings);
    return now + std::min(throttle.first_block * (1 << doublings), throttle.longest_block);
}

/// Counters that nobody needs any more, but for those that somebody is just looking at.
void sweep(Transaction& tx, Instant now) {
    auto skipping = std::string(tx.lock_clause());
    if (!skipping.empty()) skipping += " SKIP LOCKED";
    tx.execute(
        "DELETE FROM throttles WHERE name IN "
        "(SELECT name FROM throttles WHERE forget_at <= $1" +
            skipping + ")",
        {now});
}

}  // namespace

void hold_counter(Transaction& tx, const Throttle& throttle, const std::string& name, Instant now) {
    tx.execute(
        "INSERT INTO throttles (name, failures, since, blocked_until, forget_at) "
        "VALUES ($1, 0, $2, 0, $3) ON CONFLICT (name) DO NOTHING",
        {name, now, now + throttle.window});
    tx.query("SELECT failures FROM throttles WHERE name = $1" + std::string(tx.lock_clause()),
             {name});
}

auto blocked_for(Transaction& tx, const std::string& name, Instant now) -> Millis {
    const auto sql =
        "SELECT blocked_until FROM throttles WHERE name = $1" + std::string(tx.lock_clause());
    const auto row = tx.query_one(sql, {name});
    if (!row) return Millis{0};
    return std::max(Millis{0}, row->instant(0) - now);
}

void count_failure(Transaction& tx, const Throttle& throttle, const std::string& name,
                   Instant now) {
    sweep(tx, now);
    hold_counter(tx, throttle, name, now);
    auto counter = read_counter(tx, throttle, name, now);
    ++counter.failures;
    const auto until = blocked_until(throttle, counter, now);
    // A sliding count begins anew with each failure, so that slow guessing is not forgiven.
    const auto since = throttle.fixed_window ? counter.since : now;
    const auto forget = std::max(until, since + throttle.window);
    tx.execute(
        "UPDATE throttles SET failures = $2, since = $3, blocked_until = $4, forget_at = $5 "
        "WHERE name = $1",
        {name, counter.failures, since, until, forget});
}

void uncount_failure(Transaction& tx, const std::string& name) {
    tx.execute(
        "UPDATE throttles SET failures = failures - 1, blocked_until = 0 "
        "WHERE name = $1 AND failures > 0",
        {name});
}

void touch_failures(Transaction& tx, const std::string& name) {
    tx.execute("UPDATE throttles SET failures = failures WHERE name = $1", {name});
}

void forget_failures(Transaction& tx, const std::string& name) {
    tx.execute("DELETE FROM throttles WHERE name = $1", {name});
}

}  // namespace pcc::server
