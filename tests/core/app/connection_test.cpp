// What is said of the connection: no more than is known, and not for longer than it is so.
// Layer: tests.
#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;
using testing::desk_now;

namespace {

const std::string active_path = "/api/v1/tokens?state=active";
const char* const banner = "No connection to the server";

auto ping(Desk& desk) -> app::EventArrived {
    return {"ping", api::encode_event({"ping", {}, {}, {}, desk.model.clock.now()})};
}

}  // namespace

TEST_CASE("a request that went astray is told until the server is heard of, and loaded again") {
    Desk desk;
    desk.send(app::EventsOpened{});
    desk.send(app::HttpFailed{desk.request(active_path)->id});
    CHECK(desk.sees(banner));
    const auto target = desk.request(active_path)->request.target;
    const auto asked = desk.count_requests(api::Method::Get, target);
    CHECK(app::may_be_seen(desk.model, ping(desk)));
    desk.send(ping(desk));
    CHECK_FALSE(desk.sees(banner));
    CHECK(desk.count_requests(api::Method::Get, target) == asked + 1);
    desk.send(ping(desk));
    CHECK(desk.count_requests(api::Method::Get, target) == asked + 1);
}

TEST_CASE("a stream that cannot be opened again is told, one that breaks once is not") {
    Desk desk;
    desk.send(app::EventsOpened{});
    desk.send(app::EventsClosed{});
    CHECK_FALSE(desk.sees(banner));
    desk.send(app::EventsClosed{});
    CHECK(desk.sees(banner));
    desk.send(app::EventsOpened{});
    CHECK_FALSE(desk.sees(banner));
}

TEST_CASE("a stream that is refused while the server answers is no lost connection") {
    Desk desk;
    desk.send(app::EventsOpened{});
    for (int i = 0; i < 3; ++i) {
        desk.send(app::EventsClosed{429});
        desk.reply("/api/v1/session", Desk::session_reply(access::Role::Admin));
    }
    CHECK_FALSE(desk.sees(banner));
}

TEST_CASE("what only an event tells sets no clock") {
    Desk desk;
    const auto now = desk.model.clock.now();
    const auto before = now - std::chrono::seconds(5);
    desk.send(app::EventArrived{"token.expired",
                                api::encode_event({"token.expired", {}, {}, {}, before})});
    CHECK(desk.model.clock.now() == now);
}

TEST_CASE("what waits for somebody is not pushed out by what does not, nor taken for the same") {
    Desk desk;
    std::vector<app::Msg> none;
    app::Effects effects;
    app::Outbox outbox(desk.model.wires, effects, none, desk_now);
    outbox.offer("Sam is out.", "Expire it?", "Expire", {app::DismissedEnded{}}, true);
    outbox.offer("Sam is out.", "Expire it?", "Expire", {app::DismissedEnded{}}, true);
    outbox.toast(app::ToastTone::Bad, "It failed.");
    for (const auto* words : {"One.", "Two.", "Three."}) {
        outbox.toast(app::ToastTone::Ok, words);
    }
    const auto& toasts = desk.model.wires.toasts;
    REQUIRE(toasts.size() == 4);
    CHECK(toasts[0].stays);
    CHECK(toasts[1].stays);
    CHECK(toasts[2].text == "It failed.");
    CHECK(toasts[3].text == "Three.");
}
