// View Token ID over the contract.
#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

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
