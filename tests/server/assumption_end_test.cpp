// How an assumption ends, and that it serves nothing from then on.
#include <doctest/doctest.h>

#include "tests/server/assuming.hpp"

using namespace pcc;
using namespace pcc::test;
using access::AssumptionEndReason;
using access::Validity;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

TEST_CASE_FIXTURE(
    AssumeCase, "an assumption ends with its token, twelve hours, or the engineer's own session") {
    const auto life = backend.generate(ana, Validity::lifetime());
    const auto whole = api::decode_assumption(try_assume(life.token_id).response.body);
    CHECK(whole->ends_at == backend.now + hours{12});
    backend.wait(minutes{20});
    const auto later = api::decode_assumption(try_assume(life.token_id).response.body);
    CHECK(later->ends_at == backend.now + hours{12} - minutes{20});
}

TEST_CASE_FIXTURE(AssumeCase,
                  "after Expire was answered, the engineer is served nothing, and is told why") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    CHECK(serves(tab) == served);
    const auto name = network_name();
    const auto reply = backend.ask(ana, api::ExpireToken{made.token.handle});
    CHECK(reply.response.status == 200);
    CHECK(serves(tab) == refused);
    CHECK(network_name() == name);
    const auto refused = backend.ask(tab, api::GetSession{});
    CHECK(code_of(refused) == "assumption_ended");
    CHECK(refused.response.body.find("Ana Costa expired the token on 23 Nov 2026 09:00:00 UTC") !=
          std::string::npos);
    bool tab_told = false;
    for (const auto& notice : reply.notices) {
        if (notice.assumption != tab.assumption) continue;
        tab_told = true;
        REQUIRE(notice.event.ended_assumption.has_value());
        CHECK(notice.event.ended_assumption->ended->by->name == "Ana Costa");
        CHECK(notice.event.ended_assumption->ended->reason == AssumptionEndReason::TokenExpired);
    }
    CHECK(tab_told);
    CHECK(backend.audit_rows("assumption.ended") == 1);
    CHECK(backend.ask(sam, api::GetNetworks{}).response.status == 200);
}

TEST_CASE_FIXTURE(AssumeCase, "after Delete was answered, the engineer is served nothing") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    CHECK(backend.ask(ana, api::DeleteToken{made.token.handle}).response.status == 204);
    CHECK(serves(tab) == refused);
    const auto list = assumptions(ana, api::AssumptionListState::Ended);
    REQUIRE(list.total == 1);
    CHECK(list.items[0].ended->reason == AssumptionEndReason::TokenDeleted);
}

TEST_CASE_FIXTURE(AssumeCase,
                  "a token row that has ended counts, even where the assumption was left alive") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    backend.change("UPDATE tokens SET ended_at = $1, end_reason = 'expired' WHERE id = $2",
                   {backend.now, made.token.handle.value});
    CHECK(serves(tab) == refused);
}

TEST_CASE_FIXTURE(AssumeCase, "when time runs out the engineer is out at that very millisecond") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    for (int i = 0; i < 5; ++i) {
        backend.wait(minutes{20});
        CHECK(serves(tab) == served);
    }
    backend.wait(minutes{20} - milliseconds{1});
    CHECK(serves(tab) == served);
    backend.wait(milliseconds{1});
    CHECK(serves(tab) == refused);
    backend.wait(-minutes{30});
    CHECK(serves(tab) == refused);
}

TEST_CASE_FIXTURE(AssumeCase, "Go Back ends one's own assumption, once, also from the tab itself") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    const auto other = backend.assume(sam, made.token_id);
    CHECK(backend.ask(tab, api::DeleteAssumption{tab.assumption}).response.status == 204);
    CHECK(backend.ask(tab, api::DeleteAssumption{tab.assumption}).response.status == 204);
    CHECK(backend.audit_rows("assumption.ended") == 1);
    CHECK(serves(tab) == refused);
    CHECK(serves(other) == served);
    const auto ended = assumptions(ana, api::AssumptionListState::Ended);
    REQUIRE(ended.total == 1);
    CHECK(ended.items[0].ended->reason == AssumptionEndReason::WentBack);
    CHECK(assumptions(ana, api::AssumptionListState::Live).total == 1);
}

TEST_CASE_FIXTURE(AssumeCase, "an admin ends one engineer's access alone; the token lives on") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    const auto eva = backend.assume(backend.sign_in("eva@netcare.example"), made.token_id);
    CHECK(backend.ask(ana, api::DeleteAssumption{tab.assumption}).response.status == 204);
    CHECK(serves(tab) == refused);
    CHECK(serves(eva) == served);
    CHECK(try_assume(made.token_id).response.status == 201);
}

TEST_CASE_FIXTURE(AssumeCase,
                  "nobody else ends an assumption, and nobody learns that it is there") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    for (const auto* email : {"nuno@aurora.example", "gil@aurora.example", "eva@netcare.example"}) {
        const auto other = backend.sign_in(email);
        const auto real = backend.ask(other, api::DeleteAssumption{tab.assumption});
        const auto none = backend.ask(other, api::DeleteAssumption{AssumptionId("asm_none")});
        CHECK(real.response.status == 404);
        CHECK(none.response.status == 404);
    }
    CHECK(serves(tab) == served);
    CHECK(backend.audit_rows("assumption.ended") == 0);
}

TEST_CASE_FIXTURE(AssumeCase, "an assumption is of one session: no other may use it") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    for (const auto* email : {"eva@netcare.example", "sam@netcare.example", "ana@aurora.example"}) {
        auto thief = backend.sign_in(email);
        thief.assumption = tab.assumption;
        const auto reply = backend.ask(thief, api::GetNetworks{});
        CHECK(reply.response.status == 404);
        CHECK(code_of(reply) == "assumption_unknown");
    }
    auto made_up = sam;
    made_up.assumption = AssumptionId("asm_made_up");
    CHECK(code_of(backend.ask(made_up, api::GetNetworks{})) == "assumption_unknown");
    // Bytes that are no text.
    made_up.assumption = AssumptionId("asm_\xff");
    CHECK(code_of(backend.ask(made_up, api::GetNetworks{})) == "assumption_unknown");
    const auto twice = backend.ask(
        tab,
        Ask{api::Method::Get, "/api/v1/networks", {}, {{"PCC-Assumption", tab.assumption.value}}});
    CHECK(code_of(twice) == "assumption_unknown");
}

TEST_CASE_FIXTURE(AssumeCase,
                  "signing out ends what was assumed, and the client's admins hear of it") {
    const auto tab = backend.assume(sam, backend.generate(ana).token_id);
    const auto reply = backend.ask(sam, api::DeleteSession{});
    CHECK(reply.response.status == 204);
    CHECK(backend.ask(tab, api::GetNetworks{}).response.status == 401);
    bool admins_told = false;
    for (const auto& notice : reply.notices) {
        admins_told |=
            notice.event.name == "assumption.ended" && notice.admins_of == backend.demo.aurora;
    }
    CHECK(admins_told);
    const auto ended = assumptions(ana, api::AssumptionListState::Ended);
    REQUIRE(ended.total == 1);
    CHECK(ended.items[0].ended->reason == AssumptionEndReason::SignedOut);
}

TEST_CASE_FIXTURE(AssumeCase,
                  "an engineer who idles out is shown as out, although nobody wrote it down") {
    backend.assume(sam, backend.generate(ana).token_id);
    backend.wait(minutes{20});
    backend.ask(ana, api::GetSession{});
    backend.wait(minutes{10});
    CHECK(assumptions(ana, api::AssumptionListState::Live).total == 0);
    const auto ended = assumptions(ana, api::AssumptionListState::Ended);
    REQUIRE(ended.total == 1);
    REQUIRE(ended.items[0].ended.has_value());
    CHECK(ended.items[0].ended->at == backend.now);
}

TEST_CASE_FIXTURE(AssumeCase,
                  "when the engineer or the client is disabled, the next request is refused") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    const auto eva_home = backend.sign_in("eva@netcare.example");
    const auto eva = backend.assume(eva_home, made.token_id);
    CHECK(assumptions(eva_home, api::AssumptionListState::Live).total == 1);
    backend.change("UPDATE users SET disabled_at = 1 WHERE email = 'sam@netcare.example'");
    CHECK(serves(tab) == std::pair(401, 401));
    CHECK(serves(eva) == served);
    backend.change("UPDATE organizations SET disabled_at = 1 WHERE name = 'Aurora Hotels'");
    CHECK(serves(eva) == refused);
    CHECK(assumptions(eva_home, api::AssumptionListState::Live).total == 0);
    CHECK(assumptions(eva_home, api::AssumptionListState::Ended).total == 1);
    const auto after_all = backend.now + hours{100};
    backend.change("UPDATE organizations SET disabled_at = $1 WHERE name = 'Aurora Hotels'",
                   {after_all});
    CHECK(serves(eva) == refused);
    CHECK(assumptions(eva_home, api::AssumptionListState::Live).total == 0);
}

TEST_CASE_FIXTURE(AssumeCase, "all of it holds after the server was started again") {
    const auto ended = backend.generate(ana);
    const auto lives = backend.generate(ana);
    const auto ended_tab = backend.assume(sam, ended.token_id);
    const auto live_tab = backend.assume(sam, lives.token_id);
    backend.ask(ana, api::ExpireToken{ended.token.handle});
    backend.restart();
    CHECK(serves(ended_tab) == refused);
    CHECK(serves(live_tab) == served);
}
