// The Generated Tokens List over the contract.
#include <set>

#include <doctest/doctest.h>

#include "core/access/token_id.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using access::Validity;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

using TokenPage = api::Page<access::AccessToken>;

auto list(Backend& backend, const Tab& tab, const api::TokenQuery& query = {}) -> TokenPage {
    const auto reply = backend.ask(tab, api::GetTokens{query});
    REQUIRE(reply.response.status == 200);
    auto page = api::decode_tokens(reply.response.body);
    REQUIRE(page.has_value());
    return std::move(*page);
}

auto expired_query() -> api::TokenQuery {
    api::TokenQuery query;
    query.state = api::TokenListState::Expired;
    return query;
}

auto create(Backend& backend, const Tab& tab, std::string body, const std::string& key)
    -> server::Reply {
    return backend.ask(
        tab, Ask{api::Method::Post, "/api/v1/tokens", std::move(body), {{"Idempotency-Key", key}}});
}

constexpr const char* two_hours = R"({"validity":"2h"})";
constexpr const char* key = "0123456789abcdef";

}  // namespace

TEST_CASE("a generated token is answered with its Token ID once, listed, audited and told") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto before = backend.audit_rows();
    const auto reply = backend.ask(ana, api::PostToken{}, two_hours);
    REQUIRE(reply.response.status == 201);
    const auto made = api::decode_generated_token(reply.response.body);
    REQUIRE(made.has_value());
    CHECK(access::parse_token_id(made->token_id.reveal()).has_value());
    CHECK(made->token.expires_at == backend.now + hours{2});
    CHECK(made->token.generated_by.name == "Ana Costa");
    CHECK(backend.audit_rows() == before + 1);
    CHECK(backend.audit_rows("token.generated") == 1);
    REQUIRE(reply.notices.size() == 1);
    CHECK(reply.notices[0].event.name == "token.generated");
    CHECK(reply.notices[0].admins_of == backend.demo.aurora);
    const auto page = list(backend, ana);
    REQUIRE(page.items.size() == 1);
    CHECK(page.total == 1);
    CHECK(page.items[0].handle == made->token.handle);
    const auto& body = backend.ask(ana, api::GetTokens{}).response.body;
    CHECK(body.find(made->token_id.reveal()) == std::string::npos);
}

TEST_CASE("each offered validity can be generated, any other is refused") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (const auto validity : access::standard_validities()) {
        const auto made = backend.generate(ana, validity);
        CHECK(made.token.expires_at == access::expiry_of(validity, backend.now));
    }
    const auto before = backend.state();
    for (const auto* wire : {"36h", "3h", "1h"}) {
        const auto reply =
            backend.ask(ana, api::PostToken{}, std::string("{\"validity\":\"") + wire + "\"}");
        CHECK(reply.response.status == 422);
        CHECK(code_of(reply) == "validity_not_allowed");
    }
    for (const auto* body :
         {R"({"validity":"0h"})", R"({"validity":"-2h"})", R"({"validity":3})",
          R"({"validity":2.5})", R"({"validity":"2"})", R"({"validity":"lifetime "})",
          R"({"validity":1e9})", R"({"validity":1e999})", R"({})", R"({"validity":null})", ""}) {
        CHECK(backend.ask(ana, api::PostToken{}, body).response.status / 100 == 4);
    }
    CHECK(backend.state() == before);
}

TEST_CASE("a create sent twice with one key makes one token and gets the same answer") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto first = create(backend, ana, two_hours, key);
    const auto second = create(backend, ana, two_hours, key);
    CHECK(first.response.status == 201);
    CHECK(second.response.status == 201);
    CHECK(first.response.body == second.response.body);
    CHECK(list(backend, ana).total == 1);
    CHECK(backend.audit_rows("token.generated") == 1);
    CHECK(second.notices.empty());
}

TEST_CASE(
    "a key with another body is a conflict, of another person another key, and old after a day") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    create(backend, ana, two_hours, key);
    const auto other = create(backend, ana, R"({"validity":"8h"})", key);
    CHECK(other.response.status == 422);
    CHECK(code_of(other) == "idempotency_conflict");
    const auto sam = backend.sign_in("sam@netcare.example");
    CHECK(create(backend, sam, two_hours, key).response.status == 201);
    CHECK(list(backend, sam).total == 1);
    backend.wait(hours{24});
    const auto later = backend.sign_in("ana@aurora.example");
    CHECK(create(backend, later, two_hours, key).response.status == 201);
    CHECK(backend.audit_rows("token.generated") == 3);
}

TEST_CASE("keys that are too short, too long or not visible ASCII are refused") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (const auto& bad :
         {std::string(15, 'a'), std::string(65, 'a'), "0123456789 abcdef" + std::string(),
          std::string("0123456789abcde\xc3\xa9")}) {
        CHECK(code_of(create(backend, ana, two_hours, bad)) == "idempotency_key_invalid");
    }
    CHECK(list(backend, ana).total == 0);
}

TEST_CASE("a repeated create does not show the secret of a token that has ended") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto first = create(backend, ana, two_hours, key);
    const auto made = api::decode_generated_token(first.response.body);
    backend.ask(ana, api::ExpireToken{made->token.handle});
    const auto again = create(backend, ana, two_hours, key);
    CHECK(again.response.status == 410);
    CHECK(again.response.body.find(made->token_id.reveal()) == std::string::npos);
}

TEST_CASE("expiring ends a token once; the same again is the same answer and no second act") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    backend.wait(minutes{3});
    const auto first = backend.ask(ana, api::ExpireToken{made.token.handle});
    REQUIRE(first.response.status == 200);
    const auto ended = api::decode_token(first.response.body);
    REQUIRE(ended->ended.has_value());
    CHECK(ended->ended->at == backend.now);
    CHECK(ended->ended->by->name == "Ana Costa");
    CHECK(ended->ended->reason == access::EndReason::Expired);
    backend.wait(minutes{3});
    const auto second = backend.ask(ana, api::ExpireToken{made.token.handle});
    CHECK(second.response.status == 200);
    CHECK(second.response.body == first.response.body);
    CHECK(second.notices.empty());
    CHECK(backend.audit_rows("token.expired") == 1);
    CHECK(list(backend, ana).total == 0);
    CHECK(list(backend, ana, expired_query()).total == 1);
}

TEST_CASE("a token whose time ran out is expired by itself, at that very instant") {
    Backend backend;
    auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    backend.wait(hours{2} - milliseconds{1});
    ana = backend.sign_in("ana@aurora.example");
    CHECK(list(backend, ana).total == 1);
    backend.wait(milliseconds{1});
    CHECK(list(backend, ana).total == 0);
    const auto page = list(backend, ana, expired_query());
    REQUIRE(page.total == 1);
    CHECK(access::end_of(page.items[0], backend.now)->reason == access::EndReason::Time);
    const auto expire = backend.ask(ana, api::ExpireToken{made.token.handle});
    CHECK(expire.response.status == 200);
    CHECK(expire.response.body.find("\"reason\":\"time\"") != std::string::npos);
    CHECK(backend.audit_rows("token.expired") == 0);
}

TEST_CASE("deleting takes a token out of all lists, twice is as good as once, and it stays ended") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto handle = backend.generate(ana).token.handle;
    CHECK(backend.ask(ana, api::DeleteToken{handle}).response.status == 204);
    CHECK(backend.ask(ana, api::DeleteToken{handle}).response.status == 204);
    CHECK(backend.audit_rows("token.deleted") == 1);
    CHECK(list(backend, ana).total == 0);
    CHECK(list(backend, ana, expired_query()).total == 0);
    CHECK(backend.ask(ana, api::GetToken{handle}).response.status == 404);
    CHECK(backend.ask(ana, api::ExpireToken{handle}).response.status == 404);
    CHECK(backend.ask(ana, api::RevealToken{handle}).response.status == 404);
    CHECK(backend.ask(ana, api::DeleteToken{TokenHandle("tok_nothing")}).response.status == 404);
}

TEST_CASE("what is sealed is erased when a token ends by hand, and when its time has run out") {
    Backend backend;
    auto ana = backend.sign_in("ana@aurora.example");
    const auto sealed = [&backend](const TokenHandle& handle) {
        return backend.rows("SELECT sealed FROM tokens WHERE id = $1", {handle.value})[0].text(0);
    };
    const auto expired = backend.generate(ana).token.handle;
    const auto deleted = backend.generate(ana).token.handle;
    const auto ran_out = backend.generate(ana).token.handle;
    CHECK_FALSE(sealed(expired).empty());
    backend.ask(ana, api::ExpireToken{expired});
    backend.ask(ana, api::DeleteToken{deleted});
    CHECK(sealed(expired).empty());
    CHECK(sealed(deleted).empty());
    CHECK_FALSE(sealed(ran_out).empty());
    backend.wait(hours{2});
    ana = backend.sign_in("ana@aurora.example");
    const auto fresh = backend.generate(ana).token.handle;
    CHECK(sealed(ran_out).empty());
    CHECK_FALSE(sealed(fresh).empty());
}
