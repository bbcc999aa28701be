// Assume User over the contract.
#include <doctest/doctest.h>

#include "server/store/organizations.hpp"
#include "tests/server/assuming.hpp"

using namespace pcc;
using namespace pcc::test;
using access::AssumptionEndReason;
using access::Validity;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

TEST_CASE_FIXTURE(AssumeCase, "a preflight tells what a Token ID opens, and uses nothing up") {
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

TEST_CASE_FIXTURE(AssumeCase,
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
    AssumeCase, "an unknown Token ID is 404, and ten of them block the engineer for ten minutes") {
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

TEST_CASE_FIXTURE(AssumeCase,
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

TEST_CASE_FIXTURE(AssumeCase,
                  "a look at what a token opens waits for nobody, and only a guess is written") {
    const auto good = backend.generate(ana).token_id;
    {
        const auto tx = backend.store->write();
        REQUIRE(tx.has_value());
        server::hold_organization(**tx, backend.demo.aurora);
        server::hold_organization(**tx, backend.demo.netcare);
        CHECK(preflight(good).response.status == 200);
    }
    const auto throttles = [this] {
        return backend.rows("SELECT COUNT(*) FROM throttles")[0].number(0);
    };
    const auto before = throttles();
    CHECK(preflight(good).response.status == 200);
    CHECK(throttles() == before);
    CHECK(preflight(unknown_id()).response.status == 404);
    CHECK(throttles() == before + 2);
}

TEST_CASE_FIXTURE(AssumeCase,
                  "a token opens nothing for those who are in its organization already") {
    const auto made = backend.generate(ana);
    const auto reply = backend.ask(ana, api::PostAssumption{}, api::encode_token_id(made.token_id));
    CHECK(reply.response.status == 409);
    CHECK(code_of(reply) == "token_own_organization");
}

TEST_CASE_FIXTURE(AssumeCase,
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

TEST_CASE_FIXTURE(AssumeCase,
                  "an assumption serves its organization, and is audited and told there") {
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

TEST_CASE_FIXTURE(AssumeCase, "an assume sent twice with one key starts one assumption") {
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

TEST_CASE_FIXTURE(AssumeCase,
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
    // An admin who acts elsewhere sees that too.
    CHECK(assumptions(sam, api::AssumptionListState::Live).total == 1);
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
