#include "core/base/timestamp.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include <date/date.h>

namespace pcc {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Instant earliest = date::sys_days{date::year{1970} / 1 / 1};
constexpr Instant latest = date::sys_days{date::year{10000} / 1 / 1} - Millis{1};

/// A civil date and time of day, in whichever zone the instant was shifted to.
struct Civil {
    date::year_month_day day;
    date::hh_mm_ss<Millis> time;
};

auto civil(Instant instant) -> Civil {
    const auto bounded = std::clamp(instant, earliest - hours{24}, latest + hours{24});
    const auto midnight = date::floor<date::days>(bounded);
    return {date::year_month_day{midnight}, date::hh_mm_ss<Millis>{bounded - midnight}};
}

auto local(Instant instant, const Zone& zone) -> Instant {
    return std::clamp(instant, earliest, latest) + offset_at(zone, instant);
}

void append_number(std::string& out, long long value, std::size_t width = 1) {
    std::array<char, 20> digits{};
    const auto end = digits.size();
    auto begin = end;
    do {
        digits[--begin] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value > 0);
    while (end - begin < width)
        digits[--begin] = '0';
    out.append(&digits[begin], end - begin);
}

/// Writes a number in so many digits.
void put_digits(char* to, std::size_t count, unsigned value) {
    for (; count > 0; value /= 10)
        to[--count] = static_cast<char>('0' + value % 10);
}

auto month_name(date::month month) -> std::string_view {
    constexpr std::string_view names = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const std::size_t index = static_cast<unsigned>(month) - 1;
    return names.substr(index * 3, 3);
}

void append_time(std::string& out, const Civil& when, bool with_seconds) {
    append_number(out, when.time.hours().count(), 2);
    out += ':';
    append_number(out, when.time.minutes().count(), 2);
    if (with_seconds) {
        out += ':';
        append_number(out, when.time.seconds().count(), 2);
    }
}

void append_day(std::string& out, const Civil& when, bool with_year) {
    append_number(out, static_cast<unsigned>(when.day.day()));
    out += ' ';
    out += month_name(when.day.month());
    if (with_year) {
        out += ' ';
        append_number(out, static_cast<int>(when.day.year()), 4);
    }
}

void append_offset(std::string& out, minutes offset) {
    out += " UTC";
    if (offset == minutes{0}) return;
    out += offset < minutes{0} ? '-' : '+';
    const auto size = std::chrono::abs(offset).count();
    append_number(out, size / 60, 2);
    out += ':';
    append_number(out, size % 60, 2);
}

auto when_words(Instant instant, Instant now, const Zone& zone,
                const std::array<std::string_view, 3>& days) -> std::string {
    const auto then = civil(local(instant, zone));
    const auto today = civil(local(now, zone));
    const auto apart = (date::sys_days{then.day} - date::sys_days{today.day}).count();
    std::string out;
    if (apart >= -1 && apart <= 1) {
        out = apart < 0 ? days[0] : apart == 0 ? days[1] : days[2];
    } else if (then.day.year() != today.day.year()) {
        append_day(out, then, true);
        return out;
    } else {
        append_day(out, then, false);
    }
    out += ' ';
    append_time(out, then, false);
    return out;
}

/// The digits at [at, at + count) as a number, or -1 where one of them is none.
auto digits_at(std::string_view text, std::size_t at, std::size_t count) -> int {
    if (at + count > text.size()) return -1;
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Milliseconds of the fraction that begins at `at`, which is moved past it. Digits after the third
/// are cut off. Returns -1 for a point without digits.
auto read_fraction(std::string_view text, std::size_t& at) -> int {
    if (at >= text.size() || text[at] != '.') return 0;
    const auto first = ++at;
    int millis = 0;
    int unit = 100;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
        millis += (text[at] - '0') * unit;
        unit /= 10;
    }
    return at == first ? -1 : millis;
}

auto read_offset(std::string_view text) -> Result<minutes, TimestampError> {
    if (text == "Z" || text == "z") return minutes{0};
    const auto hour = digits_at(text, 1, 2);
    const auto minute = digits_at(text, 4, 2);
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' || hour < 0 ||
        minute < 0) {
        return failed(TimestampError::Malformed);
    }
    if (hour > 23 || minute > 59) return failed(TimestampError::OutOfRange);
    const auto size = hours{hour} + minutes{minute};
    return text[0] == '-' ? -size : size;
}

struct Fields {
    int year, month, day, hour, minute, second;

    auto malformed() const -> bool {
        return std::min({year, month, day, hour, minute, second}) < 0;
    }
    auto date() const -> date::year_month_day { return date::year{year} / month / day; }
    /// A leap second is refused: this clock has none.
    auto exists() const -> bool { return date().ok() && hour < 24 && minute < 60 && second < 60; }
};

auto read_fields(std::string_view text) -> std::optional<Fields> {
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' ||
        (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':') {
        return std::nullopt;
    }
    const Fields fields{digits_at(text, 0, 4),  digits_at(text, 5, 2),  digits_at(text, 8, 2),
                        digits_at(text, 11, 2), digits_at(text, 14, 2), digits_at(text, 17, 2)};
    if (fields.malformed()) return std::nullopt;
    return fields;
}

}  // namespace

auto instant_from_millis(long long ms) -> Instant {
    return Instant{Millis{ms}};
}

auto millis_since_epoch(Instant instant) -> long long {
    return instant.time_since_epoch().count();
}

auto rfc3339_of(Instant instant) -> std::array<char, 24> {
    const auto when = civil(std::clamp(instant, earliest, latest));
    std::array<char, 24> out{};
    constexpr std::string_view form = "0000-00-00T00:00:00.000Z";
    std::copy(form.begin(), form.end(), out.begin());
    const auto put = [&out](std::size_t at, std::size_t count, auto value) {
        put_digits(out.data() + at, count, static_cast<unsigned>(value));
    };
    put(0, 4, static_cast<int>(when.day.year()));
    put(5, 2, static_cast<unsigned>(when.day.month()));
    put(8, 2, static_cast<unsigned>(when.day.day()));
    put(11, 2, when.time.hours().count());
    put(14, 2, when.time.minutes().count());
    put(17, 2, when.time.seconds().count());
    put(20, 3, when.time.subseconds().count());
    return out;
}

auto format_rfc3339(Instant instant) -> std::string {
    const auto out = rfc3339_of(instant);
    return {out.data(), out.size()};
}

auto parse_rfc3339(std::string_view text) -> Result<Instant, TimestampError> {
    const auto fields = read_fields(text);
    if (!fields) return failed(TimestampError::Malformed);
    std::size_t at = 19;
    const auto millis = read_fraction(text, at);
    if (millis < 0) return failed(TimestampError::Malformed);
    const auto offset = read_offset(text.substr(at));
    if (!offset) return failed(offset.error());
    if (!fields->exists()) return failed(TimestampError::OutOfRange);
    const auto instant = Instant{date::sys_days{fields->date()}} + hours{fields->hour} +
                         minutes{fields->minute} + seconds{fields->second} + Millis{millis} -
                         *offset;
    if (instant < earliest || instant > latest) return failed(TimestampError::OutOfRange);
    return instant;
}

auto utc() -> Zone {
    return {};
}

auto offset_at(const Zone& zone, Instant instant) -> minutes {
    if (zone.rules.empty()) return minutes{0};
    auto offset = zone.rules.front().offset;
    for (const auto& rule : zone.rules) {
        if (rule.from > instant) break;
        offset = rule.offset;
    }
    return offset;
}

auto format_time_of_day(Instant instant, const Zone& zone) -> std::string {
    std::string out;
    append_time(out, civil(local(instant, zone)), false);
    return out;
}

auto format_clock(Instant instant, const Zone& zone) -> std::string {
    std::string out;
    append_time(out, civil(local(instant, zone)), true);
    return out;
}

auto format_day(Instant instant, const Zone& zone) -> std::string {
    std::string out;
    append_day(out, civil(local(instant, zone)), true);
    return out;
}

auto format_full(Instant instant, const Zone& zone) -> std::string {
    const auto when = civil(local(instant, zone));
    std::string out;
    append_day(out, when, true);
    out += ' ';
    append_time(out, when, true);
    append_offset(out, offset_at(zone, instant));
    return out;
}

auto format_when(Instant instant, Instant now, const Zone& zone) -> std::string {
    return when_words(instant, now, zone, {"Yesterday", "Today", "Tomorrow"});
}

auto format_when_in_sentence(Instant instant, Instant now, const Zone& zone) -> std::string {
    return when_words(instant, now, zone, {"yesterday", "today", "tomorrow"});
}

}  // namespace pcc
