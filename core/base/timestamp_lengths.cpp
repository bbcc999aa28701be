// Lengths of time in words; part of timestamp.hpp that needs no calendar.
#include <algorithm>

#include "core/base/timestamp.hpp"

namespace pcc {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

auto whole_seconds(Millis left) -> long long {
    return std::max(0LL, static_cast<long long>(std::chrono::ceil<seconds>(left).count()));
}

auto two_digits(long long value) -> std::string {
    return value < 10 ? "0" + std::to_string(value) : std::to_string(value);
}

void append_unit(std::string& out, long long value, std::string_view unit) {
    if (!out.empty()) out += ' ';
    out += std::to_string(value);
    out += ' ';
    out += unit;
}

void append_words(std::string& out, long long value, std::string_view unit) {
    if (value == 0) return;
    append_unit(out, value, unit);
    if (value != 1) out += 's';
}

}  // namespace

auto format_countdown(Millis left) -> std::string {
    const auto total = whole_seconds(left);
    std::string out;
    if (total >= 86'400) {
        append_unit(out, total / 86'400, "d");
        append_unit(out, total / 3600 % 24, "h");
        return out;
    }
    if (total >= 3600) append_unit(out, total / 3600, "h");
    if (total >= 60) append_unit(out, total / 60 % 60, "m");
    append_unit(out, total % 60, "s");
    return out;
}

auto format_countdown_clock(Millis left) -> std::string {
    const auto total = whole_seconds(left);
    const auto minute = std::to_string(total / 60 % 60);
    const auto second = two_digits(total % 60);
    if (total < 3600) return minute + ":" + second;
    std::string out;
    if (total >= 86'400) append_unit(out, total / 86'400, "d ");
    out += std::to_string(total / 3600 % 24);
    out += ":" + two_digits(total / 60 % 60) + ":" + second;
    return out;
}

auto format_duration(Millis length) -> std::string {
    const auto total = std::chrono::floor<minutes>(length).count();
    if (total < 1) return "less than a minute";
    std::string out;
    append_words(out, total / 1440, "day");
    append_words(out, total / 60 % 24, "hour");
    if (total < 1440) append_words(out, total % 60, "minute");
    return out;
}

auto format_ago(Instant instant, Instant now) -> std::string {
    const auto total = std::chrono::floor<minutes>(now - instant).count();
    if (total < 1) return "now";
    std::string out;
    if (total < 60) {
        append_unit(out, total, "m ago");
    } else if (total < 1440) {
        append_unit(out, total / 60, "h ago");
    } else {
        append_unit(out, total / 1440, "d ago");
    }
    return out;
}

}  // namespace pcc
