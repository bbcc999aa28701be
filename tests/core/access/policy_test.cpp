#include "core/access/policy.hpp"

#include <string>

#include "tests/core/support/doctest.hpp"

namespace pcc::access {
namespace {

const OrganizationId home("org_home");
const OrganizationId client("org_client");
const NetworkId selected("net_selected");
const NetworkId other("net_other");

auto actor(Role role, bool assuming, bool may_write = true) -> Actor {
    Actor actor;
    actor.user = UserId("usr_1");
    actor.home = home;
    actor.role = role;
    actor.home_reach = {false, {selected}, may_write};
    if (assuming) actor.assumed = client;
    return actor;
}

/// One letter per verdict, so that a whole table can be read at a glance.
auto letter(const Verdict& verdict) -> char {
    if (verdict) return '+';
    switch (verdict.error()) {
        case Refusal::AdminsOnly: return 'A';
        case Refusal::ForbiddenWhileAssuming: return 'W';
        case Refusal::ReadOnly: return 'R';
        case Refusal::OutOfReach: return 'O';
    }
    return '?';
}

struct Act {
    const char* name;
    Verdict (*ask)(const Actor&);
    // Admin, Network Admin with write, Network Admin read-only, Guest; then the same while
    // assuming.
    const char* verdicts;
};

const Act acts[] = {
    {"list tokens", can_list_tokens, "+AAA WWWW"},
    {"generate", can_generate, "+AAA WWWW"},
    {"reveal", can_reveal, "+AAA WWWW"},
    {"expire", can_expire, "+AAA WWWW"},
    {"delete", can_delete, "+AAA WWWW"},
    {"assume", can_assume, "++++ WWWW"},
    {"list audit", can_list_audit, "+AAA WWWW"},
    {"rename organization", can_rename_organization, "+AAA WWWW"},
    {"read policy", can_read_policy, "+AAA WWWW"},
    {"end assumptions of home", [](const Actor& a) { return can_end_assumptions_of(a, home); },
     "+AAA WWWW"},
    {"end assumptions of another", [](const Actor& a) { return can_end_assumptions_of(a, client); },
     "OOOO WWWW"},
    {"read a selected network", [](const Actor& a) { return can_read_network(a, selected); },
     "++++ ++++"},
    {"read another network", [](const Actor& a) { return can_read_network(a, other); },
     "+OOO ++++"},
    {"change a selected network", [](const Actor& a) { return can_change_network(a, selected); },
     "++RR ++++"},
    {"change another network", [](const Actor& a) { return can_change_network(a, other); },
     "+OOO ++++"},
};

TEST_CASE("policy: every act, role and state of assuming") {
    for (const auto& act : acts) {
        CAPTURE(act.name);
        std::string verdicts;
        for (const bool assuming : {false, true}) {
            if (assuming) verdicts += ' ';
            verdicts += letter(act.ask(actor(Role::Admin, assuming)));
            verdicts += letter(act.ask(actor(Role::NetworkAdmin, assuming)));
            verdicts += letter(act.ask(actor(Role::NetworkAdmin, assuming, false)));
            verdicts += letter(act.ask(actor(Role::Guest, assuming)));
        }
        CHECK(verdicts == act.verdicts);
    }
}

TEST_CASE("policy: requests touch the assumed organization, and the own one otherwise") {
    CHECK(actor(Role::Admin, false).organization() == home);
    CHECK(actor(Role::Admin, true).organization() == client);
    CHECK_FALSE(actor(Role::Guest, false).is_assuming());
}

TEST_CASE("policy: nobody but an admin reaches more than what was selected") {
    auto odd = actor(Role::Guest, false);
    odd.home_reach = {true, {selected}, true};
    CHECK_FALSE(network_reach(odd).all);
    CHECK_FALSE(network_reach(odd).may_write);
    odd.role = Role::NetworkAdmin;
    CHECK_FALSE(network_reach(odd).all);
    CHECK(network_reach(odd).may_write);
    CHECK(network_reach(odd).selected == std::vector<NetworkId>{selected});
    odd.home_reach.selected.clear();
    CHECK_FALSE(can_read_network(odd, selected).has_value());
}

TEST_CASE("policy: roles have one wire form and one label each") {
    for (const auto role : {Role::Admin, Role::NetworkAdmin, Role::Guest}) {
        CHECK(parse_role(role_wire(role)) == role);
        CHECK_FALSE(role_label(role).empty());
    }
    CHECK(role_wire(Role::NetworkAdmin) == "network_admin");
    CHECK(role_label(Role::NetworkAdmin) == "Network Admin");
    CHECK_FALSE(parse_role("Admin").has_value());
    CHECK_FALSE(parse_role("root").has_value());
    CHECK_FALSE(parse_role("").has_value());
}

TEST_CASE("policy: each refusal is a sentence of its own") {
    std::vector<std::string> sentences;
    for (const auto refusal : {Refusal::AdminsOnly, Refusal::ForbiddenWhileAssuming,
                               Refusal::ReadOnly, Refusal::OutOfReach}) {
        const auto sentence = explain(refusal);
        CHECK(sentence.size() > 40);
        CHECK(sentence.back() == '.');
        for (const auto& earlier : sentences)
            CHECK(earlier != sentence);
        sentences.push_back(sentence);
    }
}

}  // namespace
}  // namespace pcc::access
