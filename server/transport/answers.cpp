#include "server/transport/answers.hpp"

#include <utility>

#include "core/api/api_error.hpp"
#include "core/api/codec.hpp"
#include "core/api/endpoint.hpp"
#include "server/handle.hpp"
#include "server/transport/page_policy.hpp"

namespace pcc::server {
namespace {

constexpr const char* answer_policy = "default-src 'none'; frame-ancestors 'none'";

constexpr const char* not_built_text = R"(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The console is not built</title>
<h1>The console is not built</h1>
<p>The server is running, and its interface answers below <code>/api/v1</code>, but the folder it was
given has no console in it.</p>
<p>Run <code>scripts/run</code>, which builds and serves it, or name the folder of a built one:
<code>pcc-server serve --console build/web/dist</code>.</p>
</html>
)";

// What every answer says, as it is sent: the name of a header, and all that stands behind it.
constexpr std::string_view first_common = "Referrer-Policy";
constexpr std::string_view rest_of_common =
    "no-referrer\r\n"
    "x-frame-options: DENY\r\n"
    "cross-origin-opener-policy: same-origin\r\n"
    "cross-origin-resource-policy: same-origin";

void add_line(std::string& lines, std::string_view name, std::string_view value) {
    lines.append("\r\n").append(name).append(": ").append(value);
}

// The library keeps each header in a table of its own making, which costs more than the sending; so
// they go in as one. All are this program's own words: none holds anything that a client sent.
void add_headers(const drogon::HttpResponsePtr& response, const api::Headers& headers) {
    std::size_t size = 0;
    for (const auto& [name, value] : headers)
        size += name.size() + value.size() + 4;
    std::string lines;
    lines.reserve(rest_of_common.size() + size);
    lines = rest_of_common;
    for (const auto& [name, value] : headers)
        add_line(lines, name, value);
    response->addHeader(std::string(first_common), std::move(lines));
}

void add_page_headers(const drogon::HttpResponsePtr& response, const std::string& policy) {
    add_headers(response,
                {{"X-Content-Type-Options", "nosniff"}, {"Content-Security-Policy", policy}});
}

void add_answer_headers(const drogon::HttpResponsePtr& response, api::Headers headers) {
    headers.emplace_back("Content-Security-Policy", answer_policy);
    add_headers(response, headers);
}

auto method_refusal(std::string_view target) -> api::HttpResponse {
    if (!is_api_target(target)) {
        auto answer = problem_answer(
            {405, api::code::method_not_allowed, "This method is not used here",
             "Files and pages of the console can only be read: use GET or HEAD.", 0});
        answer.headers.emplace_back("Allow", "GET, HEAD");
        return answer;
    }
    const auto methods = api::methods_of(target);
    if (methods.empty()) {
        return problem_answer({404, api::code::not_found, "There is nothing at this address",
                               "The address is not part of the interface. Check its spelling.", 0});
    }
    std::string allow;
    for (const auto method : methods) {
        allow += (allow.empty() ? "" : ", ") + std::string(api::method_name(method));
    }
    auto answer = problem_answer({405, api::code::method_not_allowed,
                                  "This address does not take that method",
                                  "Use one of the methods named in the Allow header.", 0});
    answer.headers.emplace_back("Allow", allow);
    return answer;
}

auto problem_of(HeadFault fault) -> Problem {
    const auto malformed = [](int status, std::string_view detail) {
        return Problem{status, transport_code::request_malformed, "The request is not well formed",
                       detail, 0};
    };
    switch (fault) {
        case HeadFault::Target:
            return {400, api::code::path_malformed, "The address is not well formed",
                    "It must begin with a slash and hold printable ASCII characters only.", 0};
        case HeadFault::HeaderRepeated:
            return malformed(400, "A header that may stand only once was sent twice.");
        case HeadFault::HostMissing: return malformed(400, "The Host header is missing.");
        case HeadFault::Length:
            return malformed(400,
                             "Send one Content-Length, a plain number, and no Transfer-Encoding.");
        case HeadFault::LengthRequired:
            return malformed(411, "Send the body with a Content-Length, not in chunks.");
        case HeadFault::Expectation:
            return malformed(417, "The only expectation that is met is 100-continue.");
        case HeadFault::Upgrade: return malformed(400, "This server speaks no WebSocket.");
        case HeadFault::HeadTooLarge:
            return malformed(431, "The headers are longer than 16 KiB, or more than 100.");
        case HeadFault::Encoding:
            return {415, api::code::media_type_not_supported, "Compressed bodies are not read",
                    "Send the body as it is, without Content-Encoding.", 0};
        case HeadFault::BodyTooLarge:
            return {413, api::code::body_too_large, "The body is too large",
                    "No request of this interface needs more than 64 KiB.", 0};
        case HeadFault::TooSlow:
            return {408, transport_code::request_too_slow, "The request took too long to arrive",
                    "Send it again; it has to arrive within 30 seconds.", 0};
        case HeadFault::RequestLine:
        case HeadFault::HeaderLine:
        case HeadFault::Method: break;
    }
    return malformed(400, "Its first line or one of its headers cannot be read.");
}

}  // namespace

auto problem_answer(const Problem& problem) -> api::HttpResponse {
    api::ApiError error;
    error.status = problem.status;
    error.code = problem.code;
    error.title = problem.title;
    error.detail = problem.detail;
    error.field = problem.field;
    api::HttpResponse answer;
    answer.status = problem.status;
    answer.body = api::encode_problem(error);
    answer.headers.emplace_back(api::header_name::content_type, "application/problem+json");
    if (problem.retry_after > 0) {
        answer.headers.emplace_back(api::header_name::retry_after,
                                    std::to_string(problem.retry_after));
    }
    return answer;
}

auto refusal_answer(HeadFault fault, std::string_view target) -> api::HttpResponse {
    if (fault == HeadFault::Method) return method_refusal(target);
    return problem_answer(problem_of(fault));
}

auto text_answer(int status, std::string_view content_type, std::string body) -> api::HttpResponse {
    api::HttpResponse answer;
    answer.status = status;
    answer.headers.emplace_back(api::header_name::content_type, content_type);
    answer.body = std::move(body);
    return answer;
}

auto to_drogon(api::HttpResponse handled) -> drogon::HttpResponsePtr {
    auto response = drogon::HttpResponse::newHttpResponse();
    response->setStatusCode(static_cast<drogon::HttpStatusCode>(handled.status));
    response->setContentTypeCode(drogon::CT_NONE);
    add_answer_headers(response, std::move(handled.headers));
    if (!handled.body.empty()) response->setBody(std::move(handled.body));
    return response;
}

auto to_drogon(api::HttpResponse own, const Stamp& stamp) -> drogon::HttpResponsePtr {
    put_stamp(own, stamp.request_id, stamp.now);
    return to_drogon(std::move(own));
}

auto to_drogon_stream(const api::HttpResponse& handled,
                      std::function<void(drogon::ResponseStreamPtr)> begin)
    -> drogon::HttpResponsePtr {
    auto response = drogon::HttpResponse::newAsyncStreamResponse(begin, true);
    response->setStatusCode(static_cast<drogon::HttpStatusCode>(handled.status));
    response->setContentTypeCode(drogon::CT_NONE);
    add_answer_headers(response, handled.headers);
    response->addHeader(stream_mark, "no");
    return response;
}

auto to_drogon_file(const DistAnswer& answer) -> drogon::HttpResponsePtr {
    auto response = drogon::HttpResponse::newHttpResponse();
    response->setStatusCode(static_cast<drogon::HttpStatusCode>(answer.status));
    response->setContentTypeString(answer.file->content_type);
    add_page_headers(response, answer.file->policy);
    response->addHeader("Cache-Control",
                        answer.file->hashed ? "public, max-age=31536000, immutable" : "no-cache");
    response->addHeader("ETag", answer.etag);
    response->addHeader("Vary", "Accept-Encoding");
    if (!answer.encoding.empty() && answer.status != 304) {
        response->addHeader("Content-Encoding", std::string(answer.encoding));
    }
    if (!answer.body.empty()) response->setBody(std::string(answer.body));
    return response;
}

auto not_built_page() -> drogon::HttpResponsePtr {
    auto response = drogon::HttpResponse::newHttpResponse();
    response->setStatusCode(drogon::k503ServiceUnavailable);
    response->setContentTypeString("text/html; charset=utf-8");
    add_page_headers(response, page_policy(not_built_text));
    response->addHeader("Cache-Control", "no-store");
    response->setBody(not_built_text);
    return response;
}

}  // namespace pcc::server
