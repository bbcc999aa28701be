// How often a picture changes by the clock alone, and that what it says of the time stays true.
// Layer: tests.
#include "core/view/build.hpp"
#include "tests/support/desk.hpp"

using namespace pcc;
using std::chrono::minutes;
using testing::Desk;
using testing::desk_now;
using view::Pace;

namespace {

auto pace_of(const Desk& desk) -> Pace {
    return view::view(desk.model).pace;
}

}  // namespace

TEST_CASE("each screen at rest changes each minute: the clock at the top is in sight") {
    for (const auto* path :
         {"/monitor/networks", "/monitor/networks/net_1", "/monitor/sessions",
          "/configure/organization/tokens", "/configure/organization/assume",
          "/configure/organization/settings", "/record/audit", "/no/such/page"}) {
        INFO(path);
        CHECK(pace_of(Desk(access::Role::Admin, path)) == Pace::EachMinute);
    }
}

TEST_CASE("a countdown changes each second, and only while it is there") {
    Desk desk;
    desk.reply("/api/v1/tokens?state=active", Desk::tokens({Desk::token("tok_a")}));
    CHECK(pace_of(desk) == Pace::EachSecond);
    desk.send(app::ClickedNavigation{{app::Screen::Audit, {}}});
    CHECK(pace_of(desk) == Pace::EachMinute);
}

TEST_CASE(
    "a countdown is shown to the second and spoken to the minute, never as more than is left") {
    const auto left = std::chrono::hours(1) + minutes(41) + std::chrono::seconds(2);
    const auto at = [&](std::chrono::seconds later) { return view::countdown(left - later); };
    CHECK(at(std::chrono::seconds(0)).name == "1 h 41 m 2 s");
    CHECK(at(std::chrono::seconds(1)).name == "1 h 41 m 1 s");
    CHECK(at(std::chrono::seconds(0)).label == "1 hour 41 minutes");
    CHECK(at(std::chrono::seconds(2)).label == "1 hour 41 minutes");
    CHECK(at(std::chrono::seconds(3)).label == "1 hour 40 minutes");
    CHECK(view::countdown(minutes(2), "2:00 left").name == "2:00 left");
}

TEST_CASE("where nobody is signed in nothing changes by itself") {
    Desk desk;
    desk.send(app::SignedOutElsewhere{});
    CHECK(pace_of(desk) == Pace::Never);
    CHECK(view::view(app::Model{}).pace == Pace::Never);
}

TEST_CASE("a minute later the clock and the times ago are a minute on") {
    Desk desk(access::Role::Admin, "/record/audit");
    api::Page<api::AuditEvent> page;
    page.items.resize(1);
    page.items.front().at = desk_now - minutes(17);
    page.total = 1;
    desk.reply("/api/v1/audit", Desk::ok(api::encode_audit(page)));
    CHECK(desk.sees("19:40 your time"));
    CHECK(desk.sees("17 m ago"));
    desk.send(app::Ticked{desk_now + minutes(1)});
    CHECK(desk.sees("19:41 your time"));
    CHECK(desk.sees("18 m ago"));
}
