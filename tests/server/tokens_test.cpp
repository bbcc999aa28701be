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

TEST_CASE(
    "View Token ID shows the secret right after signing in, and asks for the password later") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    const auto reveal = [&](const char* body) {
        return backend.ask(ana, api::RevealToken{made.token.handle}, body);
    };
    backend.wait(minutes{5});
    const auto shown = reveal("");
    REQUIRE(shown.response.status == 200);
    CHECK(api::decode_revealed(shown.response.body)->reveal() == made.token_id.reveal());
    backend.wait(milliseconds{1});
    CHECK(code_of(reveal("")) == "password_required");
    CHECK(reveal("{}").response.status == 403);
    const auto wrong = reveal(R"({"password":"not my password"})");
    CHECK(wrong.response.status == 403);
    CHECK(code_of(wrong) == "password_required");
    CHECK(wrong.response.body.find(made.token_id.reveal()) == std::string::npos);
    CHECK(backend.audit_rows("session.failed") == 1);
    CHECK(backend.audit_rows("token.revealed") == 1);
    const auto right = reveal(R"({"password":"correct horse battery staple"})");
    CHECK(right.response.status == 200);
    CHECK(reveal("").response.status == 200);
    CHECK(backend.audit_rows("token.revealed") == 3);
}

TEST_CASE("guessing the password at View Token ID is blocked like guessing it at sign-in") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto handle = backend.generate(ana).token.handle;
    backend.wait(minutes{6});
    for (int i = 0; i < 10; ++i) {
        CHECK(backend.ask(ana, api::RevealToken{handle}, R"({"password":"x"})").response.status ==
              403);
    }
    const auto right = R"({"password":"correct horse battery staple"})";
    CHECK(backend.ask(ana, api::RevealToken{handle}, right).response.status == 429);
    CHECK(backend.try_sign_in("ana@aurora.example").response.status == 429);
}

TEST_CASE("the Token ID of an ended token is not shown") {
    Backend backend;
    auto ana = backend.sign_in("ana@aurora.example");
    const auto expired = backend.generate(ana).token.handle;
    const auto ran_out = backend.generate(ana).token.handle;
    backend.ask(ana, api::ExpireToken{expired});
    CHECK(code_of(backend.ask(ana, api::RevealToken{expired})) == "token_ended");
    backend.wait(hours{2});
    ana = backend.sign_in("ana@aurora.example");
    CHECK(code_of(backend.ask(ana, api::RevealToken{ran_out})) == "token_ended");
}

TEST_CASE("every sort of the list pages through all of it, each token once") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (int i = 0; i < 11; ++i) {
        backend.generate(ana, access::standard_validities()[static_cast<std::size_t>(i % 5)]);
        if (i % 3 == 0) backend.wait(minutes{1});
    }
    using enum api::TokenSort;
    for (const auto sort : {Newest, Oldest, EndsFirst, EndsLast, LastUsed}) {
        api::TokenQuery query;
        query.sort = sort;
        query.limit = 3;
        std::set<std::string> seen;
        std::vector<access::AccessToken> all;
        do {
            const auto page = list(backend, ana, query);
            CHECK(page.total == 11);
            CHECK(page.items.size() <= 3);
            for (const auto& token : page.items) {
                CHECK(seen.insert(token.handle.value).second);
                all.push_back(token);
            }
            query.cursor = page.next;
        } while (!query.cursor.empty());
        CHECK(seen.size() == 11);
        const auto before = [sort](const auto& a, const auto& b) {
            const auto far = *parse_rfc3339("9000-01-01T00:00:00Z");
            if (sort == Newest) return a.generated_at >= b.generated_at;
            if (sort == Oldest) return a.generated_at <= b.generated_at;
            if (sort == EndsFirst) return a.expires_at.value_or(far) <= b.expires_at.value_or(far);
            if (sort == EndsLast) return a.expires_at.value_or(far) >= b.expires_at.value_or(far);
            return true;
        };
        for (std::size_t i = 1; i < all.size(); ++i)
            CHECK(before(all[i - 1], all[i]));
    }
}

TEST_CASE("a cursor serves its own list alone, unchanged, for an hour") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto sam = backend.sign_in("sam@netcare.example");
    for (int i = 0; i < 3; ++i)
        backend.generate(ana);
    api::TokenQuery query;
    query.limit = 2;
    query.cursor = list(backend, ana, query).next;
    REQUIRE_FALSE(query.cursor.empty());
    CHECK(list(backend, ana, query).items.size() == 1);
    const auto code = [&backend](const Tab& tab, const api::TokenQuery& q) {
        return code_of(backend.ask(tab, api::GetTokens{q}));
    };
    CHECK(code(sam, query) == "cursor_invalid");
    for (std::size_t at = 0; at < query.cursor.size(); at += 7) {
        auto edited = query;
        edited.cursor[at] = edited.cursor[at] == 'A' ? 'B' : 'A';
        CHECK(code(ana, edited) == "cursor_invalid");
    }
    auto filtered = query;
    filtered.search = "ana";
    CHECK(code(ana, filtered) == "cursor_invalid");
    auto sorted = query;
    sorted.sort = api::TokenSort::Oldest;
    CHECK(code(ana, sorted) == "cursor_invalid");
    auto cut = query;
    cut.cursor = cut.cursor.substr(0, cut.cursor.find('.'));
    CHECK(code(ana, cut) == "cursor_invalid");
    backend.wait(minutes{29});
    CHECK(code(ana, query).empty());
    backend.wait(minutes{29});
    CHECK(code(ana, query).empty());
    backend.wait(minutes{2});
    CHECK(code(ana, query) == "cursor_invalid");
}

TEST_CASE(
    "a search finds by hint and by name, in any case, and takes no character for a wildcard") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    backend.generate(ana, Validity::lifetime());
    const auto found = [&](const std::string& text) {
        api::TokenQuery query;
        query.search = text;
        return list(backend, ana, query).total;
    };
    CHECK(found("ANA COSTA") == 2);
    CHECK(found(made.token.hint.substr(0, 8)) == 1);
    CHECK(found(made.token.handle.value) == 1);
    CHECK(found("lifetime") == 1);
    for (const auto* text : {"%", "_", "\\", "'", "\" OR 1=1", "zzz"}) {
        const auto expected = std::string(text) == "_" ? 2 : 0;  // every handle has one
        CHECK(found(text) == expected);
    }
}
