#include <set>
#include <string>
#include <string_view>

#include "core/api/api_error.hpp"
#include "core/api/codec.hpp"
#include "tests/core/support/doctest.hpp"

namespace pcc::api {
namespace {

auto problem(int status, std::string_view code) -> ApiError {
    ApiError error;
    error.status = status;
    error.code = code;
    return error;
}

TEST_CASE("problem: comes back as it was sent") {
    ApiError sent = problem(422, code::field_invalid);
    sent.title = "A field cannot be used";
    sent.detail = "A network name cannot be empty.";
    sent.field = "name";
    sent.retry_after = 7;
    sent.request_id = "req_1";
    const auto got = decode_problem(422, encode_problem(sent));
    CHECK(got.status == sent.status);
    CHECK(got.code == sent.code);
    CHECK(got.title == sent.title);
    CHECK(got.detail == sent.detail);
    CHECK(got.field == sent.field);
    CHECK(got.retry_after == sent.retry_after);
    CHECK(got.request_id == sent.request_id);
    CHECK(got.is(code::field_invalid));
    CHECK_FALSE(got.is(code::field_missing));
}

TEST_CASE("problem: the status of the answer counts, not the one in its body") {
    const auto json = encode_problem(problem(403, code::read_only));
    CHECK(decode_problem(409, json).status == 409);
    CHECK(decode_problem(0, json).status == 403);
}

TEST_CASE("problem: an answer that is none is malformed") {
    for (const char* body :
         {"", "<html>502 Bad Gateway</html>", "{}", "[]", "null", R"({"code":7})", R"({"code":""})",
          R"({"code":"x","title":1})", R"({"code":"x","status":"403"})", R"({"error":"no"})"}) {
        CAPTURE(body);
        const auto error = decode_problem(502, body);
        CHECK(error.is(code::answer_malformed));
        CHECK(error.status == 502);
        CHECK_FALSE(explain(error).empty());
    }
}

TEST_CASE("problem: the server's own words come first") {
    auto error = problem(410, code::token_ended);
    error.detail = "This token was expired at 19:48.";
    CHECK(explain(error) == "This token was expired at 19:48.");
}

TEST_CASE("problem: every code has a sentence that names no number") {
    std::set<std::string> sentences;
    for (const auto known : {code::sign_in_failed,
                             code::not_signed_in,
                             code::csrf_failed,
                             code::forbidden,
                             code::read_only,
                             code::forbidden_while_assuming,
                             code::not_found,
                             code::method_not_allowed,
                             code::path_malformed,
                             code::body_malformed,
                             code::body_too_large,
                             code::media_type_not_supported,
                             code::field_missing,
                             code::field_invalid,
                             code::query_invalid,
                             code::cursor_invalid,
                             code::validity_not_allowed,
                             code::token_id_malformed,
                             code::token_unknown,
                             code::token_ended,
                             code::token_own_organization,
                             code::password_required,
                             code::assumption_ended,
                             code::assumption_unknown,
                             code::access_point_offline,
                             code::rate_limited,
                             code::busy,
                             code::idempotency_key_invalid,
                             code::idempotency_conflict,
                             code::unavailable,
                             code::offline,
                             code::answer_malformed}) {
        const auto sentence = explain(problem(400, known));
        CAPTURE(sentence);
        CHECK(sentence.size() > 30);
        CHECK(sentence.back() == '.');
        CHECK(sentence.find_first_of("0123456789") == std::string::npos);
        CHECK(sentences.insert(sentence).second);
    }
}

TEST_CASE("problem: an unknown code is explained by its status") {
    for (const int status : {400, 401, 403, 404, 409, 418, 429, 500, 502, 503}) {
        const auto sentence = explain(problem(status, "something_new"));
        CAPTURE(status);
        CHECK(sentence.find(std::to_string(status)) == std::string::npos);
        CHECK(sentence.size() > 30);
    }
    CHECK(explain(problem(401, "x")) == explain(problem(401, code::not_signed_in)));
}

TEST_CASE("problem: how long to wait is said in words") {
    auto error = problem(429, code::rate_limited);
    CHECK(explain(error).find("Wait a moment") != std::string::npos);
    error.retry_after = 1;
    CHECK(explain(error).find("Wait 1 second, ") != std::string::npos);
    error.retry_after = 30;
    CHECK(explain(error).find("Wait 30 seconds, ") != std::string::npos);
    error.retry_after = 60;
    CHECK(explain(error).find("Wait 1 minute, ") != std::string::npos);
    error.retry_after = 61;
    CHECK(explain(error).find("Wait 2 minutes, ") != std::string::npos);
    error.retry_after = 3600;
    CHECK(explain(error).find("Wait 1 hour, ") != std::string::npos);
}

TEST_CASE("problem: what the console makes itself") {
    CHECK(offline_error().is(code::offline));
    CHECK(offline_error().status == 0);
    CHECK_FALSE(offline_error().title.empty());
    CHECK(malformed_answer(200).is(code::answer_malformed));
    CHECK(malformed_answer(200).status == 200);
    CHECK(explain(malformed_answer(200)) != explain(malformed_answer(502)));
}

}  // namespace
}  // namespace pcc::api
