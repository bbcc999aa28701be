// No secret reaches the disk: the files of the database are searched byte by byte.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;

namespace {

auto lower(std::string text) -> std::string {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

}  // namespace

TEST_CASE("neither Token ID, password, cookie nor CSRF value is anywhere in the database's files") {
    Backend backend;
    auto ana = backend.sign_in("ana@aurora.example");
    const auto made = backend.generate(ana);
    const auto second = backend.generate(ana, access::Validity::lifetime());
    const auto tab = backend.assume(backend.sign_in("sam@netcare.example"), made.token_id);
    backend.ask(ana, api::RevealToken{made.token.handle});
    backend.ask(tab, api::PatchNetwork{backend.demo.porto}, R"({"name":"Porto Two"})");
    backend.try_sign_in("ana@aurora.example", "a wrong password of mine");
    // People type the one into the field of the other.
    backend.try_sign_in("a wrong password of mine", "x");
    backend.ask(tab, api::PostPreflight{}, api::encode_token_id(second.token_id));
    backend.ask(ana, api::ExpireToken{made.token.handle});
    const auto disk = lower(backend.database.bytes());
    REQUIRE(disk.find(lower(made.token.handle.value)) != std::string::npos);
    REQUIRE(disk.find(lower(made.token.hint)) != std::string::npos);
    REQUIRE(disk.find("porto two") != std::string::npos);
    const auto cookie_value = ana.cookie.substr(ana.cookie.find('=') + 1);
    for (const auto& secret :
         {std::string(made.token_id.reveal()), std::string(made.token_id.reveal().substr(4)),
          std::string(made.token_id.reveal().substr(4, 32)),
          std::string(second.token_id.reveal().substr(4)), std::string(password),
          std::string("a wrong password of mine"), cookie_value, ana.csrf}) {
        CHECK(disk.find(lower(secret)) == std::string::npos);
    }
}

TEST_CASE(
    "what was sealed is gone from the file once the token ended and the log was written back" *
    doctest::skip(on_postgres())) {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto handle = backend.generate(ana).token.handle;
    const auto sealed =
        backend.rows("SELECT sealed FROM tokens WHERE id = $1", {handle.value})[0].text(0);
    REQUIRE(sealed.size() > 60);
    backend.store.reset();
    CHECK(backend.database.bytes().find(sealed) != std::string::npos);
    backend.restart();
    backend.ask(ana, api::ExpireToken{handle});
    backend.store.reset();
    CHECK(backend.database.bytes().find(sealed) == std::string::npos);
}

TEST_CASE("no refusal repeats the secret it was given") {
    Backend backend;
    const auto sam = backend.sign_in("sam@netcare.example");
    RepeatingRandom other(7);
    const auto unknown = server::random_token_id(other).text();
    const auto broken = std::string(unknown.reveal().substr(0, 42));
    for (const auto& id : {std::string(unknown.reveal()), broken}) {
        const auto reply = backend.ask(sam, api::PostPreflight{}, api::encode_token_id(Secret(id)));
        CHECK(reply.response.status >= 400);
        CHECK(reply.response.body.find(id.substr(4, 20)) == std::string::npos);
    }
    const auto wrong = backend.try_sign_in("ana@aurora.example", "a wrong password of mine");
    CHECK(wrong.response.body.find("of mine") == std::string::npos);
}
