// Assume User over the contract, and how it ends.
#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using access::AssumptionEndReason;
using access::Validity;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

struct Case {
    Case()
        : ana(backend.sign_in("ana@aurora.example")), sam(backend.sign_in("sam@netcare.example")) {}

    auto preflight(const Secret& id) -> server::Reply {
        return backend.ask(sam, api::PostPreflight{}, api::encode_token_id(id));
    }
    auto try_assume(const Secret& id) -> server::Reply {
        return backend.ask(sam, api::PostAssumption{}, api::encode_token_id(id));
    }
    /// The answer to an engineer's read and to a write.
    auto serves(const Tab& tab) -> std::pair<int, int> {
        const auto read = backend.ask(tab, api::GetNetworks{}).response.status;
        const auto name = "Porto " + std::to_string(++renamed);
        const auto write = backend.ask(tab, api::PatchNetwork{backend.demo.porto},
                                       api::encode_change_network({name, {}}));
        return {read, write.response.status};
    }
    auto network_name() -> std::string {
        return backend
            .rows("SELECT name FROM networks WHERE id = $1", {backend.demo.porto.value})[0]
            .text(0);
    }
    auto assumptions(const Tab& tab, api::AssumptionListState state)
        -> api::Page<access::Assumption> {
        api::AssumptionQuery query;
        query.state = state;
        return *api::decode_assumptions(backend.ask(tab, api::GetAssumptions{query}).response.body);
    }

    Backend backend;
    Tab ana, sam;
    int renamed = 0;
};

const std::pair<int, int> served{200, 200};
const std::pair<int, int> out{410, 410};

auto unknown_id() -> Secret {
    RepeatingRandom other(99);
    return server::random_token_id(other).text();
}

}  // namespace

TEST_CASE_FIXTURE(Case, "a preflight tells what a Token ID opens, and uses nothing up") {
    const auto made = backend.generate(ana, Validity::of_hours(24));
    const auto before = backend.state();
    const auto reply = preflight(made.token_id);
    REQUIRE(reply.response.status == 200);
    const auto card = api::decode_preflight(reply.response.body);
    CHECK(card->organization.name == "Aurora Hotels");
    CHECK(card->granted_by.name == "Ana Costa");
    CHECK(card->would_end_at == backend.now + hours{12});
    CHECK(card->network_count == 2);
    CHECK(backend.state() == before);
    const auto messy = preflight(Secret(" \"" + std::string(made.token_id.reveal()) + "\"\r\n"));
    CHECK(messy.response.status == 200);
}

TEST_CASE_FIXTURE(Case,
                  "what is no Token ID is refused with what is wrong, and counts for nothing") {
    const auto handle = std::string(backend.generate(ana).token.handle.value);
    for (int i = 0; i < 12; ++i) {
        for (const auto& text : {std::string(), handle, std::string("pcc_"),
                                 std::string("https://pcc.example/t"), std::string(2000, 'A')}) {
            const auto reply = try_assume(Secret(text));
            CHECK(reply.response.status == 422);
            CHECK(code_of(reply) == "token_id_malformed");
        }
    }
    CHECK(preflight(backend.generate(ana).token_id).response.status == 200);
}

TEST_CASE_FIXTURE(
    Case, "an unknown Token ID is 404, and ten of them block the engineer for ten minutes") {
    const auto good = backend.generate(ana).token_id;
    for (int i = 0; i < 10; ++i) {
        const auto reply = i % 2 == 0 ? preflight(unknown_id()) : try_assume(unknown_id());
        CHECK(reply.response.status == 404);
        CHECK(code_of(reply) == "token_unknown");
        backend.wait(minutes{1} - milliseconds{1});
    }
    const auto blocked = preflight(good);
    CHECK(blocked.response.status == 429);
    CHECK(header_of(blocked, "Retry-After") == "1");
    CHECK(try_assume(good).response.status == 429);
    backend.wait(milliseconds{10});
    CHECK(preflight(good).response.status == 200);
}

TEST_CASE_FIXTURE(Case,
                  "failures of many engineers from one address are blocked at sixty a minute") {
    const auto good = backend.generate(ana).token_id;
    const auto users = backend.rows("SELECT COUNT(*) FROM users")[0].number(0);
    CHECK(users == 5);
    int failures = 0;
    for (int person = 0; failures < 60; ++person) {
        const auto email = "p" + std::to_string(person) + "@netcare.example";
        REQUIRE(server::create_user(
                    *backend.store, backend.world(),
                    {backend.demo.netcare, access::Role::Guest, "P", email, Secret(password), {}})
                    .has_value());
        const auto tab = backend.sign_in(email);
        for (int i = 0; i < 9 && failures < 60; ++i, ++failures) {
            const auto reply =
                backend.ask(tab, api::PostPreflight{}, api::encode_token_id(unknown_id()));
            CHECK(reply.response.status == 404);
        }
    }
    CHECK(preflight(good).response.status == 429);
    backend.ip = "192.0.2.8";
    CHECK(preflight(good).response.status == 200);
    backend.ip = "192.0.2.7";
    backend.wait(minutes{1});
    CHECK(preflight(good).response.status == 200);
}

TEST_CASE_FIXTURE(Case, "a token opens nothing for those who are in its organization already") {
    const auto made = backend.generate(ana);
    const auto reply = backend.ask(ana, api::PostAssumption{}, api::encode_token_id(made.token_id));
    CHECK(reply.response.status == 409);
    CHECK(code_of(reply) == "token_own_organization");
}

TEST_CASE_FIXTURE(Case,
                  "whoever holds the secret of an ended token is told how and when it ended") {
    const auto expired = backend.generate(ana);
    const auto deleted = backend.generate(ana);
    const auto ran_out = backend.generate(ana);
    backend.ask(ana, api::ExpireToken{expired.token.handle});
    backend.ask(ana, api::DeleteToken{deleted.token.handle});
    for (const auto& [made, word] :
         {std::pair(&expired, "expired it"), std::pair(&deleted, "deleted it")}) {
        for (const auto& reply : {preflight(made->token_id), try_assume(made->token_id)}) {
            CHECK(reply.response.status == 410);
            CHECK(code_of(reply) == "token_ended");
            CHECK(reply.response.body.find(word) != std::string::npos);
            CHECK(reply.response.body.find("23 Nov 2026 09:00:00 UTC") != std::string::npos);
        }
    }
    backend.wait(hours{2});
    sam = backend.sign_in("sam@netcare.example");
    CHECK(preflight(ran_out.token_id).response.body.find("ran out") != std::string::npos);
}

TEST_CASE_FIXTURE(Case, "an assumption serves its organization, and is audited and told there") {
    const auto made = backend.generate(ana);
    const auto before = backend.audit_rows();
    const auto reply = try_assume(made.token_id);
    REQUIRE(reply.response.status == 201);
    const auto assumption = api::decode_assumption(reply.response.body);
    CHECK(assumption->organization == backend.demo.aurora);
    CHECK(assumption->engineer.organization == "NetCare");
    CHECK(assumption->ends_at == backend.now + hours{2});
    CHECK(backend.audit_rows() == before + 1);
    CHECK(backend.audit_rows("assumption.started") == 1);
    REQUIRE(reply.notices.size() == 1);
    CHECK(reply.notices[0].event.name == "assumption.started");
    CHECK(reply.notices[0].admins_of == backend.demo.aurora);
    auto tab = sam;
    tab.assumption = assumption->id;
    CHECK(serves(tab) == served);
    CHECK(network_name() == "Porto 1");
    const auto session = api::decode_session(backend.ask(tab, api::GetSession{}).response.body);
    REQUIRE(session->assumption.has_value());
    CHECK(session->assumption->change_count == 1);
    CHECK(session->organization.name == "NetCare");
    const auto token =
        api::decode_token(backend.ask(ana, api::GetToken{made.token.handle}).response.body);
    CHECK(token->use_count == 1);
    CHECK(token->live_count == 1);
    CHECK(token->last_used_by == "Sam Ortiz, NetCare");
    CHECK(token->last_used_at == backend.now);
}

TEST_CASE_FIXTURE(
    Case, "an assumption ends with its token, twelve hours, or the engineer's own session") {
    const auto life = backend.generate(ana, Validity::lifetime());
    const auto whole = api::decode_assumption(try_assume(life.token_id).response.body);
    CHECK(whole->ends_at == backend.now + hours{12});
    backend.wait(minutes{20});
    const auto later = api::decode_assumption(try_assume(life.token_id).response.body);
    CHECK(later->ends_at == backend.now + hours{12} - minutes{20});
}

TEST_CASE_FIXTURE(Case,
                  "after Expire was answered, the engineer is served nothing, and is told why") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    CHECK(serves(tab) == served);
    const auto name = network_name();
    const auto reply = backend.ask(ana, api::ExpireToken{made.token.handle});
    CHECK(reply.response.status == 200);
    CHECK(serves(tab) == out);
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

TEST_CASE_FIXTURE(Case, "after Delete was answered, the engineer is served nothing") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    CHECK(backend.ask(ana, api::DeleteToken{made.token.handle}).response.status == 204);
    CHECK(serves(tab) == out);
    const auto list = assumptions(ana, api::AssumptionListState::Ended);
    REQUIRE(list.total == 1);
    CHECK(list.items[0].ended->reason == AssumptionEndReason::TokenDeleted);
}

TEST_CASE_FIXTURE(Case,
                  "a token row that has ended counts, even where the assumption was left alive") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    backend.change("UPDATE tokens SET ended_at = $1, end_reason = 'expired' WHERE id = $2",
                   {backend.now, made.token.handle.value});
    CHECK(serves(tab) == out);
}

TEST_CASE_FIXTURE(Case, "when time runs out the engineer is out at that very millisecond") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    for (int i = 0; i < 5; ++i) {
        backend.wait(minutes{20});
        CHECK(serves(tab) == served);
    }
    backend.wait(minutes{20} - milliseconds{1});
    CHECK(serves(tab) == served);
    backend.wait(milliseconds{1});
    CHECK(serves(tab) == out);
    backend.wait(-minutes{30});
    CHECK(serves(tab) == out);
}

TEST_CASE_FIXTURE(Case, "Go Back ends one's own assumption, once, also from the tab itself") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    const auto other = backend.assume(sam, made.token_id);
    CHECK(backend.ask(tab, api::DeleteAssumption{tab.assumption}).response.status == 204);
    CHECK(backend.ask(tab, api::DeleteAssumption{tab.assumption}).response.status == 204);
    CHECK(backend.audit_rows("assumption.ended") == 1);
    CHECK(serves(tab) == out);
    CHECK(serves(other) == served);
    const auto ended = assumptions(ana, api::AssumptionListState::Ended);
    REQUIRE(ended.total == 1);
    CHECK(ended.items[0].ended->reason == AssumptionEndReason::WentBack);
    CHECK(assumptions(ana, api::AssumptionListState::Live).total == 1);
}

TEST_CASE_FIXTURE(Case, "an admin ends one engineer's access alone; the token lives on") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    const auto eva = backend.assume(backend.sign_in("eva@netcare.example"), made.token_id);
    CHECK(backend.ask(ana, api::DeleteAssumption{tab.assumption}).response.status == 204);
    CHECK(serves(tab) == out);
    CHECK(serves(eva) == served);
    CHECK(try_assume(made.token_id).response.status == 201);
}

TEST_CASE_FIXTURE(Case, "nobody else ends an assumption, and nobody learns that it is there") {
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

TEST_CASE_FIXTURE(Case, "an assumption is of one session: no other may use it") {
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
    const auto twice = backend.ask(
        tab,
        Ask{api::Method::Get, "/api/v1/networks", {}, {{"PCC-Assumption", tab.assumption.value}}});
    CHECK(code_of(twice) == "assumption_unknown");
}

TEST_CASE_FIXTURE(Case, "signing out ends what was assumed, and the client's admins hear of it") {
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

TEST_CASE_FIXTURE(Case,
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

TEST_CASE_FIXTURE(Case,
                  "when the engineer or the client is disabled, the next request is refused") {
    const auto made = backend.generate(ana);
    const auto tab = backend.assume(sam, made.token_id);
    const auto eva = backend.assume(backend.sign_in("eva@netcare.example"), made.token_id);
    backend.change("UPDATE users SET disabled_at = 1 WHERE email = 'sam@netcare.example'");
    CHECK(serves(tab) == std::pair(401, 401));
    CHECK(serves(eva) == served);
    backend.change("UPDATE organizations SET disabled_at = 1 WHERE name = 'Aurora Hotels'");
    CHECK(serves(eva) == out);
}

TEST_CASE_FIXTURE(Case, "an assume sent twice with one key starts one assumption") {
    const auto body = api::encode_token_id(backend.generate(ana).token_id);
    const Ask ask{
        api::Method::Post, "/api/v1/assumptions", body, {{"Idempotency-Key", "0123456789abcdef"}}};
    const auto first = backend.ask(sam, ask);
    const auto second = backend.ask(sam, ask);
    CHECK(first.response.status == 201);
    CHECK(first.response.body == second.response.body);
    CHECK(backend.audit_rows("assumption.started") == 1);
    auto tab = sam;
    tab.assumption = api::decode_assumption(first.response.body)->id;
    backend.ask(tab, api::DeleteAssumption{tab.assumption});
    CHECK(code_of(backend.ask(sam, ask)) == "assumption_ended");
    CHECK(backend.audit_rows("assumption.started") == 1);
}

TEST_CASE_FIXTURE(Case,
                  "an admin lists the assumptions of the organization, an engineer their own") {
    const auto eva = backend.sign_in("eva@netcare.example");
    const auto made = backend.generate(ana);
    for (int i = 0; i < 3; ++i) {
        backend.assume(eva, made.token_id);
        backend.wait(minutes{1});
    }
    backend.assume(sam, made.token_id);
    CHECK(assumptions(ana, api::AssumptionListState::Live).total == 4);
    CHECK(assumptions(eva, api::AssumptionListState::Live).total == 3);
    CHECK(
        assumptions(backend.sign_in("nuno@aurora.example"), api::AssumptionListState::Live).total ==
        0);
    api::AssumptionQuery query;
    query.limit = 1;
    std::size_t pages = 0;
    do {
        const auto page =
            api::decode_assumptions(backend.ask(eva, api::GetAssumptions{query}).response.body);
        CHECK(page->items.size() == 1);
        query.cursor = page->next;
        ++pages;
    } while (!query.cursor.empty());
    CHECK(pages == 3);
}

TEST_CASE_FIXTURE(Case, "all of it holds after the server was started again") {
    const auto ended = backend.generate(ana);
    const auto lives = backend.generate(ana);
    const auto ended_tab = backend.assume(sam, ended.token_id);
    const auto live_tab = backend.assume(sam, lives.token_id);
    backend.ask(ana, api::ExpireToken{ended.token.handle});
    backend.restart();
    CHECK(serves(ended_tab) == out);
    CHECK(serves(live_tab) == served);
}
