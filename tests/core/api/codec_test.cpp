// Values to the wire and back: what is kept, what is left out, and what is never written.
#include "core/api/codec.hpp"

#include <string>

#include "core/access/token_id.hpp"
#include "tests/core/support/dice.hpp"
#include "tests/core/support/doctest.hpp"
#include "tests/core/support/people.hpp"

namespace pcc::api {
namespace {

using access::AssumptionEndReason;
using access::EndReason;
using std::chrono::hours;
using std::chrono::minutes;
using tests::ana;

const Instant generated = instant_from_millis(1'795'461'725'123);

auto token() -> access::AccessToken {
    auto token = tests::token_of(access::Validity::of_hours(2), generated);
    token.last_used_at = generated + minutes{5};
    token.last_used_by = "Sam Ortiz, NetCare";
    token.use_count = 4;
    token.live_count = 1;
    return token;
}

auto has(const std::string& json, std::string_view part) -> bool {
    return json.find(part) != std::string::npos;
}

TEST_CASE("codec: a token comes back as it was sent") {
    const auto sent = token();
    const auto got = decode_token(encode_token(sent, generated));
    REQUIRE(got.has_value());
    CHECK(got->handle == sent.handle);
    CHECK(got->hint == sent.hint);
    CHECK(got->validity == sent.validity);
    CHECK(got->generated_at == sent.generated_at);
    CHECK(got->expires_at == sent.expires_at);
    CHECK(got->generated_by == sent.generated_by);
    CHECK(got->last_used_at == sent.last_used_at);
    CHECK(got->last_used_by == sent.last_used_by);
    CHECK(got->use_count == sent.use_count);
    CHECK(got->live_count == sent.live_count);
    CHECK_FALSE(got->ended.has_value());
}

TEST_CASE("codec: a token's state is as it is at that instant") {
    const auto early = encode_token(token(), generated + hours{2} - Millis{1});
    CHECK(has(early, R"("state":"active","ended":null)"));
    const auto late = encode_token(token(), generated + hours{2});
    CHECK(has(
        late,
        R"("state":"expired","ended":{"at":"2026-11-23T21:22:05.123Z","by":null,"reason":"time"})"));
}

TEST_CASE("codec: an end by time is derived, an end by hand is kept") {
    const auto ran_out = decode_token(encode_token(token(), generated + hours{3}));
    REQUIRE(ran_out.has_value());
    CHECK_FALSE(ran_out->ended.has_value());
    REQUIRE(access::end_of(*ran_out, generated + hours{3}).has_value());
    CHECK(access::end_of(*ran_out, generated + hours{3})->at == generated + hours{2});

    const auto ended =
        access::end_token(token(), EndReason::Deleted, ana(), generated + minutes{9});
    const auto got = decode_token(encode_token(ended, generated + hours{3}));
    REQUIRE(got.has_value());
    REQUIRE(got->ended.has_value());
    CHECK(got->ended->at == generated + minutes{9});
    CHECK(got->ended->by == ana());
    CHECK(got->ended->reason == EndReason::Deleted);
}

TEST_CASE("codec: an assumption comes back, its end by time derived") {
    using enum AssumptionEndReason;
    auto sent = tests::assumption_from(generated, generated + hours{2});
    sent.change_count = 3;
    const auto live = decode_assumption(encode_assumption(sent, generated));
    REQUIRE(live.has_value());
    CHECK(live->id == sent.id);
    CHECK(live->organization == sent.organization);
    CHECK(live->organization_name == sent.organization_name);
    CHECK(live->token == sent.token);
    CHECK(live->engineer.email == sent.engineer.email);
    CHECK(live->engineer.organization == sent.engineer.organization);
    CHECK(live->started_at == sent.started_at);
    CHECK(live->ends_at == sent.ends_at);
    CHECK(live->change_count == 3);
    CHECK_FALSE(live->ended.has_value());

    const auto late = encode_assumption(sent, generated + hours{2});
    CHECK(has(late, R"("reason":"time")"));
    CHECK_FALSE(decode_assumption(late)->ended.has_value());

    for (const auto reason : {TokenExpired, TokenDeleted, WentBack, EndedByAdmin, SignedOut}) {
        const auto ended = access::end_assumption(sent, reason, ana(), generated + minutes{1});
        const auto got = decode_assumption(encode_assumption(ended, generated + hours{9}));
        REQUIRE(got.has_value());
        REQUIRE(got->ended.has_value());
        CHECK(got->ended->reason == reason);
        CHECK(got->ended->by == ana());
        CHECK(got->ended->at == generated + minutes{1});
    }
}

TEST_CASE("codec: a member that is needed cannot be left out") {
    const auto whole = encode_token(token(), generated);
    for (const std::string name : {"handle", "hint", "validity", "generated_at", "generated_by",
                                   "use_count", "live_count"}) {
        auto without = whole;
        without.replace(without.find("\"" + name + "\""), name.size() + 2, "\"unread\"");
        const auto got = decode_token(without);
        REQUIRE_FALSE(got.has_value());
        CHECK(got.error().fault == DecodeError::Fault::Missing);
        CHECK(got.error().field == name);
    }
}

TEST_CASE("codec: words nobody knows are out of range") {
    auto json =
        encode_token(access::end_token(token(), EndReason::Expired, ana(), generated), generated);
    json.replace(json.find(R"("reason":"expired")"), 18, R"("reason":"evicted")");
    const auto got = decode_token(json);
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().fault == DecodeError::Fault::OutOfRange);
    CHECK(got.error().field == "ended.reason");
}

TEST_CASE("codec: a new token's ID is in the one answer that carries it") {
    const auto id = access::generate_token_id({});
    const auto json = encode_generated_token({token(), id.text()}, generated);
    CHECK(has(json, std::string(id.text().reveal())));
    CHECK_FALSE(has(encode_token(token(), generated), std::string(id.text().reveal())));
    const auto got = decode_generated_token(json);
    REQUIRE(got.has_value());
    CHECK(same_secret(got->token_id, id.text()));
    CHECK(got->token.handle == token().handle);
    const auto revealed = decode_revealed(encode_revealed(id.text()));
    REQUIRE(revealed.has_value());
    CHECK(same_secret(*revealed, id.text()));
}

TEST_CASE("codec: a password is optional when revealing, and a text when given") {
    CHECK(decode_reveal("")->empty());
    CHECK(decode_reveal("{}")->empty());
    CHECK(encode_reveal(Secret()) == "{}");
    CHECK(decode_reveal(R"({"password":"once more, please"})")->reveal() == "once more, please");
    CHECK_FALSE(decode_reveal(R"({"password":null})").has_value());
    CHECK_FALSE(decode_reveal(R"({"password":7})").has_value());
    CHECK_FALSE(decode_reveal(" ").has_value());
}

TEST_CASE("codec: a change has only what is to be changed") {
    const auto nothing = decode_change_network("{}");
    REQUIRE(nothing.has_value());
    CHECK_FALSE(nothing->name.has_value());
    CHECK_FALSE(nothing->tags.has_value());
    CHECK_FALSE(decode_change_network(R"({"name":null})").has_value());
    CHECK_FALSE(decode_change_network(R"({"tags":null})").has_value());
    CHECK_FALSE(decode_change_network(R"({"tags":["a",1]})").has_value());
    CHECK_FALSE(decode_change_ssid(R"({"enabled":"yes"})").has_value());
    CHECK_FALSE(decode_change_ssid(R"({"enabled":null})").has_value());
    const auto both = decode_change_ssid(encode_change_ssid({"Guest", true}));
    REQUIRE(both.has_value());
    CHECK(both->name == "Guest");
    CHECK(both->enabled == true);
}

TEST_CASE("codec: texts of any kind survive") {
    tests::Dice dice(5);
    for (const std::string text :
         {"", "plain", "\"quoted\" \\ back / slash", "line\nbreak\r\ttab", "\x01\x1F\x7F",
          "\u05D0\u05D5\u05E8 right to left", "\u202E\u2066 overrides", "\U0001F511 key",
          "=cmd()|' /C calc'!A0", "%_[]'; DROP TABLE tokens;--", "</script><!--"}) {
        CAPTURE(text);
        const auto got = decode_rename(encode_rename(text));
        REQUIRE(got.has_value());
        CHECK(*got == text);
    }
    const std::string nul("a\0b", 3);
    CHECK(*decode_rename(encode_rename(nul)) == nul);
    CHECK(*decode_rename(encode_rename("broken \xFF byte")) == "broken \uFFFD byte");
    for (int i = 0; i < 2'000; ++i) {
        const auto json = encode_rename(dice.bytes(dice.roll(40)));
        const auto got = decode_rename(json);
        REQUIRE(got.has_value());
        REQUIRE(encode_rename(*got) == json);
    }
}

TEST_CASE("codec: an event fits one line and comes back with its name") {
    Event sent;
    sent.name = "assumption.ended";
    sent.token = TokenHandle("tok_1");
    sent.assumption = AssumptionId("asm_1");
    sent.at = generated + minutes{3};
    sent.ended_assumption = access::end_assumption(
        tests::assumption_from(generated, generated + hours{2}), AssumptionEndReason::TokenExpired,
        access::Person{UserId("usr_1"), "Line\nBreak"}, sent.at);
    const auto json = encode_event(sent);
    CHECK(json.find('\n') == std::string::npos);
    const auto got = decode_event("assumption.ended", json);
    REQUIRE(got.has_value());
    CHECK(got->name == sent.name);
    CHECK(got->token == sent.token);
    CHECK(got->assumption == sent.assumption);
    CHECK(got->at == sent.at);
    REQUIRE(got->ended_assumption.has_value());
    CHECK(got->ended_assumption->ended->reason == AssumptionEndReason::TokenExpired);
    CHECK(encode_event({"ping", {}, {}, {}, generated}) == R"({"at":"2026-11-23T19:22:05.123Z"})");
}

TEST_CASE("codec: pages carry their cursor and total, and none on the last") {
    Page<access::AccessToken> page{{token(), token()}, "cursor", 12};
    const auto got = decode_tokens(encode_tokens(page, generated));
    REQUIRE(got.has_value());
    CHECK(got->items.size() == 2);
    CHECK(got->next == "cursor");
    CHECK(got->total == 12);
    CHECK(encode_tokens({}, generated) == R"({"items":[],"next":null,"total":0})");
    CHECK(decode_tokens(R"({"items":[],"total":0})")->next == "");
    CHECK_FALSE(decode_tokens(R"({"items":{},"next":null,"total":0})").has_value());
    CHECK_FALSE(decode_tokens(R"({"next":null,"total":0})").has_value());
}

TEST_CASE("codec: a session without an assumption has no such member") {
    Session session;
    session.user = {UserId("usr_1"), "sam@netcare.example", "Sam Ortiz"};
    session.organization = {OrganizationId("org_1"), "NetCare"};
    session.role = access::Role::NetworkAdmin;
    session.csrf = "abc";
    session.expires_at = generated + hours{12};
    CHECK_FALSE(has(encode_session(session, generated), "assumption"));
    session.assumption = tests::assumption_from(generated, generated + hours{2});
    const auto got = decode_session(encode_session(session, generated));
    REQUIRE(got.has_value());
    CHECK(got->role == access::Role::NetworkAdmin);
    REQUIRE(got->assumption.has_value());
    CHECK(got->assumption->id == AssumptionId("asm_1"));
}

}  // namespace
}  // namespace pcc::api
