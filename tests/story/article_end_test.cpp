// It ends when it ends: expired, deleted, run out; and what a reload finds.
// Layer: tests. Console and backend in one process.
#include <doctest/doctest.h>

#include "tests/story/people.hpp"

using namespace pcc;
using namespace pcc::story;
using std::chrono::minutes;
using view::Kind;

TEST_CASE("when the admin expires the token the engineer is out at once, and told so") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    const auto hint = hint_of(generate(admin));
    assume(engineer, admin.clipboard());
    town.wait(minutes(3));
    admin.press("Expire " + hint);
    CHECK(admin.sees("is in right now and will be out at once."));
    admin.press("Expire Token");
    CHECK(engineer.sees("Your access to Aurora Hotels has ended"));
    CHECK(engineer.sees("Ana Reyes expired the token at 19:25."));
    CHECK(engineer.sees("You were in for 3 minutes and changed nothing."));
    CHECK_FALSE(engineer.sees("Aurora Lisbon"));
    engineer.press("Enter another Token ID");
    CHECK(engineer.has(Kind::TextField, "Token ID"));
}

TEST_CASE("the same when the token is deleted") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    const auto hint = hint_of(generate(admin));
    assume(engineer, admin.clipboard());
    admin.press("Delete " + hint);
    admin.press("Delete Token");
    CHECK(engineer.sees("Ana Reyes deleted the token at 19:22."));
    engineer.press("Enter another Token ID");
    engineer.type("Token ID", admin.clipboard());
    CHECK_FALSE(engineer.has(Kind::Button, "Assume User"));
}

TEST_CASE("the same when time runs out, even without a word from the server") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    assume(engineer, generate(admin));
    const auto id = engineer.model().wires.assumption;
    for (int quarter = 0; quarter < 8; ++quarter) {
        CHECK(engineer.has(Kind::Banner, "Acting for Aurora Hotels"));
        engineer.follow("Networks");  // somebody who works is not idle
        town.wait(minutes(15));
    }
    CHECK(engineer.sees("Your access to Aurora Hotels has ended"));
    CHECK(engineer.sees("The time ran out at 21:22."));
    CHECK(engineer.model().wires.assumption.empty());
}

TEST_CASE("no request is served after the end, whatever the console does") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    const auto hint = hint_of(generate(admin));
    assume(engineer, admin.clipboard());
    auto stale = engineer.model();
    admin.press("Expire " + hint);
    admin.press("Expire Token");
    for (const auto* target : {"/api/v1/networks", "/api/v1/organization"}) {
        // The tab forgot its assumption; somebody who kept it gets nothing either.
        const auto response = engineer.request(api::Method::Get, target, "");
        CHECK(response.body.find("Aurora") == std::string::npos);
    }
    CHECK_FALSE(stale.wires.assumption.empty());
}

TEST_CASE("a reload keeps acting; a reload after the end does not") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    const auto hint = hint_of(generate(admin));
    assume(engineer, admin.clipboard());
    engineer.reload();
    CHECK(engineer.has(Kind::Banner, "Acting for Aurora Hotels"));
    CHECK(engineer.has(Kind::Link, "Aurora Lisbon"));
    engineer.offline = true;
    admin.press("Expire " + hint);
    admin.press("Expire Token");
    engineer.offline = false;
    engineer.reload();
    CHECK_FALSE(engineer.has(Kind::Banner, "Acting for Aurora Hotels"));
}
