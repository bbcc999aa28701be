// The help article, line by line: an admin hands access over, an engineer uses it, the admin ends
// it. Layer: tests. Console and backend in one process.
#include <doctest/doctest.h>

#include "core/access/token_id.hpp"
#include "tests/story/town.hpp"

using namespace pcc;
using namespace pcc::story;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using view::Kind;

namespace {

auto admin_tab(Town& town) -> Tab& {
    auto& tab = town.tab();
    tab.open("/configure/organization/tokens");
    tab.sign_in(town.ana.email, town.ana.password);
    return tab;
}

auto engineer_tab(Town& town) -> Tab& {
    auto& tab = town.tab("198.51.100.7");
    tab.open("/configure/organization/assume");
    tab.sign_in(town.sam.email, town.sam.password);
    return tab;
}

/// Generates as a person does, and returns the Token ID from the clipboard.
auto generate(Tab& admin, const std::string& validity = "2 Hours") -> std::string {
    admin.press("Generate New Token");
    admin.choose(validity);
    if (validity == "Lifetime Access") {
        admin.choose("I understand that this token works until somebody expires it.");
    }
    admin.press("Generate Token");
    admin.press("Copy Token ID");
    admin.press("Done");
    return admin.clipboard();
}

auto hint_of(const std::string& token_id) -> std::string {
    return access::token_id_hint(*access::parse_token_id(token_id));
}

void assume(Tab& engineer, const std::string& token_id) {
    engineer.type("Token ID", token_id);
    engineer.press("Assume User");
}

}  // namespace

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

TEST_CASE("step 5: an external user assumes the organization and reaches its network") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    const auto token_id = generate(admin);
    engineer.type("Token ID", token_id);
    CHECK(engineer.sees("Aurora Hotels"));
    CHECK(engineer.sees("Ana Reyes, today 19:22"));
    CHECK(engineer.sees("1 network, read and write"));
    CHECK(engineer.sees("2 h 0 m 0 s, until today 21:22"));
    engineer.press("Assume User");
    CHECK(engineer.url() == "/monitor/networks");
    CHECK(engineer.has(Kind::Banner, "Acting for Aurora Hotels"));
    CHECK(engineer.has(Kind::Link, "Aurora Lisbon"));
    CHECK_FALSE(engineer.sees("NetCare Office"));
    CHECK(admin.sees("Sam Ortiz, NetCare Support"));
    CHECK(admin.sees("In use now"));
}

TEST_CASE("a Token ID works as people paste it") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    auto pasted = generate(admin);
    for (auto& c : pasted) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    pasted.insert(10, " - ");
    assume(engineer, "  " + pasted + "\r\n");
    CHECK(engineer.has(Kind::Banner, "Acting for Aurora Hotels"));
}

TEST_CASE("a mistyped Token ID is refused before anything is sent") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    auto wrong = generate(admin);
    wrong[20] = wrong[20] == '7' ? '8' : '7';
    engineer.type("Token ID", wrong);
    CHECK(engineer.model().pages.assume.fault->fault == access::TokenIdFault::ChecksumMismatch);
    CHECK(std::holds_alternative<NotAsked>(engineer.model().pages.assume.preflight));
    CHECK_FALSE(engineer.has(Kind::Button, "Assume User"));
}

TEST_CASE("looking at what a token opens does not use it") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    engineer.type("Token ID", generate(admin));
    CHECK(engineer.sees("Aurora Hotels"));
    admin.follow("Networks");
    admin.follow("Generated Tokens List");
    CHECK(admin.sees("Never used"));
}

TEST_CASE("the engineer changes the network; it is recorded in their own name") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    assume(engineer, generate(admin));
    engineer.follow("Aurora Lisbon");
    engineer.press("Rename Aurora Guest");
    engineer.type("SSID", "Aurora Visitors");
    engineer.press("Rename");
    CHECK(engineer.sees("Aurora Visitors is on."));
    engineer.press("Edit name and tags");
    engineer.type("Name", "Aurora Lisboa");
    engineer.type("Tags", "lobby, pool, lobby");
    engineer.press("Save");
    CHECK(engineer.has(Kind::Heading, "Aurora Lisboa"));
    engineer.press("Restart AP Lobby");
    engineer.press("Restart");
    CHECK(engineer.sees("restarting"));
    town.wait(seconds(20));
    engineer.settle();
    CHECK_FALSE(engineer.sees("restarting"));
    admin.follow("Audit");
    CHECK(admin.sees("NetCare Support, acting for Aurora Hotels"));
    CHECK(admin.sees("Changed an SSID"));
    CHECK(admin.sees("Changed a network"));
    CHECK(admin.sees("Restarted an access point"));
}

TEST_CASE("an assumed session reaches the network and nothing else") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    const auto token_id = generate(admin);
    assume(engineer, token_id);
    const auto refused = [&](api::Method method, const std::string& target,
                             const std::string& body) {
        const auto response = engineer.request(method, target, body);
        INFO(target, " ", response.status, " ", response.body);
        return response.status == 403 &&
               response.body.find("forbidden_while_assuming") != std::string::npos;
    };
    CHECK(refused(api::Method::Get, "/api/v1/tokens?state=active", ""));
    CHECK(refused(api::Method::Post, "/api/v1/tokens", R"({"validity":"2h"})"));
    CHECK(refused(api::Method::Post, "/api/v1/assumptions", R"({"token_id":")" + token_id + "\"}"));
    CHECK(refused(api::Method::Patch, "/api/v1/organization", R"({"name":"Mine"})"));
    CHECK(refused(api::Method::Get, "/api/v1/audit", ""));
    engineer.follow("Generated Tokens List");
    CHECK(engineer.sees("Not while you act for Aurora Hotels."));
}

TEST_CASE("Go Back ends it, and the admin is offered to expire the token") {
    Town town;
    auto& admin = admin_tab(town);
    auto& engineer = engineer_tab(town);
    const auto hint = hint_of(generate(admin));
    assume(engineer, admin.clipboard());
    engineer.press("Go Back");
    CHECK_FALSE(engineer.has(Kind::Banner, "Acting for Aurora Hotels"));
    CHECK_FALSE(engineer.sees("Aurora Lisbon"));
    CHECK(engineer.sees("No networks in reach."));
    CHECK(admin.sees("Sam Ortiz is out."));
    admin.press("Expire the token");
    CHECK(admin.sees(hint));
    admin.press("Expire Token");
    CHECK(admin.sees("Expired by Ana Reyes"));
}

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
