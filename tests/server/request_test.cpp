// What every answer carries, and what is refused before anybody is asked who they are.
#include <doctest/doctest.h>

#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;

TEST_CASE("every answer says its request, the time, and that nothing may be stored") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const Ask asks[] = {{api::Method::Get, "/api/v1/session", {}, {}},
                        {api::Method::Get, "/api/v1/nowhere", {}, {}},
                        {api::Method::Put, "/api/v1/session", {}, {}},
                        {api::Method::Get, "/api/v1//session", {}, {}},
                        {api::Method::Delete, "/api/v1/session", {}, {}},
                        {api::Method::Get, "/api/v1/tokens", {}, {}}};
    for (const auto& ask : asks) {
        const auto reply = backend.ask(ana, ask);
        CHECK(header_of(reply, "X-Request-Id").find("req_") == 0);
        CHECK(header_of(reply, "Cache-Control") == "no-store");
        CHECK(header_of(reply, "X-Content-Type-Options") == "nosniff");
        CHECK(header_of(reply, "PCC-Time") == std::to_string(millis_since_epoch(backend.now)));
        if (reply.response.status >= 400) {
            CHECK(header_of(reply, "Content-Type") == "application/problem+json");
            const auto error = api::decode_problem(reply.response.status, reply.response.body);
            CHECK(error.request_id == header_of(reply, "X-Request-Id"));
            CHECK(error.detail.size() > 20);
            CHECK_FALSE(error.title.empty());
        }
    }
}

TEST_CASE("a path that could mean two things is refused, not mended") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (const auto* target :
         {"/api/v1//tokens", "/api/v1/./tokens", "/api/v1/x/../tokens", "/api/v1/tokens/%2e%2e",
          "/api/v1/tokens%2f", "/api/v1/tokens%00", "//api/v1/tokens", "/api/v1/tokens/tok_a\\b"}) {
        const auto reply = backend.ask(ana, Ask{api::Method::Get, target, {}, {}});
        CHECK(reply.response.status >= 400);
        CHECK(reply.response.status < 500);
    }
    const auto odd = backend.ask(ana, Ask{api::Method::Get, "/api/v1//tokens", {}, {}});
    CHECK(code_of(odd) == "path_malformed");
}

TEST_CASE("an unknown path is 404, and a known one with another method 405 with what it takes") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    CHECK(code_of(backend.ask(ana, Ask{api::Method::Get, "/api/v1/users", {}, {}})) == "not_found");
    const auto reply = backend.ask(ana, Ask{api::Method::Put, "/api/v1/session", {}, {}});
    CHECK(reply.response.status == 405);
    const auto allow = header_of(reply, "Allow");
    for (const auto* method : {"GET", "POST", "DELETE"}) {
        CHECK(allow.find(method) != std::string::npos);
    }
}

TEST_CASE("query parameters that are unknown, repeated or ill-typed are refused") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    for (const auto* query :
         {"?state=ended", "?state=active&state=active", "?limit=0", "?limit=-1", "?limit=101",
          "?limit=9223372036854775808", "?org_id=x", "?q=%ff", "?q=%00", "?sort=by_name"}) {
        const auto reply =
            backend.ask(ana, Ask{api::Method::Get, std::string("/api/v1/tokens") + query, {}, {}});
        CHECK(reply.response.status == 400);
        CHECK(code_of(reply) == "query_invalid");
    }
}

TEST_CASE("a body of more than 64 KiB is refused") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const Ask big{api::Method::Patch, "/api/v1/organization", std::string(64 * 1024 + 1, ' '), {}};
    const auto reply = backend.ask(ana, big);
    CHECK(reply.response.status == 413);
    CHECK(code_of(reply) == "body_too_large");
}

TEST_CASE("bad bodies are refused as what they are, and change nothing") {
    Backend backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    struct Bad {
        std::string body;
        int status;
        const char* code;
    };
    const Bad bad[] = {
        {"{", 400, "body_malformed"},
        {"{\"name\":\"x\"", 400, "body_malformed"},
        {"{\"name\":\"x\"} x", 400, "body_malformed"},
        {"{\"name\":\"x\",\"name\":\"y\"}", 400, "body_malformed"},
        {std::string(60'000, '['), 400, "body_malformed"},
        {"{\"name\":\"\xff\"}", 400, "body_malformed"},
        {"{\"name\":\"\\ud800\"}", 400, "body_malformed"},
        {"[]", 400, "body_malformed"},
        {"null", 400, "body_malformed"},
        {"{}", 422, "field_missing"},
        {"{\"__proto__\":{\"name\":\"x\"}}", 422, "field_missing"},
        {"{\"name\":7}", 422, "field_invalid"},
        {"{\"name\":null}", 422, "field_"},
        {"{\"name\":\"\"}", 422, "field_invalid"},
        {"{\"name\":\"  \"}", 422, "field_invalid"},
        {"{\"name\":\"a\\u0000b\"}", 422, "field_invalid"},
        {"{\"name\":\"a\\nb\"}", 422, "field_invalid"},
        {"{\"name\":\"" + std::string(81, 'x') + "\"}", 422, "field_invalid"},
    };
    const auto before = backend.state();
    for (const auto& wrong : bad) {
        const auto reply = backend.ask(ana, api::PatchOrganization{}, wrong.body);
        INFO(wrong.body.substr(0, 40));
        CHECK(reply.response.status == wrong.status);
        CHECK(code_of(reply).find(wrong.code) == 0);
    }
    CHECK(backend.state() == before);
    CHECK(
        backend.ask(ana, api::PatchOrganization{}, api::encode_rename("Aurora")).response.status ==
        200);
}

TEST_CASE("an organization or a role in a body or a header gives nobody either") {
    Backend backend;
    const auto gil = backend.sign_in("gil@aurora.example");
    const auto before = backend.state();
    const auto body = "{\"validity\":\"2h\",\"org_id\":\"" + backend.demo.netcare.value +
                      "\",\"role\":\"admin\"}";
    const Ask ask{api::Method::Post,
                  "/api/v1/tokens",
                  body,
                  {{"X-Org-Id", backend.demo.netcare.value}, {"X-Role", "admin"}}};
    CHECK(backend.ask(gil, ask).response.status == 403);
    CHECK(backend.state() == before);
}
