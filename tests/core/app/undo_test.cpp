// Undo, where it exists: what a toast tells is taken back by one press, on the page where it was
// done.
#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;
using testing::find_node;
using view::Kind;

namespace {

const std::string network_path = "/api/v1/networks/net_1";
const std::string ssid_path = "/api/v1/networks/net_1/ssids/ssid_1";

auto site() -> api::Network {
    api::Network network;
    network.id = NetworkId("net_1");
    network.name = "Aurora Faro";
    network.tags = {"guest", "pool"};
    network.may_write = true;
    return network;
}

auto guest(bool enabled, const std::string& name = "Aurora Guest") -> api::Ssid {
    api::Ssid ssid;
    ssid.id = SsidId("ssid_1");
    ssid.network = NetworkId("net_1");
    ssid.name = name;
    ssid.enabled = enabled;
    return ssid;
}

struct Page : Desk {
    Page() : Desk(access::Role::Admin, "/monitor/networks/net_1") {
        const auto sent = effects;
        for (const auto& effect : sent) {
            const auto* http = std::get_if<app::SendHttp>(&effect);
            if (http && http->request.target == network_path) {  // its access points are another
                send(app::HttpReplied{http->id,
                                      ok(api::encode_network_detail({site(), {guest(true)}}))});
            }
        }
    }
    void answer(const api::Ssid& ssid) { reply(ssid_path, ok(api::encode_ssid(ssid))); }
    void switch_off() {
        press("Disable Aurora Guest");
        send(app::network::Msg{app::network::Submitted{}});
        answer(guest(false));
    }
    auto body_of(const std::string& target) const -> std::string {
        const auto& sent = request(target)->request;
        CHECK(sent.method == api::Method::Patch);
        return sent.body;
    }
};

}  // namespace

TEST_CASE("an SSID that was switched off is switched on again by Undo, and off by the next") {
    Page page;
    page.switch_off();
    CHECK(page.sees("Aurora Guest is off."));
    page.press("Undo");
    CHECK(page.body_of(ssid_path) == api::encode_change_ssid({std::nullopt, true}));
    page.answer(guest(true));
    CHECK(page.sees("Aurora Guest is on."));
    page.press("Undo");
    CHECK(page.body_of(ssid_path) == api::encode_change_ssid({std::nullopt, false}));
}

TEST_CASE("a renamed SSID and an edited network get their old words back") {
    Page page;
    page.press("Rename Aurora Guest");
    page.send(app::network::Msg{app::network::TypedName{"Lobby"}});
    page.send(app::network::Msg{app::network::Submitted{}});
    page.answer(guest(true, "Lobby"));
    page.press("Undo");
    CHECK(page.body_of(ssid_path) == api::encode_change_ssid({"Aurora Guest", std::nullopt}));
    page.answer(guest(true));

    page.press("Edit name and tags");
    page.send(app::network::Msg{app::network::TypedName{"Faro"}});
    page.send(app::network::Msg{app::network::TypedTags{"staff"}});
    page.send(app::network::Msg{app::network::Submitted{}});
    auto changed = site();
    changed.name = "Faro";
    changed.tags = {"staff"};
    page.reply(network_path, Desk::ok(api::encode_network(changed)));
    page.send(app::DismissedToast{page.model.wires.toasts.front().id});
    page.press("Undo");
    CHECK(page.body_of(network_path) ==
          api::encode_change_network({"Aurora Faro", std::vector<std::string>{"guest", "pool"}}));
}

TEST_CASE("a name that was sent as it was changes nothing, and Undo switches nothing") {
    Page page;
    page.press("Rename Aurora Guest");
    page.send(app::network::Msg{app::network::Submitted{}});
    page.answer(guest(true));
    CHECK(page.sees("Aurora Guest is on."));
    CHECK_FALSE(page.sees("Undo"));
}

TEST_CASE("Undo of a switch answers no question that is open") {
    Page page;
    page.switch_off();
    const auto undo = page.model.wires.toasts.back().id;
    page.press("Rename Aurora Guest");
    page.send(app::network::Msg{app::network::TypedName{"Half a na"}});
    page.send(app::ClickedToastAction{undo});
    CHECK(page.body_of(ssid_path) == api::encode_change_ssid({std::nullopt, true}));
    CHECK(page.sees("Rename SSID"));
}

TEST_CASE("Undo goes with the page; what asks for something stays") {
    Page page;
    page.switch_off();
    CHECK(page.sees("Undo"));
    page.send(app::ClickedNavigation{{app::Screen::Audit, {}}});
    CHECK_FALSE(page.sees("Undo"));
    CHECK(page.model.wires.toasts.empty());
}

TEST_CASE("what a toast offers on another page is done, though Undo goes with this one") {
    Page page;
    page.switch_off();
    access::Assumption left;
    left.id = AssumptionId("asm_1");
    left.organization = OrganizationId("org_aurora");
    left.token = TokenHandle("tok_1");
    left.engineer.name = "Sam Ortiz";
    left.ended =
        access::AssumptionEnd{testing::desk_now, {}, access::AssumptionEndReason::WentBack};
    api::Event event{"assumption.ended", left.token, left.id, left, testing::desk_now};
    page.send(app::EventArrived{event.name, api::encode_event(event)});
    page.press("Expire the token");
    CHECK(page.model.route.screen == app::Screen::Tokens);
    CHECK(page.request("/api/v1/tokens/tok_1") != nullptr);
    CHECK(page.model.wires.toasts.empty());
}

TEST_CASE("Back and Escape close the choice of columns before anything else") {
    Page page;
    const auto open = [&] {
        page.press("Columns of SSIDs");
        CHECK(find_node(view::view(page.model), Kind::Checkbox, "Security").has_value());
    };
    open();
    page.send(app::PressedEscape{});
    CHECK(page.model.columns.open == 0);
    CHECK(page.last_effect<app::StepBack>() != nullptr);
    page.send(app::UrlChanged{"/monitor/networks/net_1"});  // the step back has been taken
    open();
    page.send(app::UrlChanged{"/monitor/networks/net_1"});
    CHECK(page.model.columns.open == 0);
    CHECK(page.model.route.screen == app::Screen::Network);
    CHECK(page.sees("Aurora Guest"));
}
