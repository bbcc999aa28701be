#include "server/store/store.hpp"

#include <algorithm>

namespace pcc::server {
namespace {

constexpr Millis mark_step{1000};
constexpr Millis mark_oldest{30'000};

}  // namespace

auto Store::steady(Instant now) -> Instant {
    const auto told = millis_since_epoch(now);
    auto latest = latest_.load();
    while (latest < told && !latest_.compare_exchange_weak(latest, told)) {
    }
    return instant_from_millis(std::max(latest, told));
}

void Store::watch(Began& began, bool writes, SteadyTime asked) {
    if (observer_ == nullptr) return;
    if (began) return (*began)->watched_by(observer_, writes, asked);
    const auto took = std::chrono::steady_clock::now() - asked;
    observer_->over(
        {writes, std::chrono::duration_cast<std::chrono::microseconds>(took), &began.error()});
}

auto Store::decide_at(Transaction&, Instant told) -> Instant {
    return steady(told);
}

auto Store::mark_is_old(Instant now) const -> bool {
    return now - instant_from_millis(kept_.load()) >= mark_oldest;
}

void Store::keep_mark(Transaction& transaction, Instant now) {
    const auto mark = millis_since_epoch(now);
    if (mark - kept_.load() < mark_step.count()) return;
    transaction.execute("UPDATE clock_marks SET high_water = $1 WHERE id = 1 AND high_water < $1",
                        {mark});
    // Should this transaction not commit, the mark is late by what it would have told, no more.
    if (!transaction.has_failed()) kept_.store(mark);
}

auto Store::adopt_mark(Transaction& transaction, Instant now) -> Result<void, StoreError> {
    const auto row = transaction.query_one("SELECT high_water FROM clock_marks WHERE id = 1");
    const auto mark = row ? row->instant(0) : instant_from_millis(0);
    if (now + clock_tolerance < mark) {
        return failed(StoreError{
            StoreError::Kind::ClockBehind,
            "This machine's clock says " + format_rfc3339(now) + ", but the database was used at " +
                format_rfc3339(mark) +
                " already. Tokens could live longer than they may. Set the clock right, then "
                "start again."});
    }
    kept_.store(millis_since_epoch(mark));
    latest_.store(millis_since_epoch(mark));
    return {};
}

}  // namespace pcc::server
