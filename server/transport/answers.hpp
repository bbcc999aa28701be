// Answers as Drogon sends them: those of the contract, those of the transport, and the console's
// files. Layer: server/transport. Decides no right; adds the headers that each kind of answer has
// to carry.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <drogon/HttpResponse.h>

#include "core/api/http.hpp"
#include "core/base/timestamp.hpp"
#include "server/transport/dist_folder.hpp"
#include "server/transport/request_head.hpp"

namespace pcc::server {

namespace transport_code {
inline constexpr std::string_view request_malformed = "request_malformed";
inline constexpr std::string_view request_too_slow = "request_too_slow";
inline constexpr std::string_view too_many_streams = "too_many_streams";
}  // namespace transport_code

/// What every answer of the contract carries.
struct Stamp {
    std::string request_id;
    Instant now;
};

struct Problem {
    int status = 400;
    std::string_view code;
    std::string_view title;
    std::string_view detail;
    int retry_after = 0;  // Units: seconds; 0 for none
    std::string_view field = {};
};

/// The transport's own refusals, in the form of the contract's.
auto problem_answer(const Problem& problem) -> api::HttpResponse;
/// What a faulty head is answered; 405 where its method is at fault, with the path's methods in
/// Allow.
auto refusal_answer(HeadFault fault, std::string_view target) -> api::HttpResponse;
auto text_answer(int status, std::string_view content_type, std::string body) -> api::HttpResponse;

/// What `handle` answered, which has its stamp: never stored by a cache, never read as another
/// type.
auto to_drogon(api::HttpResponse handled) -> drogon::HttpResponsePtr;
/// The same of an answer of the transport's own.
auto to_drogon(api::HttpResponse own, const Stamp& stamp) -> drogon::HttpResponsePtr;
/// Tells proxies not to hold a stream back, and our own sending that an answer is a stream.
inline constexpr const char* stream_mark = "x-accel-buffering";

/// The head of an event stream that `handle` let begin.
auto to_drogon_stream(const api::HttpResponse& handled,
                      std::function<void(drogon::ResponseStreamPtr)> begin)
    -> drogon::HttpResponsePtr;
/// A file of the console, with the page's security headers.
auto to_drogon_file(const DistAnswer& answer) -> drogon::HttpResponsePtr;
/// The page to show where the console was not built.
auto not_built_page() -> drogon::HttpResponsePtr;

}  // namespace pcc::server
