// Answers that come when the person has gone on: each is told, and changes nothing that it is not
// about. Layer: tests.
#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;
using testing::desk_now;

namespace {

const std::string active_path = "/api/v1/tokens?state=active";

auto site(const char* id, const char* name) -> api::Network {
    api::Network network;
    network.id = NetworkId(id);
    network.name = name;
    network.may_write = true;
    return network;
}

auto detail_of(const api::Network& network) -> api::HttpResponse {
    api::Ssid ssid;
    ssid.id = SsidId("ssid_1");
    ssid.network = network.id;
    ssid.name = "Guest";
    ssid.enabled = true;
    return Desk::ok(api::encode_network_detail({network, {ssid}}));
}

/// Its access points are asked for last, so the reply goes to the one before.
void open_network(Desk& desk, const api::Network& network) {
    desk.send(app::ClickedNavigation{{app::Screen::Network, network.id}});
    const auto sent = desk.effects;
    const auto path = "/api/v1/networks/" + network.id.value;
    for (auto it = sent.rbegin(); it != sent.rend(); ++it) {
        const auto* http = std::get_if<app::SendHttp>(&*it);
        if (http && http->request.target == path) {
            return desk.send(app::HttpReplied{http->id, detail_of(network)});
        }
    }
    FAIL("the network was not asked for");
}

auto live_session(const char* id, const char* name, Instant ends) -> access::Assumption {
    access::Assumption made;
    made.id = AssumptionId(id);
    made.organization = OrganizationId("org_aurora");
    made.organization_name = "Aurora Hotels";
    made.token = TokenHandle("tok_1");
    made.engineer.name = name;
    made.started_at = desk_now;
    made.ends_at = ends;
    return made;
}

auto sessions_reply(std::vector<access::Assumption> items) -> api::HttpResponse {
    api::Page<access::Assumption> page;
    page.total = static_cast<long long>(items.size());
    page.items = std::move(items);
    return Desk::ok(api::encode_assumptions(page, desk_now));
}

}  // namespace

TEST_CASE("a Token ID that comes when its dialog was closed is shown in no other") {
    Desk desk;
    desk.reply(active_path, Desk::tokens({Desk::token("tok_aaaa"), Desk::token("tok_bbbb")}));
    desk.press("View Token ID pcc_7K2M…aaaa");
    const auto first = desk.request("/api/v1/tokens/tok_aaaa")->id;
    desk.send(app::PressedEscape{});
    desk.press("View Token ID pcc_7K2M…bbbb");
    desk.send(app::HttpReplied{first, Desk::ok(R"({"token_id":"pcc_of_aaaa"})")});
    CHECK_FALSE(desk.sees("pcc_of_aaaa"));
    desk.reply("/api/v1/tokens/tok_bbbb", Desk::ok(R"({"token_id":"pcc_of_bbbb"})"));
    CHECK(desk.sees("pcc_of_bbbb"));
}

TEST_CASE("what a toast offers waits for a dialog that was opened meanwhile") {
    Desk desk;
    desk.reply(active_path, Desk::tokens({Desk::token("tok_aaaa")}));
    desk.send(app::tokens::Msg{app::tokens::AskedToExpire{TokenHandle("tok_bbbb")}});
    desk.press("Expire pcc_7K2M…aaaa");
    desk.press("Expire Token");
    desk.reply("/api/v1/tokens/tok_bbbb",
               Desk::ok(api::encode_token(Desk::token("tok_bbbb"), desk_now)));
    desk.reply("/api/v1/tokens/tok_aaaa/expire", Desk::ok({}, 204));
    CHECK(desk.sees("The token is expired."));
    CHECK(desk.sees("A token is still to be expired."));
    desk.press("Expire the token");
    CHECK(desk.request("/api/v1/tokens/tok_bbbb") != nullptr);
}

TEST_CASE("a token generated for somebody who has left is told, its Token ID not kept") {
    Desk desk;
    desk.press("Generate New Token");
    desk.press("Generate Token");
    const auto asked = desk.request("/api/v1/tokens")->id;
    const auto answer = [](int status) {
        return status == 201
                   ? Desk::ok(api::encode_generated_token(
                                  {Desk::token("tok_aaaa"), Secret("pcc_of_aaaa")}, desk_now),
                              201)
                   : Desk::problem(503, api::code::unavailable);
    };
    for (const int status : {201, 503}) {
        auto left = desk;
        left.send(app::UrlChanged{"/monitor/networks"});
        left.send(app::UrlChanged{"/monitor/networks"});
        REQUIRE(left.model.route.screen == app::Screen::Networks);
        left.send(app::HttpReplied{asked, answer(status)});
        CHECK(
            left.sees(status == 201 ? "The token is generated." : "Generating the token failed."));
        CHECK(std::holds_alternative<app::tokens::NoDialog>(left.model.pages.tokens.dialog));
    }
}

TEST_CASE("an answer about another network changes nothing on this one") {
    Desk desk;
    open_network(desk, site("net_a", "Aurora Faro"));
    desk.press("Edit name and tags");
    desk.send(app::network::Msg{app::network::TypedName{"Faro"}});
    desk.send(app::network::Msg{app::network::Submitted{}});
    const auto asked = desk.request("/api/v1/networks/net_a")->id;
    open_network(desk, site("net_b", "Aurora Porto"));
    desk.press("Edit name and tags");
    desk.send(app::network::Msg{app::network::TypedName{"Porto"}});
    desk.send(app::HttpReplied{asked, Desk::ok(api::encode_network(site("net_a", "Faro")))});
    CHECK(desk.sees("Saved."));
    const auto& network = desk.model.pages.network;
    CHECK(loaded(network.detail)->network.name == "Aurora Porto");
    REQUIRE(std::holds_alternative<app::network::EditNetworkDialog>(network.dialog));
    CHECK(std::get<app::network::EditNetworkDialog>(network.dialog).name == "Porto");
}

TEST_CASE("a dialog that waits for its answer stays; one that was opened since keeps its words") {
    Desk desk;
    open_network(desk, site("net_a", "Aurora Faro"));
    desk.press("Edit name and tags");
    desk.send(app::network::Msg{app::network::Submitted{}});
    desk.send(app::PressedEscape{});
    CHECK(desk.sees("Saving…"));
    desk.reply("/api/v1/networks/net_a", Desk::problem(503, api::code::unavailable));
    CHECK(desk.sees("Edit name and tags"));
    desk.send(app::PressedEscape{});

    auto off = loaded(desk.model.pages.network.detail)->ssids[0];
    off.enabled = false;
    desk.send(app::network::Msg{app::network::ClickedSwitchSsid{off}});
    desk.press("Edit name and tags");
    desk.send(app::network::Msg{app::network::TypedName{"Lobby"}});
    desk.reply("/api/v1/networks/net_a/ssids/ssid_1", Desk::problem(503, api::code::unavailable));
    CHECK(desk.sees("The change was not made."));
    CHECK(std::get<app::network::EditNetworkDialog>(desk.model.pages.network.dialog).name ==
          "Lobby");
    CHECK_FALSE(std::get<app::network::EditNetworkDialog>(desk.model.pages.network.dialog).error);
}

TEST_CASE("the end of one session closes no question about another") {
    Desk desk(access::Role::Admin, "/monitor/sessions");
    const auto later = desk_now + std::chrono::hours(1);
    desk.reply(
        "/api/v1/assumptions?state=live",
        sessions_reply({live_session("asm_1", "Sam", later), live_session("asm_2", "Kim", later)}));
    desk.press("End the session of Sam");
    desk.press("End Session");
    desk.send(app::PressedEscape{});
    CHECK(desk.sees("Ending…"));
    desk.reply("/api/v1/assumptions/asm_1", Desk::ok({}, 204));
    CHECK(desk.sees("The session is ended."));
    CHECK_FALSE(desk.sees("Ending…"));
}

TEST_CASE("a live session whose time is over is looked for again") {
    Desk desk(access::Role::Admin, "/monitor/sessions");
    const auto end = desk_now + std::chrono::seconds(30);
    const std::string live = "/api/v1/assumptions?state=live";
    desk.reply(live, sessions_reply({live_session("asm_1", "Sam", end)}));
    const auto target = desk.request(live)->request.target;
    const auto asked = desk.count_requests(api::Method::Get, target);
    desk.send(app::Ticked{end - std::chrono::seconds(1)});
    CHECK(desk.count_requests(api::Method::Get, target) == asked);
    desk.send(app::Ticked{end});
    CHECK(desk.count_requests(api::Method::Get, target) == asked + 1);
    desk.reply(live, sessions_reply({}));
    desk.send(app::Ticked{end + std::chrono::hours(1)});
    CHECK(desk.count_requests(api::Method::Get, target) == asked + 1);
}

TEST_CASE("a rename of the organization is told to somebody who has left its page") {
    for (const int status : {200, 503}) {
        Desk desk(access::Role::Admin, "/configure/organization/settings");
        api::Organization organization;
        organization.id = OrganizationId("org_aurora");
        organization.name = "Aurora Hotels";
        desk.reply("/api/v1/organization", Desk::ok(api::encode_organization(organization)));
        desk.send(app::settings::Msg{app::settings::TypedName{"Aurora"}});
        desk.send(app::settings::Msg{app::settings::ClickedUpdate{}});
        desk.send(app::ClickedNavigation{{app::Screen::Networks, {}}});
        organization.name = "Aurora";
        desk.reply("/api/v1/organization", status == 200
                                               ? Desk::ok(api::encode_organization(organization))
                                               : Desk::problem(503, api::code::unavailable));
        CHECK(desk.sees(status == 200 ? "Saved." : "The organization was not renamed."));
        CHECK_FALSE(desk.sees("Undo"));
    }
}
