// The help article, line by line, on the admin's side: generate, view, expire, delete.
// Layer: tests. Console and backend in one process.
#include <doctest/doctest.h>

#include "core/access/token_id.hpp"
#include "tests/story/people.hpp"

using namespace pcc;
using namespace pcc::story;
using std::chrono::hours;
using std::chrono::minutes;
using view::Kind;

TEST_CASE("step 1: Configure, Organization, Generated Tokens List") {
    Town town;
    auto& admin = town.tab();
    admin.open("/");
    CHECK(admin.is_at_sign_in());
    admin.sign_in(town.ana.email, town.ana.password);
    CHECK_FALSE(admin.is_at_sign_in());
    admin.follow("Networks");
    admin.follow("Generated Tokens List");
    CHECK(admin.url() == "/configure/organization/tokens");
    CHECK(admin.has(Kind::Heading, "Generated Tokens List"));
    CHECK(admin.has(Kind::Heading, "Active Tokens List"));
    CHECK(admin.has(Kind::Heading, "Expired Tokens List"));
}

TEST_CASE("step 2: Generate New Token offers five validities, the shortest preselected") {
    Town town;
    auto& admin = admin_tab(town);
    admin.press("Generate New Token");
    CHECK(admin.has(Kind::ChoiceGroup, "Select Validity Duration (Hours)"));
    for (const auto* name : {"2 Hours", "8 Hours", "12 Hours", "24 Hours", "Lifetime Access"}) {
        const auto choice = testing::find_node(admin.picture(), Kind::Choice, name);
        REQUIRE(choice.has_value());
        CHECK(choice->selected == (std::string(name) == "2 Hours"));
    }
}

TEST_CASE("step 2: the system creates a unique Token ID") {
    Town town;
    auto& admin = admin_tab(town);
    const auto first = generate(admin);
    const auto second = generate(admin, "24 Hours");
    CHECK(first != second);
    CHECK(access::parse_token_id(first).has_value());
    CHECK(admin.sees(hint_of(first)));
    CHECK(admin.sees(hint_of(second)));
    CHECK_FALSE(admin.sees(first));  // the dialog is closed: only the hint stays
}

TEST_CASE("lifetime takes an explicit confirmation") {
    Town town;
    auto& admin = admin_tab(town);
    admin.press("Generate New Token");
    admin.choose("Lifetime Access");
    const auto button = testing::find_node(admin.picture(), Kind::Button, "Generate Token");
    REQUIRE(button.has_value());
    CHECK(button->disabled);
    admin.send(*button->on_press);  // pressed all the same
    CHECK_FALSE(admin.has(Kind::Heading, "Token generated"));
    admin.choose("I understand that this token works until somebody expires it.");
    admin.press("Generate Token");
    CHECK(admin.sees("Token generated"));
}

TEST_CASE("step 3: active tokens show their ID, validity, date, and can be viewed again") {
    Town town;
    auto& admin = admin_tab(town);
    const auto token_id = generate(admin, "8 Hours");
    CHECK(admin.sees("8 Hours"));
    CHECK(admin.sees("Today 19:22"));
    CHECK(admin.sees("by Ana Reyes"));
    CHECK(admin.sees("8 h 0 m 0 s"));
    admin.press("View Token ID " + hint_of(token_id));
    CHECK(admin.sees(token_id));
}

TEST_CASE("viewing a Token ID long after sign-in asks for the password again") {
    Town town;
    auto& admin = admin_tab(town);
    const auto token_id = generate(admin);
    town.wait(minutes(6));
    admin.press("View Token ID " + hint_of(token_id));
    CHECK_FALSE(admin.sees(token_id));
    admin.type("Your password", "not the password at all");
    admin.press("View Token ID");
    CHECK_FALSE(admin.sees(token_id));
    admin.type("Your password", town.ana.password);
    admin.press("View Token ID");
    CHECK(admin.sees(token_id));
}

TEST_CASE("step 3: a token is expired by hand and moves to the Expired Tokens List") {
    Town town;
    auto& admin = admin_tab(town);
    const auto hint = hint_of(generate(admin));
    admin.press("Expire " + hint);
    admin.press("Expire Token");
    CHECK_FALSE(admin.has(Kind::Button, "Expire " + hint));
    CHECK(admin.sees("Expired by Ana Reyes"));
    CHECK(admin.has(Kind::Button, "Delete " + hint));
}

TEST_CASE("a confirmation can be left without ending anything") {
    Town town;
    auto& admin = admin_tab(town);
    const auto hint = hint_of(generate(admin));
    admin.press("Expire " + hint);
    admin.press("Cancel");
    admin.press("Delete " + hint);
    admin.send(app::PressedEscape{});
    CHECK(admin.has(Kind::Button, "Expire " + hint));
}

TEST_CASE("step 4: expired tokens are kept for review and deleted for cleanup") {
    Town town;
    auto& admin = admin_tab(town);
    const auto hint = hint_of(generate(admin));
    town.wait(hours(2));
    admin.sign_in(town.ana.email, town.ana.password);  // the idle session is over by then
    admin.follow("Generated Tokens List");
    CHECK(admin.sees("Time ran out"));
    CHECK_FALSE(admin.has(Kind::Button, "Expire " + hint));
    admin.press("Delete " + hint);
    admin.press("Delete Token");
    CHECK_FALSE(admin.sees(hint));
}
