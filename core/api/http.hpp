// HTTP messages as plain values: what the console sends and the server answers.
// Layer: api. No sockets, no library; header names compare without case.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pcc::api {

enum class Method { Get, Post, Put, Patch, Delete };
auto method_name(Method method) -> std::string_view;

using Header = std::pair<std::string, std::string>;
using Headers = std::vector<Header>;

/// The value of the first header of that name, or empty.
auto header(const Headers& headers, std::string_view name) -> std::string_view;

struct HttpRequest {
    Method method = Method::Get;
    std::string target;  // path and query, `/api/v1/tokens?state=active`
    Headers headers;
    std::string body;
};

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;
};

namespace header_name {
inline constexpr std::string_view csrf = "X-PCC-CSRF";
inline constexpr std::string_view assumption = "PCC-Assumption";
inline constexpr std::string_view time = "PCC-Time";
inline constexpr std::string_view request_id = "X-Request-Id";
inline constexpr std::string_view idempotency_key = "Idempotency-Key";
inline constexpr std::string_view retry_after = "Retry-After";
inline constexpr std::string_view content_type = "Content-Type";
}  // namespace header_name

}  // namespace pcc::api
