// Signing in and out, how long a session lives, and what a request must carry.
#include <doctest/doctest.h>

#include "server/store/sessions.hpp"
#include "server/store/throttles.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

auto status_of(Backend& backend, const Tab& tab) -> int {
    return backend.ask(tab, api::GetSession{}).response.status;
}

/// A body without what differs from request to request.
auto without_request_id(std::string body) -> std::string {
    const auto begin = body.find("req_");
    if (begin != std::string::npos) body.erase(begin, body.find('"', begin) - begin);
    return body;
}

}  // namespace

TEST_CASE("signing in gives a session, a cookie that scripts cannot read, and one audit row") {
    Backend backend;
    const auto before = backend.audit_rows();
    const auto reply = backend.try_sign_in("ana@aurora.example");
    REQUIRE(reply.response.status == 200);
    const auto session = api::decode_session(reply.response.body);
    REQUIRE(session.has_value());
    CHECK(session->user.name == "Ana Costa");
    CHECK(session->organization.name == "Aurora Hotels");
    CHECK(session->role == access::Role::Admin);
    CHECK(session->expires_at == backend.now + hours{12});
    const auto cookie = header_of(reply, "Set-Cookie");
    CHECK(cookie.find("pcc_session=") == 0);
    for (const auto* part : {"; HttpOnly", "; SameSite=Strict", "; Path=/"}) {
        CHECK(cookie.find(part) != std::string::npos);
    }
    CHECK(backend.audit_rows() == before + 1);
    CHECK(backend.audit_rows("session.started") == 1);
}

TEST_CASE("over a secure connection the cookie has the __Host- name and is sent over such alone") {
    Backend backend;
    const api::HttpRequest request{api::Method::Post,
                                   "/api/v1/session",
                                   {{"Content-Type", "application/json"}},
                                   api::encode_sign_in({"ana@aurora.example", Secret(password)})};
    auto world = backend.world();
    world.secure_cookies = true;
    const auto reply = server::handle({request, "192.0.2.7", "req_x"}, *backend.store, world);
    const auto cookie = header_of(reply, "Set-Cookie");
    CHECK(cookie.find("__Host-pcc_session=") == 0);
    CHECK(cookie.find("; Secure") != std::string::npos);
}

TEST_CASE("e-mail addresses are the same in any case and with white space around them") {
    Backend backend;
    CHECK(backend.try_sign_in("  ANA@Aurora.Example ").response.status == 200);
}

TEST_CASE("an unknown account and a wrong password are answered alike, to the letter") {
    Backend backend;
    const auto wrong = backend.try_sign_in("ana@aurora.example", "not this one, surely");
    const auto unknown = backend.try_sign_in("nobody@aurora.example", "not this one, surely");
    CHECK(wrong.response.status == 401);
    CHECK(code_of(wrong) == "sign_in_failed");
    CHECK(without_request_id(wrong.response.body) == without_request_id(unknown.response.body));
    CHECK(header_of(wrong, "Set-Cookie").empty());
    CHECK(wrong.response.headers.size() == unknown.response.headers.size());
    CHECK(backend.audit_rows("session.failed") == 1);
}

TEST_CASE("a disabled person or organization cannot sign in, and their sessions are over") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto sam = backend.sign_in("sam@netcare.example");
    backend.change("UPDATE users SET disabled_at = 1 WHERE email = 'ana@aurora.example'");
    backend.change("UPDATE organizations SET disabled_at = 1 WHERE name = 'NetCare'");
    CHECK(status_of(backend, ana) == 401);
    CHECK(status_of(backend, sam) == 401);
    CHECK(backend.try_sign_in("ana@aurora.example").response.status == 401);
    CHECK(backend.try_sign_in("sam@netcare.example").response.status == 401);
}

TEST_CASE("ten failures block the account for 30 s, then for twice as long each time") {
    Backend backend;
    const char* spellings[] = {"ana@aurora.example", "ANA@aurora.example", " ana@AURORA.example "};
    for (int i = 0; i < 10; ++i) {
        CHECK(backend.try_sign_in(spellings[i % 3], "wrong wrong wrong").response.status == 401);
    }
    auto wait = seconds{30};
    for (int i = 0; i < 3; ++i) {
        const auto blocked = backend.try_sign_in("ana@aurora.example");
        CHECK(blocked.response.status == 429);
        CHECK(code_of(blocked) == "rate_limited");
        CHECK(header_of(blocked, "Retry-After") == std::to_string(wait.count()));
        backend.wait(wait - milliseconds{1});
        CHECK(backend.try_sign_in("ana@aurora.example").response.status == 429);
        backend.wait(milliseconds{1});
        CHECK(backend.try_sign_in("ana@aurora.example", "wrong again").response.status == 401);
        wait *= 2;
    }
    CHECK(backend.try_sign_in("sam@netcare.example").response.status == 200);
    backend.wait(wait);
    CHECK(backend.try_sign_in("ana@aurora.example").response.status == 200);
    CHECK(backend.try_sign_in("ana@aurora.example", "wrong once more").response.status == 401);
    CHECK(backend.try_sign_in("ana@aurora.example").response.status == 200);
}

TEST_CASE("a block never lasts longer than an hour, and outlives a restart") {
    Backend backend;
    for (int i = 0; i < 30; ++i) {
        backend.try_sign_in("ana@aurora.example", "wrong wrong wrong");
        backend.wait(hours{1});
    }
    CHECK(backend.try_sign_in("ana@aurora.example", "wrong").response.status == 401);
    backend.restart();
    const auto blocked = backend.try_sign_in("ana@aurora.example");
    CHECK(header_of(blocked, "Retry-After") == "3600");
}

TEST_CASE("an account that does not exist is blocked like one that does") {
    Backend backend;
    for (int i = 0; i < 10; ++i)
        backend.try_sign_in("nobody@aurora.example", "wrong");
    CHECK(backend.try_sign_in("nobody@aurora.example", "wrong").response.status == 429);
}

TEST_CASE("a session idles out after half an hour, and lives on when it is used") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (int i = 0; i < 4; ++i) {
        backend.wait(minutes{29});
        CHECK(status_of(backend, ana) == 200);
    }
    backend.wait(minutes{30});
    CHECK(status_of(backend, ana) == 401);
    backend.wait(milliseconds{1});
    CHECK(status_of(backend, ana) == 401);
}

TEST_CASE("a session ends after twelve hours, however much it is used") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (int i = 0; i < 36; ++i) {
        CHECK(status_of(backend, ana) == 200);
        backend.wait(minutes{20});
    }
    CHECK(status_of(backend, ana) == 401);
}

TEST_CASE("a clock that is set back does not bring a session back") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    backend.wait(minutes{31});
    CHECK(status_of(backend, ana) == 401);
    backend.now -= minutes{31};
    CHECK(status_of(backend, ana) == 401);
}

TEST_CASE("after signing out the cookie is worth nothing, and the browser is told to drop it") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto out = backend.ask(ana, api::DeleteSession{});
    CHECK(out.response.status == 204);
    CHECK(header_of(out, "Set-Cookie").find("Max-Age=0") != std::string::npos);
    CHECK(status_of(backend, ana) == 401);
    CHECK(backend.ask(ana, api::DeleteSession{}).response.status == 401);
    CHECK(backend.audit_rows("session.ended") == 1);
}

TEST_CASE("signing in again replaces the session that the browser had") {
    Backend backend;
    const auto old = backend.sign_in("ana@aurora.example");
    const auto reply = backend.ask(old, api::PostSession{},
                                   api::encode_sign_in({"ana@aurora.example", Secret(password)}));
    CHECK(reply.response.status == 200);
    CHECK(header_of(reply, "Set-Cookie").find(old.cookie) == std::string::npos);
    CHECK(status_of(backend, old) == 401);
    REQUIRE(reply.notices.size() == 1);
    CHECK(reply.notices.front().event.name == "session.ended");
}

TEST_CASE("no cookie, a made-up one, and two of them are all signed out") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (const auto& cookie :
         {std::string(), std::string("pcc_session="), std::string("pcc_session=AAAA"),
          ana.cookie + "x", ana.cookie + "; " + ana.cookie, ana.cookie + "; pcc_session=x",
          "PCC_SESSION" + ana.cookie.substr(11), "__Host-" + ana.cookie}) {
        const auto reply = backend.ask({cookie, ana.csrf, {}}, api::GetSession{});
        CHECK(reply.response.status == 401);
        CHECK(code_of(reply) == "not_signed_in");
    }
    CHECK(
        backend.ask({"a=b; " + ana.cookie + "; c=d", "", {}}, api::GetSession{}).response.status ==
        200);
    const auto two_headers =
        backend.ask(ana, Ask{api::Method::Get, "/api/v1/session", {}, {{"Cookie", ana.cookie}}});
    CHECK(two_headers.response.status == 401);
}

TEST_CASE("when too many passwords wait, the answer is busy, and the attempt does not count") {
    Backend backend;
    server::PasswordHasher closed(server::PasswordCost::cheap());
    closed.close();
    const server::World world{backend.now, backend.random, closed, backend.keys, false};
    const api::HttpRequest request{api::Method::Post,
                                   "/api/v1/session",
                                   {{"Content-Type", "application/json"}},
                                   api::encode_sign_in({"ana@aurora.example", Secret("wrong")})};
    for (int i = 0; i < 12; ++i) {
        const auto reply = server::handle({request, "192.0.2.7", "req_x"}, *backend.store, world);
        CHECK(reply.response.status == 503);
        CHECK(code_of(reply) == "busy");
        CHECK(header_of(reply, "Retry-After") == "1");
    }
    CHECK(backend.try_sign_in("ana@aurora.example").response.status == 200);
}
