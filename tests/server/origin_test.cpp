// Which page a change may come from, and in what form.
#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;

namespace {

auto rename_to(std::string_view name, api::Headers more) -> Ask {
    return {api::Method::Patch, "/api/v1/organization", api::encode_rename(name), std::move(more)};
}

}  // namespace

TEST_CASE("a change needs the CSRF value of its own session") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto sam = backend.sign_in("sam@netcare.example");
    const auto before = backend.state();
    for (const auto& csrf : {std::string(), std::string("x"), sam.csrf, ana.csrf + "x"}) {
        const auto reply = backend.ask({ana.cookie, csrf, {}}, rename_to("Evil", {}));
        CHECK(reply.response.status == 403);
        CHECK(code_of(reply) == "csrf_failed");
    }
    CHECK(backend.state() == before);
    CHECK(backend.ask(ana, rename_to("Aurora", {})).response.status == 200);
}

TEST_CASE("a change from another page is refused, whatever else it carries") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto before = backend.state();
    const api::Headers foreign[] = {
        {{"Origin", "null"}},
        {{"Origin", "http://evil.example"}},
        {{"Origin", "http://localhost:8081"}},
        {{"Origin", "https://localhost:8080"}},
        {{"Origin", "http://localhost:8080.evil.example"}},
        {{"Origin", ""}},
        {{"Origin", "http://localhost:8080"}, {"Origin", "http://evil.example"}},
        {{"Sec-Fetch-Site", "cross-site"}},
        {{"Sec-Fetch-Site", "same-site"}},
        {{"Sec-Fetch-Site", "none"}},
        {{"Origin", "http://localhost:8080"}, {"Sec-Fetch-Site", "cross-site"}},
        {{"Host", "evil.example"}, {"Origin", "http://evil.example"}},
    };
    for (const auto& headers : foreign) {
        const auto reply = backend.ask(ana, rename_to("Evil", headers));
        CHECK(code_of(reply) == "csrf_failed");
    }
    CHECK(backend.state() == before);
    const api::Headers own{{"Origin", "http://localhost:8080"}, {"Sec-Fetch-Site", "same-origin"}};
    CHECK(backend.ask(ana, rename_to("Aurora", own)).response.status == 200);
}

TEST_CASE("nobody is signed in from another page either") {
    Backend backend;
    const auto body = api::encode_sign_in({"ana@aurora.example", Secret(password)});
    const auto reply = backend.ask(
        {}, Ask{api::Method::Post, "/api/v1/session", body, {{"Origin", "http://evil.example"}}});
    CHECK(code_of(reply) == "csrf_failed");
    CHECK(backend.audit_rows("session.started") == 0);
}

TEST_CASE("a body that is not JSON by its type is refused") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (const auto* type : {"text/plain", "application/x-www-form-urlencoded",
                             "multipart/form-data", "application/jsonx", "json", ""}) {
        api::HttpRequest request{api::Method::Patch,
                                 "/api/v1/organization",
                                 {{"Cookie", ana.cookie}, {"X-PCC-CSRF", ana.csrf}},
                                 api::encode_rename("Evil")};
        if (*type != 0) request.headers.emplace_back("Content-Type", type);
        const auto reply = backend.send(request);
        CHECK(reply.response.status == 415);
        CHECK(code_of(reply) == "media_type_not_supported");
    }
    api::HttpRequest good{api::Method::Patch,
                          "/api/v1/organization",
                          {{"cookie", ana.cookie},
                           {"x-pcc-csrf", ana.csrf},
                           {"content-type", "Application/JSON; charset=utf-8"}},
                          api::encode_rename("Aurora")};
    CHECK(backend.send(good).response.status == 200);
}
