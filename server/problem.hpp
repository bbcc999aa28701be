// Refusals and faults as the contract says them: one status and one title for each code.
// Layer: server. Decides nothing; turns what was decided into an answer.
#pragma once

#include <string>
#include <string_view>

#include "core/access/policy.hpp"
#include "core/api/api_error.hpp"
#include "core/api/codec.hpp"
#include "core/api/http.hpp"
#include "core/api/text.hpp"
#include "core/base/result.hpp"
#include "core/base/timestamp.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

template <class T>
using Checked = Result<T, api::ApiError>;

/// The error of that code, with its status, its title, and the code's own sentence where no detail
/// is given.
auto problem(std::string_view code, std::string detail = {}, std::string_view field = {})
    -> api::ApiError;
auto refuse(std::string_view code, std::string detail = {}, std::string_view field = {})
    -> tl::unexpected<api::ApiError>;
/// 429 with the time to wait, rounded up to the second.
auto refuse_for(std::string_view code, Millis wait) -> tl::unexpected<api::ApiError>;
auto refuse(access::Refusal refusal) -> tl::unexpected<api::ApiError>;
auto refuse(const api::DecodeError& error) -> tl::unexpected<api::ApiError>;
auto refuse(api::TextFault fault, std::string_view what, std::string_view field,
            std::size_t longest) -> tl::unexpected<api::ApiError>;
/// 503 whatever happened: nothing is granted while the store fails.
auto unavailable(const StoreError& error) -> api::ApiError;

auto problem_response(const api::ApiError& error) -> api::HttpResponse;
auto json_response(int status, std::string body) -> api::HttpResponse;
auto no_content() -> api::HttpResponse;

}  // namespace pcc::server
