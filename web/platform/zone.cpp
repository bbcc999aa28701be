// Finds the changes of the browser's offset by halving the days in which one lies.
// Layer: web/platform. Knows no zone database: the browser has one.
#include "web/platform/zone.hpp"

extern "C" int pcc_zone_offset(double millis);

namespace pcc::platform {

namespace {

constexpr long long minute = 60'000;
constexpr long long day = 24 * 60 * minute;

auto offset_of(long long at) -> int {
    return pcc_zone_offset(static_cast<double>(at));
}

// The first minute in (before, after] that has not the offset of `before`.
auto change_between(long long before, long long after) -> long long {
    const int offset = offset_of(before);
    while (after - before > minute) {
        const long long middle = before + (after - before) / minute / 2 * minute;
        (offset_of(middle) == offset ? before : after) = middle;
    }
    return after;
}

}  // namespace

auto browser_zone(Instant now) -> Zone {
    const auto rule = [](long long at) {
        return ZoneRule{instant_from_millis(at), std::chrono::minutes(offset_of(at))};
    };
    const long long today = millis_since_epoch(now) / day * day;
    Zone zone{{rule(today - 400 * day)}};
    for (long long at = today - 400 * day; at < today + 800 * day; at += 7 * day) {
        if (offset_of(at) == offset_of(at + 7 * day)) continue;
        zone.rules.push_back(rule(change_between(at, at + 7 * day)));
    }
    return zone;
}

}  // namespace pcc::platform
