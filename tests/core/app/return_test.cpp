// Coming back to a tab, from sleep or without a connection: what is shown is loaded anew, and what
// the person was doing stays. Layer: tests.
#include "core/access/token_id.hpp"
#include "tests/support/desk.hpp"

using namespace pcc;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Desk;
using testing::desk_now;
using testing::find_node;
using view::Kind;

namespace {

const std::string active_path = "/api/v1/tokens?state=active";

auto network_page(int from, int count, const std::string& next) -> api::HttpResponse {
    api::Page<api::Network> page;
    for (int i = from; i < from + count; ++i) {
        page.items.push_back({NetworkId("net_" + std::to_string(i)),
                              "Site " + std::to_string(i),
                              {},
                              1,
                              1,
                              1,
                              true,
                              desk_now});
    }
    page.next = next;
    page.total = 250;
    return Desk::ok(api::encode_networks(page));
}

auto row_count(const Desk& desk, const std::string& table) -> std::size_t {
    return find_node(view::view(desk.model), Kind::Table, table)->table->row_count;
}

/// 250 networks, read page by page.
void read_to_the_end(Desk& desk) {
    desk.reply("/api/v1/networks", network_page(0, 100, "two"));
    desk.send(app::networks::Msg{app::networks::NearedEnd{}});
    desk.reply("/api/v1/networks?limit=100&cursor=two", network_page(100, 100, "three"));
    desk.send(app::networks::Msg{app::networks::NearedEnd{}});
    desk.reply("/api/v1/networks?limit=100&cursor=three", network_page(200, 50, ""));
    REQUIRE(row_count(desk, "Networks") == 250);
}

auto organization(const std::string& name) -> api::HttpResponse {
    return Desk::ok(api::encode_organization({OrganizationId("org_aurora"), name, desk_now, 3}));
}

auto field(const Desk& desk, const std::string& name) -> std::string {
    return find_node(view::view(desk.model), Kind::TextField, name)->field->value;
}

auto preflight(const std::string& name) -> api::HttpResponse {
    api::Preflight preflight;
    preflight.organization = {OrganizationId("org_client"), name};
    preflight.validity = access::Validity::of_hours(2);
    preflight.granted_by = {UserId("usr_bo"), "Bo"};
    preflight.granted_at = desk_now;
    preflight.would_end_at = desk_now + hours(2);
    return Desk::ok(api::encode_preflight(preflight));
}

/// On Assume User, with a Token ID that opens Client Org.
auto assume_desk() -> Desk {
    Desk desk(access::Role::NetworkAdmin, "/configure/organization/assume");
    const auto id = access::generate_token_id({}).text();
    desk.send(app::assume::Msg{app::assume::ChangedTokenId{id}});
    desk.send(app::TimerFired{app::TimerId::CheckToken});
    desk.reply("/api/v1/assumptions/preflight", preflight("Client Org"));
    REQUIRE(desk.sees("Client Org"));
    return desk;
}

auto count_sent(const Desk& desk) -> std::size_t {
    std::size_t count = 0;
    for (const auto& effect : desk.effects) {
        count += std::holds_alternative<app::SendHttp>(effect) ? 1 : 0;
    }
    return count;
}

}  // namespace

TEST_CASE("whoever comes back finds each page loaded anew, and the stream open") {
    const std::pair<const char*, std::size_t> pages[] = {{"/monitor/networks", 1},
                                                         {"/monitor/networks/net_1", 2},
                                                         {"/monitor/sessions", 2},
                                                         {"/configure/organization/tokens", 2},
                                                         {"/configure/organization/settings", 1},
                                                         {"/record/audit", 1}};
    for (const auto& [path, requests] : pages) {
        INFO(path);
        Desk desk(access::Role::Admin, path);
        for (const app::Msg& back : {app::Msg{app::BecameVisible{}}, app::Msg{app::CameOnline{}}}) {
            const auto sent = count_sent(desk);
            desk.effects.push_back(app::CloseEvents{});
            desk.send(back);
            CHECK(count_sent(desk) == sent + requests);
            bool opened = false;
            for (auto it = desk.effects.rbegin(); !std::holds_alternative<app::CloseEvents>(*it);
                 ++it) {
                opened = opened || std::holds_alternative<app::OpenEvents>(*it);
            }
            CHECK(opened);
        }
    }
}

TEST_CASE("a list that was read to its end is as long afterwards, and new only when all is there") {
    Desk desk(access::Role::Admin, "/monitor/networks");
    read_to_the_end(desk);
    desk.send(app::BecameVisible{});
    desk.reply("/api/v1/networks?limit=100", network_page(1000, 100, "zwei"));
    CHECK(row_count(desk, "Networks") == 250);
    CHECK(desk.sees("Site 0\n"));
    desk.reply("/api/v1/networks?limit=100&cursor=zwei", network_page(1100, 100, "drei"));
    CHECK(row_count(desk, "Networks") == 250);
    desk.reply("/api/v1/networks?limit=100&cursor=drei", network_page(1200, 100, "vier"));
    CHECK(row_count(desk, "Networks") == 300);
    CHECK_FALSE(desk.sees("Site 0\n"));
    CHECK(desk.sees("Site 1299\n"));
    desk.send(app::networks::Msg{app::networks::NearedEnd{}});
    CHECK(desk.request("/api/v1/networks?limit=100&cursor=vier") != nullptr);
}

TEST_CASE("the end of a list that comes into sight while it is loaded anew is not forgotten") {
    Desk desk(access::Role::Admin, "/monitor/networks");
    desk.reply("/api/v1/networks", network_page(0, 100, "two"));
    desk.send(app::networks::Msg{app::networks::NearedEnd{}});
    desk.send(app::BecameVisible{});  // stops the page that was under way
    const auto again = desk.request("/api/v1/networks")->id;
    desk.send(app::networks::Msg{app::networks::NearedEnd{}});
    CHECK(desk.request("/api/v1/networks")->id == again);
    desk.send(app::HttpReplied{again, network_page(0, 100, "zwei")});
    desk.reply("/api/v1/networks?limit=100&cursor=zwei", network_page(100, 100, "drei"));
    CHECK(row_count(desk, "Networks") == 200);

    desk.send(app::BecameVisible{});
    const auto third = desk.request("/api/v1/networks")->id;
    desk.send(app::networks::Msg{app::networks::NearedEnd{}});
    CHECK(desk.request("/api/v1/networks")->id == third);
    desk.send(app::HttpReplied{third, network_page(0, 100, "two")});
    desk.reply("/api/v1/networks?limit=100&cursor=two", network_page(100, 100, "three"));
    desk.reply("/api/v1/networks?limit=100&cursor=three", network_page(200, 50, ""));
    CHECK(row_count(desk, "Networks") == 250);
}

TEST_CASE("an order that was chosen begins at the top, with one page") {
    Desk desk(access::Role::Admin, "/monitor/networks");
    read_to_the_end(desk);
    desk.send(app::networks::Msg{app::networks::ClickedSort{api::ListSort::ZToA}});
    CHECK(row_count(desk, "Networks") == 250);
    desk.reply("/api/v1/networks?sort=z_to_a", network_page(500, 100, "more"));
    CHECK(row_count(desk, "Networks") == 100);
}

TEST_CASE("search, selection and an open dialog outlive it") {
    Desk desk;
    desk.send(app::tokens::Msg{app::tokens::ChangedSearch{"lobby"}});
    desk.send(app::TimerFired{app::TimerId::Search});
    desk.reply(active_path + "&q=lobby",
               Desk::tokens({Desk::token("tok_a"), Desk::token("tok_b")}));
    desk.send(app::tokens::Msg{app::tokens::PickedRow{api::TokenListState::Active, app::Pick::Only,
                                                      TokenHandle("tok_b")}});
    desk.press("Generate New Token");
    desk.send(app::tokens::Msg{app::tokens::ChoseValidity{access::Validity::of_hours(12)}});
    desk.send(app::BecameVisible{});
    desk.reply(active_path + "&q=lobby",
               Desk::tokens({Desk::token("tok_c"), Desk::token("tok_b")}));
    CHECK(find_node(view::view(desk.model), Kind::Choice, "12 Hours")->selected);
    desk.press("Cancel");
    CHECK(field(desk, "Search tokens") == "lobby");
    CHECK(desk.sees("1 selected"));
    CHECK(desk.sees("pcc_7K2M…c"));
}

TEST_CASE("a name that was typed stays; one that nobody touched follows the server") {
    Desk desk(access::Role::Admin, "/configure/organization/settings");
    desk.reply("/api/v1/organization", organization("Aurora Hotels"));
    desk.send(app::BecameVisible{});
    desk.reply("/api/v1/organization", organization("Aurora Resorts"));
    CHECK(desk.model.pages.settings.name == "Aurora Resorts");
    CHECK(desk.model.session->organization.name == "Aurora Resorts");
    desk.send(app::settings::Msg{app::settings::TypedName{"Aur"}});
    desk.send(app::BecameVisible{});
    desk.reply("/api/v1/organization", organization("Aurora"));
    CHECK(desk.model.pages.settings.name == "Aur");
}

TEST_CASE("what a Token ID opens is asked again; what is shown stays until the answer") {
    auto desk = assume_desk();
    const auto said = desk.model.wires.announcement_number;
    desk.send(app::BecameVisible{});
    CHECK(desk.sees("Client Org"));
    desk.reply("/api/v1/assumptions/preflight", preflight("Client Org, new"));
    CHECK(desk.sees("Client Org, new"));
    CHECK(desk.model.wires.announcement_number == said);

    desk.send(app::BecameVisible{});
    desk.send(app::HttpFailed{desk.request("/api/v1/assumptions/preflight")->id});
    CHECK(desk.sees("Client Org, new"));

    desk.send(app::CameOnline{});
    desk.reply("/api/v1/assumptions/preflight",
               Desk::problem(410, api::code::token_ended, "It has ended."));
    CHECK_FALSE(desk.sees("Client Org, new"));
    CHECK(desk.sees("It has ended."));
    const auto sent = count_sent(desk);
    desk.send(app::BecameVisible{});  // a refusal counts as a guess: it is not asked for again
    CHECK(count_sent(desk) == sent);
}

TEST_CASE("a sleep across the end shows the end with the first tick") {
    Desk desk;
    access::Assumption assumption;
    assumption.id = AssumptionId("asm_1");
    assumption.organization_name = "Client Org";
    assumption.ends_at = desk_now + hours(2);
    desk.send(app::BeganAssumption{assumption});
    desk.send(app::Ticked{desk_now + hours(9)});
    CHECK(desk.sees("Your access to Client Org has ended"));
    CHECK(desk.sees("The time ran out yesterday 21:40."));
    CHECK(desk.last_effect<app::OpenEvents>()->assumption.empty());
}

TEST_CASE("a token whose time is over is looked for again, until the server says so too") {
    Desk desk;
    desk.reply(active_path, Desk::tokens({Desk::token("tok_a")}));
    const auto asked = [&desk] {
        return desk.count_requests(api::Method::Get, active_path + "&limit=100");
    };
    CHECK(asked() == 1);
    desk.send(app::Ticked{desk_now + hours(2) - seconds(1)});
    CHECK(asked() == 1);
    desk.send(app::Ticked{desk_now + hours(2)});
    desk.send(app::Ticked{desk_now + hours(2) + seconds(1)});
    CHECK(asked() == 2);
    auto late = Desk::tokens({Desk::token("tok_a")});  // its clock is a little behind ours
    late.headers.clear();
    desk.reply(active_path, late);
    desk.send(app::Ticked{desk_now + hours(2) + seconds(2)});
    CHECK(asked() == 3);
    desk.send(app::HttpFailed{desk.request(active_path)->id});  // but not without a connection
    desk.send(app::Ticked{desk_now + hours(2) + seconds(5)});
    CHECK(asked() == 3);
}

TEST_CASE("a stream that has fallen silent is opened again, and what was missed is loaded") {
    Desk desk;
    const auto ping = [&desk](Instant now) {
        desk.send(app::Ticked{now});
        desk.send(app::EventArrived{"ping", api::encode_event({"ping", {}, {}, {}, now})});
    };
    desk.effects.clear();
    ping(desk_now + seconds(15));
    ping(desk_now + seconds(30));
    desk.send(app::Ticked{desk_now + seconds(75)});
    CHECK(desk.last_effect<app::StartTimer>() == nullptr);
    desk.send(app::Ticked{desk_now + seconds(76)});
    REQUIRE(desk.last_effect<app::StartTimer>() != nullptr);
    CHECK(desk.last_effect<app::StartTimer>()->id == app::TimerId::RetryEvents);
    desk.effects.clear();
    desk.send(app::Ticked{desk_now + minutes(9)});  // asked once
    CHECK(desk.last_effect<app::StartTimer>() == nullptr);
    desk.send(app::TimerFired{app::TimerId::RetryEvents});
    REQUIRE(desk.last_effect<app::OpenEvents>() != nullptr);
    CHECK(count_sent(desk) == 0);
    desk.send(app::EventsOpened{});
    CHECK(desk.request(active_path) != nullptr);
    desk.effects.clear();
    desk.send(app::TimerFired{app::TimerId::RetryEvents});  // late: the stream is open
    CHECK(desk.effects.empty());
}

TEST_CASE("what only says that all is well is nothing to draw for") {
    Desk desk;
    const app::EventArrived ping{"ping", api::encode_event({"ping", {}, {}, {}, desk_now})};
    CHECK_FALSE(app::may_be_seen(desk.model, ping));
    CHECK_FALSE(app::may_be_seen(desk.model, app::EventsOpened{}));
    CHECK(app::may_be_seen(desk.model, app::EventArrived{"tokens.changed", {}}));
    CHECK(app::may_be_seen(desk.model, app::EventsClosed{0}));
    SUBCASE("a stream that was broken is back") {
        desk.send(app::EventsClosed{0});
        CHECK(app::may_be_seen(desk.model, app::EventsOpened{}));
    }
    SUBCASE("the server was out of reach, and is no more") {
        desk.send(app::HttpFailed{desk.request(active_path)->id});
        CHECK(app::may_be_seen(desk.model, app::EventsOpened{}));
    }
}

TEST_CASE("a stream that is refused is asked about each time, and tried again ever later") {
    Desk desk;
    desk.send(app::EventsClosed{0});
    int last = 0;
    for (int i = 0; i < 3; ++i) {
        desk.send(app::TimerFired{app::TimerId::RetryEvents});
        desk.effects.clear();
        desk.send(app::EventsClosed{429});
        CHECK(desk.last_effect<app::StartTimer>() == nullptr);
        desk.reply("/api/v1/session", Desk::session_reply(access::Role::Admin));
        REQUIRE(desk.last_effect<app::StartTimer>() != nullptr);
        CHECK(desk.last_effect<app::StartTimer>()->delay > last);
        last = desk.last_effect<app::StartTimer>()->delay;
    }
    desk.send(app::EventsClosed{401});
    desk.reply("/api/v1/session", Desk::problem(401, api::code::not_signed_in));
    CHECK(desk.model.phase == app::Phase::SignedOut);
}

TEST_CASE("without a connection one sentence says so, and a start that failed is tried again") {
    Desk desk(access::Role::Admin, "/monitor/networks");
    desk.reply("/api/v1/networks", network_page(0, 3, ""));
    desk.send(app::BecameVisible{});
    desk.send(app::HttpFailed{desk.request("/api/v1/networks")->id});
    CHECK(desk.sees("No connection to the server."));
    CHECK(desk.model.wires.toasts.empty());
    CHECK(row_count(desk, "Networks") == 3);

    Desk other;
    other.model = app::Model{};
    other.send(app::SessionArrived{api::HttpResponse{}});
    REQUIRE(other.model.phase == app::Phase::Unreachable);
    other.send(app::CameOnline{});
    CHECK(other.request("/api/v1/session") != nullptr);
}
