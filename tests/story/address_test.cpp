// Back, reload and deep links, as a person meets them.
// Layer: tests. Console and backend in one process.
#include <doctest/doctest.h>

#include "tests/story/people.hpp"

using namespace pcc;
using namespace pcc::story;

TEST_CASE("Back closes a dialog and then leaves the screen") {
    Town town;
    auto& admin = admin_tab(town);
    generate(admin);
    admin.follow("Audit");
    admin.follow("Generated Tokens List");
    admin.press("Generate New Token");
    CHECK(admin.sees("Generate Token"));
    admin.back();
    CHECK_FALSE(admin.sees("Generate Token"));
    CHECK(admin.url() == "/configure/organization/tokens");
    admin.back();
    CHECK(admin.url() == "/record/audit");
    CHECK(admin.sees("What was done"));
}

TEST_CASE("however a dialog closes, the next Back leaves the screen") {
    Town town;
    auto& admin = admin_tab(town);
    admin.follow("Audit");
    admin.follow("Generated Tokens List");
    generate(admin);
    admin.press("Generate New Token");
    admin.send(app::PressedEscape{});
    admin.back();
    CHECK(admin.url() == "/record/audit");
}

TEST_CASE("Back after a Token ID was shown does not show it again") {
    Town town;
    auto& admin = admin_tab(town);
    const auto token_id = generate(admin);
    admin.follow("Audit");
    admin.back();
    CHECK_FALSE(admin.sees(token_id));
    CHECK(admin.sees(hint_of(token_id)));
}

TEST_CASE("a reload finds the list as it was searched and sorted, and so does a deep link") {
    Town town;
    auto& admin = admin_tab(town);
    const auto sought = hint_of(generate(admin));
    const auto other = hint_of(generate(admin, "8 Hours"));
    admin.type("Search tokens", sought);
    CHECK_FALSE(admin.sees(other));
    admin.reload();
    CHECK(admin.sees(sought));
    CHECK_FALSE(admin.sees(other));

    auto& second = town.tab();
    second.open(admin.url());
    CHECK(second.is_at_sign_in());
    second.sign_in(town.ana.email, town.ana.password);
    CHECK(second.url() == admin.url());
    CHECK_FALSE(second.sees(other));
}

TEST_CASE(
    "an engineer who is put out while a dialog is open is told so, at an address that says it") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    assume(engineer, generate(admin));
    engineer.follow("Aurora Lisbon");
    engineer.press("Disable Aurora Guest");
    admin.press("Expire " + hint_of(admin.clipboard()));
    admin.press("Expire Token");
    CHECK(engineer.sees("Your access to Aurora Hotels has ended"));
    CHECK(engineer.url() == "/configure/organization/assume");
}
