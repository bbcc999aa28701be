// The help article on the engineer's side: assume with a Token ID, work in the network, go back.
// Layer: tests. Console and backend in one process.
#include <doctest/doctest.h>

#include "core/access/token_id.hpp"
#include "tests/story/people.hpp"

using namespace pcc;
using namespace pcc::story;
using std::chrono::seconds;
using view::Kind;

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
    CHECK(engineer.sees("Aurora Guest is now called Aurora Visitors."));
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
