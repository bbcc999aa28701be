#include "core/access/access_token.hpp"

#include <limits>

#include "tests/core/support/doctest.hpp"
#include "tests/core/support/people.hpp"

namespace pcc::access {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Instant generated = instant_from_millis(1'795'461'725'123);

auto two_hours() -> AccessToken {
    return tests::token_of(Validity::of_hours(2), generated);
}

auto lifetime() -> AccessToken {
    return tests::token_of(Validity::lifetime(), generated);
}

TEST_CASE("a new token is active from its generation on, and carries what it was given") {
    const auto token = two_hours();
    CHECK(token.handle == TokenHandle("tok_1"));
    CHECK(token.organization == OrganizationId("org_aurora"));
    CHECK(token.generated_by == tests::ana());
    CHECK(token.expires_at == generated + hours{2});
    CHECK(token.use_count == 0);
    CHECK_FALSE(token.last_used_at.has_value());
    CHECK(is_active(token, generated));
    CHECK_FALSE(lifetime().expires_at.has_value());
}

struct Moment {
    Millis after;
    bool active;
};

TEST_CASE("expired is decided by comparing, and the last instant is already over") {
    const Moment moments[] = {{Millis{-1}, true},
                              {Millis{0}, true},
                              {hours{2} - Millis{1}, true},
                              {hours{2}, false},
                              {hours{2} + Millis{1}, false},
                              {hours{24 * 365}, false}};
    for (const auto& moment : moments) {
        const auto now = generated + moment.after;
        CAPTURE(moment.after.count());
        CHECK(is_active(two_hours(), now) == moment.active);
        CHECK((state_of(two_hours(), now) == TokenState::Active) == moment.active);
        CHECK(end_of(two_hours(), now).has_value() == !moment.active);
    }
    const auto end = end_of(two_hours(), generated + hours{5});
    REQUIRE(end.has_value());
    CHECK(end->at == generated + hours{2});
    CHECK(end->reason == EndReason::Time);
    CHECK_FALSE(end->by.has_value());
}

TEST_CASE("a lifetime ends by hand only") {
    const auto latest = instant_from_millis(std::numeric_limits<long long>::max());
    CHECK(is_active(lifetime(), latest));
    CHECK_FALSE(time_left(lifetime(), latest).has_value());
    CHECK_FALSE(fraction_left(lifetime(), latest).has_value());
    const auto ended = end_token(lifetime(), EndReason::Expired, tests::ana(), generated);
    CHECK_FALSE(is_active(ended, latest));
    CHECK(time_left(ended, latest) == Millis{0});
}

TEST_CASE("an end by hand says who, when and how") {
    const auto now = generated + minutes{30};
    for (const auto reason : {EndReason::Expired, EndReason::Deleted}) {
        const auto ended = end_token(two_hours(), reason, tests::ben(), now);
        const auto end = end_of(ended, now);
        REQUIRE(end.has_value());
        CHECK(end->at == now);
        CHECK(end->by == tests::ben());
        CHECK(end->reason == reason);
        CHECK_FALSE(is_active(ended, now));
        // Nor at an earlier instant, should a clock be set back.
        CHECK_FALSE(is_active(ended, generated));
        CHECK(time_left(ended, generated) == Millis{0});
    }
}

TEST_CASE("an end is terminal: neither moved nor renamed") {
    const auto first = generated + minutes{30};
    const auto ended = end_token(two_hours(), EndReason::Expired, tests::ana(), first);
    for (const auto later : {first, first + minutes{1}, generated + hours{2}, generated}) {
        const auto again = end_token(ended, EndReason::Deleted, tests::ben(), later);
        REQUIRE(again.ended.has_value());
        CHECK(again.ended->at == first);
        CHECK(again.ended->by == tests::ana());
        CHECK(again.ended->reason == EndReason::Expired);
    }
    for (const auto late : {generated + hours{2}, generated + hours{3}}) {
        const auto after_time = end_token(two_hours(), EndReason::Deleted, tests::ben(), late);
        CHECK_FALSE(after_time.ended.has_value());
        REQUIRE(end_of(after_time, late).has_value());
        CHECK(end_of(after_time, late)->reason == EndReason::Time);
        CHECK(end_of(after_time, late)->at == generated + hours{2});
    }
}

TEST_CASE("nobody ends a token by hand for the reason of time") {
    const auto same = end_token(two_hours(), EndReason::Time, tests::ana(), generated);
    CHECK_FALSE(same.ended.has_value());
    CHECK(is_active(same, generated));
}

TEST_CASE("time left and its fraction run from whole to nothing") {
    const auto token = two_hours();
    CHECK(time_left(token, generated) == Millis{hours{2}});
    CHECK(time_left(token, generated + hours{2} - Millis{1}) == Millis{1});
    CHECK(time_left(token, generated + hours{2}) == Millis{0});
    CHECK(time_left(token, generated + hours{9}) == Millis{0});
    CHECK(*fraction_left(token, generated) == doctest::Approx(1.0));
    CHECK(*fraction_left(token, generated + minutes{30}) == doctest::Approx(0.75));
    CHECK(*fraction_left(token, generated + hours{2}) == doctest::Approx(0.0));
    CHECK(*fraction_left(token, generated - hours{1}) == doctest::Approx(1.0));
    const auto ended = end_token(token, EndReason::Expired, tests::ana(), generated + minutes{1});
    CHECK(*fraction_left(ended, generated + minutes{1}) == doctest::Approx(0.0));
}

TEST_CASE("reasons have one wire form each") {
    for (const auto reason : {EndReason::Time, EndReason::Expired, EndReason::Deleted}) {
        CHECK(parse_end_reason(end_reason_wire(reason)) == reason);
    }
    CHECK(end_reason_wire(EndReason::Time) == "time");
    CHECK_FALSE(parse_end_reason("Time").has_value());
    CHECK_FALSE(parse_end_reason("").has_value());
}

}  // namespace
}  // namespace pcc::access
