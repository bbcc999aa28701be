// A computer that slept: what happened meanwhile is on the screen when it goes on.
// Layer: tests. Console and backend in one process.
#include <doctest/doctest.h>

#include "tests/story/people.hpp"

using namespace pcc;
using namespace pcc::story;
using std::chrono::minutes;
using std::chrono::seconds;
using view::Kind;

TEST_CASE("an engineer who slept across the end of the token is told so at once") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    assume(engineer, generate(admin));
    for (int i = 0; i < 4; ++i) {
        town.wait(minutes(25));
        engineer.send(app::BecameVisible{});  // so that the session is not idle
    }
    CHECK(engineer.has(Kind::Button, "Go Back"));
    engineer.sleep();
    town.wait(minutes(25));
    engineer.wake();
    CHECK(engineer.sees("Your access to Aurora Hotels has ended"));
    CHECK_FALSE(engineer.has(Kind::Button, "Go Back"));
}

TEST_CASE("an engineer who was put out while asleep is told so when the stream is open again") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    assume(engineer, generate(admin));
    engineer.sleep();
    admin.press("Expire " + hint_of(admin.clipboard()));
    admin.press("Expire Token");
    town.wait(minutes(5));
    engineer.wake();
    engineer.settle();
    CHECK(engineer.sees("Your access to Aurora Hotels has ended"));
}

TEST_CASE(
    "a list that slept is brought up to date, its search and selection kept, and hears again") {
    Town town;
    auto& admin = admin_tab(town);
    const auto kept = hint_of(generate(admin));
    const auto ended = hint_of(generate(admin));
    auto& other = town.tab();
    other.open("/");
    other.sign_in(town.ana.email, town.ana.password);
    other.type("Search tokens", "ana");
    other.choose("Select token " + kept);
    other.press("Generate New Token");
    other.choose("24 Hours");
    other.sleep();
    admin.press("Expire " + ended);
    admin.press("Expire Token");
    town.wait(minutes(10));
    other.wake();
    other.settle();
    CHECK(testing::find_node(other.picture(), Kind::Choice, "24 Hours")->selected);
    other.press("Cancel");
    CHECK_FALSE(other.has(Kind::Button, "Expire " + ended));
    CHECK(other.has(Kind::Button, "Delete " + ended));
    CHECK(other.sees("1 selected"));
    CHECK(testing::find_node(other.picture(), Kind::TextField, "Search tokens")->field->value ==
          "ana");
    const auto latest = hint_of(generate(admin));
    CHECK(other.has(Kind::Button, "Expire " + latest));
}

TEST_CASE("whoever slept longer than the session lasts stands before the sign-in form") {
    Town town;
    auto& admin = admin_tab(town);
    admin.sleep();
    town.wait(minutes(31));
    admin.wake();
    admin.settle();
    CHECK(admin.is_at_sign_in());
    CHECK(admin.sign_in_notice() == "Your session has ended. Sign in again to go on.");
}
