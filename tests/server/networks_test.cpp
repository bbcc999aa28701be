// Networks, access points and SSIDs over the contract.
#include <set>

#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

struct Case {
    Case() : ana(backend.sign_in("ana@aurora.example")) {}

    auto networks(const Tab& tab, const api::NetworkQuery& query = {}) -> api::Page<api::Network> {
        return *api::decode_networks(backend.ask(tab, api::GetNetworks{query}).response.body);
    }
    auto points(const NetworkId& id) -> std::vector<api::AccessPoint> {
        return api::decode_access_points(backend.ask(ana, api::GetAccessPoints{id}).response.body)
            ->items;
    }
    auto patch(const NetworkId& id, std::string body) -> server::Reply {
        return backend.ask(ana, api::PatchNetwork{id}, std::move(body));
    }
    auto restart() -> server::Reply {
        return backend.ask(ana, api::RestartAccessPoint{backend.demo.porto_ap});
    }

    Backend backend;
    Tab ana;
};

}  // namespace

TEST_CASE_FIXTURE(Case, "networks are listed by name, with what is in them") {
    const auto page = networks(ana);
    REQUIRE(page.items.size() == 2);
    CHECK(page.items[0].name == "Aurora Lisbon");
    CHECK(page.items[1].name == "Aurora Porto");
    CHECK(page.items[1].access_point_count == 2);
    CHECK(page.items[1].access_points_online == 1);
    CHECK(page.items[1].client_count == 14);
    CHECK(page.items[1].tags == std::vector<std::string>{"hotel"});
    CHECK(page.items[1].may_write);
}

TEST_CASE_FIXTURE(
    Case, "a person sees the networks selected for them, and whether they may change them") {
    const auto nuno = networks(backend.sign_in("nuno@aurora.example"));
    REQUIRE(nuno.total == 1);
    CHECK(nuno.items[0].may_write);
    const auto gil = networks(backend.sign_in("gil@aurora.example"));
    REQUIRE(gil.total == 1);
    CHECK_FALSE(gil.items[0].may_write);
    CHECK(networks(backend.sign_in("eva@netcare.example")).total == 0);
}

TEST_CASE_FIXTURE(Case, "the list pages by name, and is searched by name and tag") {
    for (int i = 0; i < 9; ++i) {
        REQUIRE(server::add_network(*backend.store, backend.world(),
                                    {backend.demo.aurora, i % 2 == 0 ? "Same" : "same", {"spa"}})
                    .has_value());
    }
    api::NetworkQuery query;
    query.limit = 4;
    std::set<std::string> seen;
    do {
        const auto page = networks(ana, query);
        CHECK(page.total == 11);
        for (const auto& network : page.items)
            CHECK(seen.insert(network.id.value).second);
        query.cursor = page.next;
    } while (!query.cursor.empty());
    CHECK(seen.size() == 11);
    query = {};
    query.search = "SPA";
    CHECK(networks(ana, query).total == 9);
    query.search = "%";
    CHECK(networks(ana, query).total == 0);
}

TEST_CASE_FIXTURE(Case, "a network is renamed and tagged, once audited, and no change is no act") {
    const auto& porto = backend.demo.porto;
    const auto reply = patch(porto, R"({"name":"  Porto Centro ","tags":["a","b","a"]})");
    REQUIRE(reply.response.status == 200);
    const auto network = api::decode_network(reply.response.body);
    CHECK(network->name == "Porto Centro");
    CHECK(network->tags == std::vector<std::string>{"a", "b"});
    CHECK(network->updated_at == backend.now);
    CHECK(backend.audit_rows("network.updated") == 1);
    CHECK(patch(porto, R"({"name":"Porto Centro"})").response.status == 200);
    CHECK(backend.audit_rows("network.updated") == 1);
    const auto detail =
        api::decode_network_detail(backend.ask(ana, api::GetNetwork{porto}).response.body);
    CHECK(detail->network.name == "Porto Centro");
    REQUIRE(detail->ssids.size() == 1);
    CHECK(detail->ssids[0].security == api::SsidSecurity::Wpa3Personal);
}

TEST_CASE_FIXTURE(Case, "values that cannot be are refused by field, and change nothing") {
    const auto& porto = backend.demo.porto;
    const auto before = backend.state();
    const auto many = [] {
        std::string tags;
        for (int i = 0; i < 13; ++i)
            tags += (i ? ",\"t" : "\"t") + std::to_string(i) + '"';
        return "{\"tags\":[" + tags + "]}";
    };
    for (const auto& body :
         {std::string("{}"), std::string(R"({"name":""})"), std::string(R"({"name":7})"),
          std::string(R"({"tags":"x"})"), std::string(R"({"tags":[1]})"),
          std::string(R"({"tags":[""]})"), "{\"tags\":[\"" + std::string(33, 'x') + "\"]}", many(),
          std::string(R"({"name":"good","tags":["\n"]})")}) {
        const auto reply = patch(porto, body);
        INFO(body);
        CHECK(reply.response.status == 422);
        CHECK_FALSE(api::decode_problem(422, reply.response.body).field.empty());
    }
    CHECK(backend.state() == before);
}

TEST_CASE_FIXTURE(Case, "text of any script, and text that looks like code, is kept as it is") {
    for (const auto* name : {"'; DROP TABLE networks; --", "=cmd()",
                             "\xd7\x91\xd7\xa8 \xe2\x80\x8f x", "<script>", "100 % _ \\\\"}) {
        api::ChangeNetwork change;
        change.name = name;
        const auto reply = patch(backend.demo.porto, api::encode_change_network(change));
        REQUIRE(reply.response.status == 200);
        CHECK(api::decode_network(reply.response.body)->name == name);
    }
}

TEST_CASE_FIXTURE(
    Case, "a restarted access point is back after eight seconds, with no one doing anything") {
    CHECK(restart().response.status == 202);
    CHECK(api::decode_access_point(restart().response.body)->state ==
          api::AccessPointState::Restarting);
    CHECK(backend.audit_rows("access_point.restarted") == 1);
    CHECK(networks(ana).items[1].access_points_online == 0);
    CHECK(networks(ana).items[1].client_count == 0);
    backend.wait(seconds{8} - milliseconds{1});
    CHECK(points(backend.demo.porto)[0].state == api::AccessPointState::Restarting);
    backend.wait(milliseconds{1});
    CHECK(points(backend.demo.porto)[0].state == api::AccessPointState::Online);
    CHECK(networks(ana).items[1].access_points_online == 1);
    CHECK(restart().response.status == 202);
    CHECK(backend.audit_rows("access_point.restarted") == 2);
}

TEST_CASE_FIXTURE(Case, "an access point that is offline cannot be told to restart") {
    const auto reply = backend.ask(ana, api::RestartAccessPoint{backend.demo.porto_ap_offline});
    CHECK(reply.response.status == 409);
    CHECK(code_of(reply) == "access_point_offline");
    CHECK(reply.response.body.find("Roof is offline") != std::string::npos);
    CHECK(backend.audit_rows("access_point.restarted") == 0);
}

TEST_CASE_FIXTURE(Case, "an SSID is renamed and turned off, within its own network only") {
    const auto& demo = backend.demo;
    const auto reply = backend.ask(ana, api::PatchSsid{demo.porto, demo.porto_guests},
                                   R"({"name":"Guests","enabled":false})");
    REQUIRE(reply.response.status == 200);
    const auto ssid = api::decode_ssid(reply.response.body);
    CHECK(ssid->name == "Guests");
    CHECK_FALSE(ssid->enabled);
    CHECK(backend.audit_rows("ssid.updated") == 1);
    const auto elsewhere =
        backend.ask(ana, api::PatchSsid{demo.porto, demo.lisbon_guests}, R"({"enabled":false})");
    CHECK(elsewhere.response.status == 404);
}

TEST_CASE_FIXTURE(Case, "an SSID takes 32 bytes and no more") {
    const auto& demo = backend.demo;
    const auto rename = [&](const std::string& name) {
        api::ChangeSsid change;
        change.name = name;
        return backend
            .ask(ana, api::PatchSsid{demo.porto, demo.porto_guests},
                 api::encode_change_ssid(change))
            .response.status;
    };
    CHECK(rename(std::string(32, 'x')) == 200);
    CHECK(rename(std::string(33, 'x')) == 422);
    std::string wide;
    for (int i = 0; i < 17; ++i)
        wide += "\xc3\xa9";
    CHECK(rename(wide) == 422);
}

TEST_CASE_FIXTURE(Case, "an organization is renamed by its admin, in one act") {
    const auto reply =
        backend.ask(ana, api::PatchOrganization{}, api::encode_rename("Aurora Group"));
    REQUIRE(reply.response.status == 200);
    CHECK(api::decode_organization(reply.response.body)->name == "Aurora Group");
    CHECK(api::decode_organization(reply.response.body)->network_count == 2);
    backend.ask(ana, api::PatchOrganization{}, api::encode_rename("Aurora Group"));
    CHECK(backend.audit_rows("organization.renamed") == 1);
}

TEST_CASE_FIXTURE(Case, "the policy offers the standard validities") {
    const auto policy = api::decode_policy(backend.ask(ana, api::GetPolicy{}).response.body);
    REQUIRE(policy->validities.size() == 5);
    CHECK(policy->validities.front() == access::Validity::of_hours(2));
    CHECK(policy->validities.back().is_lifetime());
}
