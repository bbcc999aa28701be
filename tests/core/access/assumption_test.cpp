#include "core/access/assumption.hpp"

#include "tests/core/support/doctest.hpp"
#include "tests/core/support/people.hpp"

namespace pcc::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant started = instant_from_millis(1'795'461'725'123);

auto assumption() -> Assumption {
    return tests::assumption_from(started, started + hours{2});
}

struct Bounds {
    const char* what;
    Validity validity;
    Millis token_age;
    Millis session_left;
    Millis ends_after;
};

TEST_CASE("an assumption ends with the earliest of token, twelve hours and session") {
    const Bounds bounds[] = {
        {"token first", Validity::of_hours(2), minutes{30}, hours{12}, minutes{90}},
        {"session first", Validity::of_hours(24), minutes{0}, minutes{45}, minutes{45}},
        {"twelve hours first", Validity::of_hours(24), minutes{0}, hours{13}, hours{12}},
        {"a lifetime is cut to twelve hours", Validity::lifetime(), hours{9999}, hours{99},
         hours{12}},
        {"a lifetime and a short session", Validity::lifetime(), hours{1}, hours{3}, hours{3}},
        {"all three alike", Validity::of_hours(12), minutes{0}, hours{12}, hours{12}},
        {"token over already", Validity::of_hours(2), hours{3}, hours{12}, -hours{1}},
        {"session over already", Validity::of_hours(2), hours{0}, -minutes{1}, -minutes{1}},
    };
    for (const auto& bound : bounds) {
        CAPTURE(bound.what);
        const auto token = tests::token_of(bound.validity, started - bound.token_age);
        CHECK(assumption_ends_at(token, started, started + bound.session_left) ==
              started + bound.ends_after);
    }
}

TEST_CASE("an assumption never outlives a token ended by hand") {
    const auto ended = end_token(tests::token_of(Validity::lifetime(), started - hours{5}),
                                 EndReason::Expired, tests::ana(), started - hours{1});
    CHECK(assumption_ends_at(ended, started, started + hours{9}) == started - hours{1});
}

TEST_CASE("live is decided by comparing, and the last instant is already over") {
    CHECK(is_live(assumption(), started));
    CHECK(is_live(assumption(), started + hours{2} - Millis{1}));
    CHECK_FALSE(is_live(assumption(), started + hours{2}));
    CHECK(time_left(assumption(), started + minutes{30}) == Millis{minutes{90}});
    CHECK(time_left(assumption(), started + hours{2}) == Millis{0});
    CHECK(time_left(assumption(), started + hours{7}) == Millis{0});
    const auto end = end_of(assumption(), started + hours{7});
    REQUIRE(end.has_value());
    CHECK(end->at == started + hours{2});
    CHECK(end->reason == AssumptionEndReason::Time);
    CHECK_FALSE(end->by.has_value());
    CHECK_FALSE(end_of(assumption(), started + hours{1}).has_value());
}

TEST_CASE("an assumption's end is terminal: neither moved nor renamed") {
    using enum AssumptionEndReason;
    const auto first = started + minutes{10};
    for (const auto reason : {TokenExpired, TokenDeleted, WentBack, EndedByAdmin, SignedOut}) {
        const auto ended = end_assumption(assumption(), reason, tests::ana(), first);
        REQUIRE(ended.ended.has_value());
        CHECK_FALSE(is_live(ended, first));
        CHECK_FALSE(is_live(ended, started));
        CHECK(time_left(ended, started) == Millis{0});
        const auto again = end_assumption(ended, EndedByAdmin, tests::ben(), first + minutes{5});
        CHECK(again.ended->at == first);
        CHECK(again.ended->by == tests::ana());
        CHECK(again.ended->reason == reason);
    }
    const auto late = end_assumption(assumption(), WentBack, std::nullopt, started + hours{2});
    CHECK_FALSE(late.ended.has_value());
    CHECK(end_of(late, started + hours{2})->reason == Time);
    CHECK(is_live(end_assumption(assumption(), Time, std::nullopt, started), started));
}

TEST_CASE("how a token ends tells how its assumptions end") {
    CHECK(assumption_end_for(EndReason::Time) == AssumptionEndReason::Time);
    CHECK(assumption_end_for(EndReason::Expired) == AssumptionEndReason::TokenExpired);
    CHECK(assumption_end_for(EndReason::Deleted) == AssumptionEndReason::TokenDeleted);
}

TEST_CASE("reasons of an assumption have one wire form each") {
    using enum AssumptionEndReason;
    for (const auto reason :
         {Time, TokenExpired, TokenDeleted, WentBack, EndedByAdmin, SignedOut}) {
        CHECK(parse_assumption_end_reason(assumption_end_reason_wire(reason)) == reason);
    }
    CHECK(assumption_end_reason_wire(WentBack) == "went_back");
    CHECK_FALSE(parse_assumption_end_reason("").has_value());
    CHECK_FALSE(parse_assumption_end_reason("WentBack").has_value());
}

}  // namespace
}  // namespace pcc::access
