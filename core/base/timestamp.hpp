// Instants, durations and how they are written for machines (RFC 3339) and for people.
// Layer: base. Reads no clock, knows no zone database; timestamp.cpp alone uses date.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pcc {

using Millis = std::chrono::milliseconds;
/// A point in time. Units: milliseconds since 1970-01-01T00:00:00Z.
using Instant = std::chrono::time_point<std::chrono::system_clock, Millis>;

/// The instant at `ms` milliseconds after the epoch.
auto instant_from_millis(long long ms) -> Instant;
/// Units: milliseconds since the epoch.
auto millis_since_epoch(Instant instant) -> long long;

enum class TimestampError { Malformed, OutOfRange };

/// The wire form, always UTC with milliseconds: `2026-11-23T19:22:05.123Z`. Source: RFC 3339.
auto format_rfc3339(Instant instant) -> std::string;
/// The same without a string of its own.
auto rfc3339_of(Instant instant) -> std::array<char, 24>;
/// Reads the wire form; fraction optional, `Z` or a numeric offset.
/// Errors: Malformed; OutOfRange for a day or time that does not exist, or a year outside
/// 1970-9999.
auto parse_rfc3339(std::string_view text) -> Result<Instant, TimestampError>;

/// From `from` on, local time is UTC plus `offset`.
struct ZoneRule {
    Instant from;
    std::chrono::minutes offset;
};
/// A zone as the browser tells it: rules in ascending order; before the first one its offset holds.
/// Empty means UTC.
struct Zone {
    std::vector<ZoneRule> rules;
};
auto utc() -> Zone;
auto offset_at(const Zone& zone, Instant instant) -> std::chrono::minutes;

/// `19:22`
auto format_time_of_day(Instant instant, const Zone& zone) -> std::string;
/// `19:22:05`
auto format_clock(Instant instant, const Zone& zone) -> std::string;
/// `23 Nov 2026`
auto format_day(Instant instant, const Zone& zone) -> std::string;
/// `23 Nov 2026 19:22:05`, with the offset for a reader elsewhere: `... UTC+01:00`.
auto format_full(Instant instant, const Zone& zone) -> std::string;
/// `Today 19:22`, `Yesterday 22:40`, `Tomorrow 03:40`, `18 Nov 16:00`, in another year `2 Sep
/// 2025`.
auto format_when(Instant instant, Instant now, const Zone& zone) -> std::string;
/// As format_when, to stand inside a sentence: `today 19:22`, `tomorrow 03:40`.
auto format_when_in_sentence(Instant instant, Instant now, const Zone& zone) -> std::string;

/// Time left as a person reads it: `1 h 41 m 58 s`, `42 m 10 s`, `9 s`, `2 d 3 h`; never below `0
/// s`. Rounded up to the whole second, so it reaches `0 s` exactly when nothing is left.
auto format_countdown(Millis left) -> std::string;
/// The same for a banner: `1:41:58`, `0:09`, `2 d 3:00:00`.
auto format_countdown_clock(Millis left) -> std::string;
/// A length in words: `36 minutes`, `1 hour 5 minutes`, `less than a minute`.
auto format_duration(Millis length) -> std::string;
/// How long ago: `now` (under a minute), `5 m ago`, `3 h ago`, `12 d ago`.
auto format_ago(Instant instant, Instant now) -> std::string;

}  // namespace pcc
