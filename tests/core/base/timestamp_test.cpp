#include "core/base/timestamp.hpp"

#include <limits>
#include <string>

#include "tests/core/support/dice.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct GoodTimestamp {
    const char* text;
    long long millis;
    const char* canonical;
};

// The milliseconds were computed with another implementation (GNU date -u).
const GoodTimestamp good_timestamps[] = {
    {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00.000Z"},
    {"1970-01-01T00:00:00.001Z", 1, "1970-01-01T00:00:00.001Z"},
    {"2026-11-23T19:22:05.123Z", 1795461725123, "2026-11-23T19:22:05.123Z"},
    {"2026-11-23t19:22:05.123z", 1795461725123, "2026-11-23T19:22:05.123Z"},
    {"2026-11-23T20:22:05.123+01:00", 1795461725123, "2026-11-23T19:22:05.123Z"},
    {"2026-11-23T13:52:05.123-05:30", 1795461725123, "2026-11-23T19:22:05.123Z"},
    {"2026-11-24T03:07:05.123+07:45", 1795461725123, "2026-11-23T19:22:05.123Z"},
    {"2026-11-23T19:22:05.123-00:00", 1795461725123, "2026-11-23T19:22:05.123Z"},
    {"2026-11-23T19:22:05Z", 1795461725000, "2026-11-23T19:22:05.000Z"},
    {"2026-11-23T19:22:05.1Z", 1795461725100, "2026-11-23T19:22:05.100Z"},
    {"2026-11-23T19:22:05.1239999999999Z", 1795461725123, "2026-11-23T19:22:05.123Z"},
    {"2024-02-29T00:00:00Z", 1709164800000, "2024-02-29T00:00:00.000Z"},
    {"2000-02-29T23:59:59.999Z", 951868799999, "2000-02-29T23:59:59.999Z"},
    {"2028-03-01T00:30:00+01:00", 1835479800000, "2028-02-29T23:30:00.000Z"},
    {"2026-12-31T23:59:59.999Z", 1798761599999, "2026-12-31T23:59:59.999Z"},
    {"2026-12-31T23:30:00-01:00", 1798763400000, "2027-01-01T00:30:00.000Z"},
    {"9999-12-31T23:59:59.999Z", 253402300799999, "9999-12-31T23:59:59.999Z"},
};

TEST_CASE("timestamps: the wire form is read and written") {
    for (const auto& good : good_timestamps) {
        CAPTURE(good.text);
        const auto instant = parse_rfc3339(good.text);
        REQUIRE(instant.has_value());
        CHECK(millis_since_epoch(*instant) == good.millis);
        CHECK(format_rfc3339(*instant) == good.canonical);
        CHECK(*instant == instant_from_millis(good.millis));
    }
}

TEST_CASE("timestamps: what does not exist is out of range") {
    for (const char* text :
         {"2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
          "2026-04-31T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z",
          "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z",
          "2026-01-01T23:60:00Z", "2026-12-31T23:59:60Z", "2026-01-01T00:00:00+24:00",
          "2026-01-01T00:00:00+01:60", "1969-12-31T23:59:59.999Z", "0000-01-01T00:00:00Z",
          "1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59.999-00:01"}) {
        CAPTURE(text);
        const auto instant = parse_rfc3339(text);
        REQUIRE_FALSE(instant.has_value());
        CHECK(instant.error() == TimestampError::OutOfRange);
    }
}

TEST_CASE("timestamps: what is no timestamp is malformed") {
    using namespace std::string_view_literals;
    for (const auto text : {""sv,
                            "2026-11-23"sv,
                            "2026-11-23T19:22Z"sv,
                            "2026-11-23T19:22:05"sv,
                            "2026-11-23 19:22:05Z"sv,
                            "2026-11-23T19:22:05.Z"sv,
                            "2026-11-23T19:22:05,123Z"sv,
                            "2026-11-23T19:22:05+0100"sv,
                            "2026-11-23T19:22:05+01"sv,
                            "2026-11-23T19:22:05+1:00"sv,
                            "2026-11-23T19:22:05Z "sv,
                            " 2026-11-23T19:22:05Z"sv,
                            "2026-11-23T19:22:05ZZ"sv,
                            "2026-11-23T19:22:05 Z"sv,
                            "26-11-23T19:22:05Z"sv,
                            "+2026-11-23T19:22:05Z"sv,
                            "-026-11-23T19:22:05Z"sv,
                            "2026/11/23T19:22:05Z"sv,
                            "2026-11-23T19.22.05Z"sv,
                            "2026-1a-23T19:22:05Z"sv,
                            "2026-11-23T-1:22:05Z"sv,
                            "2026-11-23T19:22:05\0Z"sv,
                            "2026-11-23T19:22:05Z\0"sv,
                            "1795461725123"sv,
                            "10000-01-01T00:00:00Z"sv,
                            "2026-11-23T19:22:05.12a3Z"sv,
                            "2026-11-23T19:22:05\xE2\x88\x92"
                            "01:00"sv}) {
        CAPTURE(text);
        const auto instant = parse_rfc3339(text);
        REQUIRE_FALSE(instant.has_value());
        CHECK(instant.error() == TimestampError::Malformed);
    }
}

TEST_CASE("timestamps: any instant of 1970-9999 survives the wire") {
    tests::Dice dice(20261123);
    for (int i = 0; i < 20'000; ++i) {
        const auto millis = dice.between(0, 253402300799999);
        CAPTURE(millis);
        const auto back = parse_rfc3339(format_rfc3339(instant_from_millis(millis)));
        REQUIRE(back.has_value());
        REQUIRE(millis_since_epoch(*back) == millis);
    }
}

TEST_CASE("timestamps: any bytes are read without harm") {
    tests::Dice dice(4711);
    const std::string good = "2026-11-23T19:22:05.123+01:00";
    for (int i = 0; i < 20'000; ++i) {
        auto text = good.substr(0, dice.roll(good.size() + 1));
        for (auto changes = dice.roll(4); changes > 0 && !text.empty(); --changes) {
            text[dice.roll(text.size())] = static_cast<char>(dice.roll(256));
        }
        const auto instant = parse_rfc3339(text);
        if (instant) REQUIRE(parse_rfc3339(format_rfc3339(*instant)) == instant);
    }
}

TEST_CASE("timestamps: instants far outside are written as the nearest that can be") {
    CHECK(format_rfc3339(instant_from_millis(-1)) == "1970-01-01T00:00:00.000Z");
    CHECK(format_rfc3339(instant_from_millis(std::numeric_limits<long long>::min())) ==
          "1970-01-01T00:00:00.000Z");
    CHECK(format_rfc3339(instant_from_millis(std::numeric_limits<long long>::max())) ==
          "9999-12-31T23:59:59.999Z");
    const Zone far_east{{{instant_from_millis(0), hours{14}}}};
    CHECK(format_day(instant_from_millis(std::numeric_limits<long long>::max()), far_east) ==
          "1 Jan 10000");
    const Zone far_west{{{instant_from_millis(0), -hours{12}}}};
    CHECK(format_full(instant_from_millis(0), far_west) == "31 Dec 1969 12:00:00 UTC-12:00");
}

auto at(const char* text) -> Instant {
    const auto instant = parse_rfc3339(text);
    REQUIRE(instant.has_value());
    return *instant;
}

// Central European Time around both changes of 2026.
auto berlin() -> Zone {
    return {{{at("2025-10-26T01:00:00Z"), minutes{60}},
             {at("2026-03-29T01:00:00Z"), minutes{120}},
             {at("2026-10-25T01:00:00Z"), minutes{60}}}};
}

TEST_CASE("zones: the offset changes exactly at the rule's instant") {
    const auto zone = berlin();
    CHECK(offset_at(zone, at("2026-03-29T00:59:59.999Z")) == minutes{60});
    CHECK(offset_at(zone, at("2026-03-29T01:00:00Z")) == minutes{120});
    CHECK(offset_at(zone, at("2026-10-25T00:59:59.999Z")) == minutes{120});
    CHECK(offset_at(zone, at("2026-10-25T01:00:00Z")) == minutes{60});
    CHECK(offset_at(zone, at("1999-01-01T00:00:00Z")) == minutes{60});
    CHECK(offset_at(zone, at("2040-01-01T00:00:00Z")) == minutes{60});
    CHECK(offset_at(utc(), at("2026-10-25T01:00:00Z")) == minutes{0});
}

TEST_CASE("zones: clocks across a change of daylight saving") {
    const auto zone = berlin();
    CHECK(format_clock(at("2026-03-29T00:59:59Z"), zone) == "01:59:59");
    CHECK(format_clock(at("2026-03-29T01:00:00Z"), zone) == "03:00:00");
    CHECK(format_full(at("2026-10-25T00:30:00Z"), zone) == "25 Oct 2026 02:30:00 UTC+02:00");
    CHECK(format_full(at("2026-10-25T01:30:00Z"), zone) == "25 Oct 2026 02:30:00 UTC+01:00");
    CHECK(format_full(at("2026-11-23T19:22:05Z"), utc()) == "23 Nov 2026 19:22:05 UTC");
    const Zone newfoundland{{{instant_from_millis(0), minutes{-210}}}};
    CHECK(format_full(at("2026-11-23T01:22:05Z"), newfoundland) ==
          "22 Nov 2026 21:52:05 UTC-03:30");
}

TEST_CASE("days are named by the reader's calendar") {
    const auto zone = berlin();
    const auto now = at("2026-11-23T19:40:12Z");
    const auto when = [&](const char* text) { return format_when(at(text), now, zone); };
    CHECK(when("2026-11-23T18:22:00Z") == "Today 19:22");
    CHECK(when("2026-11-22T23:00:00Z") == "Today 00:00");
    CHECK(when("2026-11-23T22:59:59.999Z") == "Today 23:59");
    CHECK(when("2026-11-23T23:00:00Z") == "Tomorrow 00:00");
    CHECK(when("2026-11-22T22:59:00Z") == "Yesterday 23:59");
    CHECK(when("2026-11-21T22:59:00Z") == "21 Nov 23:59");
    CHECK(when("2026-11-25T12:00:00Z") == "25 Nov 13:00");
    CHECK(when("2025-09-02T10:00:00Z") == "2 Sep 2025");
    CHECK(when("2025-12-31T22:59:59Z") == "31 Dec 2025");
    CHECK(when("2025-12-31T23:00:00Z") == "1 Jan 00:00");
    CHECK(format_when_in_sentence(at("2026-11-24T02:40:00Z"), now, zone) == "tomorrow 03:40");
    CHECK(format_when_in_sentence(at("2026-11-23T18:22:00Z"), now, zone) == "today 19:22");
    CHECK(format_when_in_sentence(at("2026-11-22T18:22:00Z"), now, zone) == "yesterday 19:22");
    CHECK(format_when_in_sentence(at("2026-11-18T15:00:00Z"), now, zone) == "18 Nov 16:00");
    CHECK(format_when(at("2026-12-31T12:00:00Z"), at("2027-01-01T12:00:00Z"), utc()) ==
          "Yesterday 12:00");
    CHECK(format_time_of_day(at("2026-11-23T07:05:59Z"), utc()) == "07:05");
    CHECK(format_day(at("2026-05-03T07:05:59Z"), utc()) == "3 May 2026");
}

TEST_CASE("every month has its name") {
    const char* names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (int month = 1; month <= 12; ++month) {
        const auto number = (month < 10 ? "0" : "") + std::to_string(month);
        const auto day = format_day(at(("2026-" + number + "-15T00:00:00Z").c_str()), utc());
        CHECK(day == "15 " + std::string(names[month - 1]) + " 2026");
    }
}

struct Countdown {
    long long millis;
    const char* words;
    const char* clock;
};

TEST_CASE("countdowns are rounded up and end exactly at nothing") {
    const Countdown countdowns[] = {
        {std::numeric_limits<long long>::min(), "0 s", "0:00"},
        {-1, "0 s", "0:00"},
        {0, "0 s", "0:00"},
        {1, "1 s", "0:01"},
        {999, "1 s", "0:01"},
        {1000, "1 s", "0:01"},
        {1001, "2 s", "0:02"},
        {9'000, "9 s", "0:09"},
        {59'001, "1 m 0 s", "1:00"},
        {60'000, "1 m 0 s", "1:00"},
        {2'530'000, "42 m 10 s", "42:10"},
        {3'599'001, "1 h 0 m 0 s", "1:00:00"},
        {6'118'000, "1 h 41 m 58 s", "1:41:58"},
        {86'399'000, "23 h 59 m 59 s", "23:59:59"},
        {86'400'000, "1 d 0 h", "1 d 0:00:00"},
        {183'600'000, "2 d 3 h", "2 d 3:00:00"},
    };
    for (const auto& countdown : countdowns) {
        CAPTURE(countdown.millis);
        CHECK(format_countdown(Millis{countdown.millis}) == countdown.words);
        CHECK(format_countdown_clock(Millis{countdown.millis}) == countdown.clock);
    }
    CHECK_FALSE(format_countdown(Millis::max()).empty());
}

TEST_CASE("lengths in words") {
    CHECK(format_duration(Millis{-5}) == "less than a minute");
    CHECK(format_duration(seconds{59}) == "less than a minute");
    CHECK(format_duration(minutes{1}) == "1 minute");
    CHECK(format_duration(minutes{36}) == "36 minutes");
    CHECK(format_duration(minutes{60}) == "1 hour");
    CHECK(format_duration(minutes{65}) == "1 hour 5 minutes");
    CHECK(format_duration(minutes{121}) == "2 hours 1 minute");
    CHECK(format_duration(hours{24}) == "1 day");
    CHECK(format_duration(hours{49}) == "2 days 1 hour");
}

TEST_CASE("how long ago") {
    const auto now = at("2026-11-23T19:40:12Z");
    CHECK(format_ago(now + seconds{30}, now) == "now");
    CHECK(format_ago(now, now) == "now");
    CHECK(format_ago(now - Millis{59'999}, now) == "now");
    CHECK(format_ago(now - minutes{1}, now) == "1 m ago");
    CHECK(format_ago(now - minutes{59}, now) == "59 m ago");
    CHECK(format_ago(now - minutes{60}, now) == "1 h ago");
    CHECK(format_ago(now - hours{23}, now) == "23 h ago");
    CHECK(format_ago(now - hours{24 * 12}, now) == "12 d ago");
}

}  // namespace
}  // namespace pcc
