// Around the article: offline, who may see what, signing out, one's own networks.
// Layer: tests. Console and backend in one process.
#include <doctest/doctest.h>

#include "tests/story/people.hpp"

using namespace pcc;
using namespace pcc::story;
using view::Kind;

TEST_CASE("offline is a state with a way on, and nothing typed is lost") {
    Town town;
    auto& admin = admin_tab(town);
    admin.offline = true;
    admin.press("Generate New Token");
    admin.choose("8 Hours");
    admin.press("Generate Token");
    CHECK(admin.has(Kind::Button, "Generate Token"));
    CHECK(testing::find_node(admin.picture(), Kind::Choice, "8 Hours")->selected);
    admin.offline = false;
    admin.press("Generate Token");
    CHECK(admin.sees("Token generated"));
    admin.press("Done");
    const auto* active = loaded(admin.model().pages.tokens.active);
    REQUIRE(active != nullptr);
    CHECK(active->total == 1);
}

TEST_CASE("monitor usage: live sessions and last use are on screen") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    assume(engineer, generate(admin));
    admin.follow("Live sessions");
    CHECK(admin.sees("Sam Ortiz"));
    admin.press("End the session of Sam Ortiz");
    admin.press("End Session");
    CHECK(engineer.sees("Ana Reyes ended your session at 19:22."));
}

TEST_CASE("only administrators see tokens") {
    Town town;
    auto& guest = town.tab();
    guest.open("/configure/organization/tokens");
    guest.sign_in(town.lee.email, town.lee.password);
    CHECK(guest.sees("Only administrators of Fieldworks see this."));
    CHECK(guest.request(api::Method::Get, "/api/v1/tokens?state=active", "").status == 403);
}

TEST_CASE("signing out ends what the session was acting under") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    assume(engineer, generate(admin));
    engineer.press("Sign out");
    CHECK(engineer.is_at_sign_in());
    CHECK(admin.sees("Sam Ortiz is out."));
    CHECK_FALSE(admin.sees("1 in use now"));
}

TEST_CASE("own networks are reached as one's role allows") {
    Town town;
    auto& admin = admin_tab(town);
    admin.follow("Networks");
    admin.follow("Aurora Lisbon");
    admin.press("Disable Aurora Guest");
    CHECK(admin.sees("Everyone who is connected to it loses the connection."));
    admin.press("Disable");
    CHECK(admin.sees("Aurora Guest is off."));
}
