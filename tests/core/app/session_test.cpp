#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;
using testing::desk_now;
using view::Kind;

namespace {

auto an_assumption() -> access::Assumption {
    access::Assumption assumption;
    assumption.id = AssumptionId("asm_1");
    assumption.organization = OrganizationId("org_client");
    assumption.organization_name = "Client Org";
    assumption.token = TokenHandle("tok_1");
    assumption.engineer = {UserId("usr_ana"), "Ana Reyes", "ana@aurora.example", "Aurora Hotels"};
    assumption.started_at = desk_now;
    assumption.ends_at = desk_now + std::chrono::hours(2);
    return assumption;
}

auto acting_desk() -> Desk {
    Desk desk(access::Role::NetworkAdmin, "/configure/organization/assume");
    desk.send(app::BeganAssumption{an_assumption()});
    return desk;
}

}  // namespace

TEST_CASE("nobody signed in: the form stands in front and the deep link is kept") {
    app::Model model;
    app::Started started;
    started.now = desk_now;
    started.path = "/record/audit";
    model = app::update(std::move(model), started).model;
    auto step = app::update(std::move(model),
                            app::SessionArrived{Desk::problem(401, api::code::not_signed_in)});
    CHECK(std::holds_alternative<app::ShowSignIn>(step.effects.back()));
    step = app::update(std::move(step.model),
                       app::SessionArrived{Desk::session_reply(access::Role::Admin)});
    CHECK(step.model.route == app::Route{app::Screen::Audit, {}});
}

TEST_CASE("no answer at the start is a state with a way on") {
    app::Model model;
    auto step = app::update(std::move(model), app::SessionArrived{api::HttpResponse{}});
    CHECK(step.model.phase == app::Phase::Unreachable);
    const auto retry = testing::find_node(view::view(step.model), Kind::Button, "Try again");
    REQUIRE(retry.has_value());
    step = app::update(std::move(step.model), *retry->on_press);
    const auto* asked = std::get_if<app::SendHttp>(&step.effects.back());
    REQUIRE(asked != nullptr);
    step = app::update(std::move(step.model),
                       app::HttpReplied{asked->id, Desk::session_reply(access::Role::Admin)});
    CHECK(step.model.phase == app::Phase::Ready);
}

TEST_CASE("acting: every request carries the assumption, the banner says where one is") {
    auto desk = acting_desk();
    const auto* request = desk.request("/api/v1/networks");
    REQUIRE(request != nullptr);
    CHECK(api::header(request->request.headers, api::header_name::assumption) == "asm_1");
    CHECK(desk.sees("Client Org"));
    CHECK(desk.sees(" as Ana Reyes of Aurora Hotels"));
    CHECK(desk.sees("2:00:00 left"));
    CHECK(view::view(desk.model).assuming);
    CHECK(view::view(desk.model).pace == view::Pace::EachSecond);
    CHECK(desk.last_effect<app::RememberAssumption>()->assumption == AssumptionId("asm_1"));
    CHECK(desk.last_effect<app::OpenEvents>()->assumption == AssumptionId("asm_1"));
}

TEST_CASE("a refusal that says the assumption is over ends it, wherever one is") {
    auto desk = acting_desk();
    desk.reply("/api/v1/networks",
               Desk::problem(403, api::code::assumption_ended, "Bo expired the token at 19:58."));
    CHECK_FALSE(desk.model.assumption.has_value());
    CHECK(desk.model.wires.assumption.empty());
    CHECK(desk.sees("Your access to Client Org has ended"));
    CHECK(desk.sees("Bo expired the token at 19:58."));
    CHECK_FALSE(desk.sees("What you changed is kept."));  // the server's sentence says so itself
    CHECK(desk.last_effect<app::RememberAssumption>()->assumption.empty());
}

TEST_CASE("what the client's screens showed is gone after the end") {
    auto desk = acting_desk();
    desk.reply("/api/v1/networks", Desk::networks({Desk::network("net_1", "Secret Site")}));
    CHECK(desk.sees("Secret Site"));
    desk.send(app::Ticked{desk_now + std::chrono::hours(2)});
    CHECK_FALSE(desk.sees("Secret Site"));
    CHECK(desk.sees("The time ran out at 21:40."));
    CHECK_FALSE(desk.sees("changed nothing"));  // that is not known here
    CHECK(desk.sees("What you changed is kept."));
}

TEST_CASE("the event stream is opened again after it broke, later each time") {
    Desk desk;
    int last = 0;
    for (int i = 0; i < 8; ++i) {
        desk.send(app::EventsClosed{0});
        const auto* timer = desk.last_effect<app::StartTimer>();
        REQUIRE(timer != nullptr);
        CHECK(timer->id == app::TimerId::RetryEvents);
        CHECK(timer->delay >= last);
        CHECK(timer->delay <= 15'000);
        last = timer->delay;
    }
    desk.send(app::TimerFired{app::TimerId::RetryEvents});
    CHECK(std::holds_alternative<app::OpenEvents>(desk.effects.back()));
}

TEST_CASE("a session that ended elsewhere shows the form and keeps nothing") {
    Desk desk;
    desk.reply("/api/v1/tokens?state=active", Desk::tokens({Desk::token("tok_kept")}));
    desk.send(app::SignedOutElsewhere{});
    CHECK(desk.model.phase == app::Phase::SignedOut);
    CHECK(desk.last_effect<app::ShowSignIn>()->notice == "You signed out in another tab.");
    CHECK_FALSE(desk.model.session.has_value());
    CHECK_FALSE(desk.sees("pcc_7K2M…kept"));
    CHECK(desk.model.wires.csrf.empty());
}

TEST_CASE("Go Back pressed twice asks once; a failure keeps one in and says so") {
    auto desk = acting_desk();
    const auto back = testing::find_node(view::view(desk.model), Kind::Button, "Go Back");
    REQUIRE(back.has_value());
    desk.send(*back->on_press);
    desk.send(*back->on_press);
    CHECK(desk.count_requests(api::Method::Delete, "/api/v1/assumptions/asm_1") == 1);
    desk.send(app::HttpFailed{desk.request("/api/v1/assumptions")->id});
    CHECK(desk.sees("You are still in Client Org."));
    CHECK(desk.model.assumption.has_value());
}

TEST_CASE("random messages never break the model") {
    Desk desk;
    std::uint32_t state = 7;
    const auto next = [&state] { return state = state * 1664525U + 1013904223U; };
    for (int i = 0; i < 4000; ++i) {
        const auto picture = view::view(desk.model);
        const auto nodes = testing::reachable_nodes(picture);
        const auto pick = (next() >> 8U) % (nodes.size() + 4);
        INFO("step ", i);
        if (pick < nodes.size() && nodes[pick].on_press && !nodes[pick].disabled) {
            desk.send(*nodes[pick].on_press);
        } else if (pick == nodes.size()) {
            desk.send(app::PressedEscape{});
        } else if (pick == nodes.size() + 1 && desk.last_effect<app::SendHttp>()) {
            desk.send(app::HttpFailed{desk.last_effect<app::SendHttp>()->id});
        } else if (pick == nodes.size() + 2) {
            desk.send(app::SessionArrived{Desk::session_reply(access::Role::Admin)});
        } else {
            desk.send(app::Ticked{desk_now + std::chrono::seconds(i)});
        }
        REQUIRE((desk.model.phase == app::Phase::Ready) == desk.model.session.has_value());
        REQUIRE(desk.model.assumption.has_value() == !desk.model.wires.assumption.empty());
    }
}
