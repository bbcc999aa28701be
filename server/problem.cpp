#include "server/problem.hpp"

#include <algorithm>
#include <utility>

#include "core/api/types.hpp"

namespace pcc::server {
namespace {

namespace code = api::code;

struct Kind {
    std::string_view code;
    int status;
    std::string_view title;
};

constexpr Kind kinds[] = {
    {code::sign_in_failed, 401, "Not signed in"},
    {code::not_signed_in, 401, "Signed out"},
    {code::csrf_failed, 403, "The request could not be trusted"},
    {code::forbidden, 403, "Not allowed"},
    {code::read_only, 403, "Not yours to change"},
    {code::forbidden_while_assuming, 403, "Not while you act for another organization"},
    {code::not_found, 404, "Not found"},
    {code::method_not_allowed, 405, "Not possible here"},
    {code::path_malformed, 400, "The address could not be read"},
    {code::body_malformed, 400, "The request could not be read"},
    {code::body_too_large, 413, "Too much"},
    {code::media_type_not_supported, 415, "Not JSON"},
    {code::field_missing, 422, "Something is missing"},
    {code::field_invalid, 422, "A value cannot be used"},
    {code::query_invalid, 400, "The list cannot be filtered like this"},
    {code::cursor_invalid, 400, "The list has to be read anew"},
    {code::validity_not_allowed, 422, "Validity not offered"},
    {code::token_id_malformed, 422, "Not a Token ID"},
    {code::token_unknown, 404, "Unknown token"},
    {code::token_ended, 410, "The token has ended"},
    {code::token_own_organization, 409, "Your own organization"},
    {code::password_required, 403, "Password needed"},
    {code::assumption_ended, 410, "Your access has ended"},
    {code::assumption_unknown, 404, "Access not known"},
    {code::access_point_offline, 409, "Access point offline"},
    {code::rate_limited, 429, "Too many tries"},
    {code::busy, 503, "Too much to do"},
    {code::idempotency_key_invalid, 400, "The request could not be told apart"},
    {code::idempotency_conflict, 422, "Sent before with other content"},
    {code::unavailable, 503, "Not available at the moment"},
};

auto kind_of(std::string_view wanted) -> Kind {
    const auto found = std::find_if(std::begin(kinds), std::end(kinds),
                                    [wanted](const Kind& kind) { return kind.code == wanted; });
    return found == std::end(kinds) ? Kind{wanted, 500, "Not possible"} : *found;
}

constexpr int soon = 1;  // Units: seconds

}  // namespace

auto problem(std::string_view wanted, std::string detail, std::string_view field) -> api::ApiError {
    const auto kind = kind_of(wanted);
    api::ApiError error;
    error.status = kind.status;
    error.code = kind.code;
    error.title = kind.title;
    error.field = field;
    if (kind.status == 503) error.retry_after = soon;
    error.detail = detail.empty() ? api::explain(error) : std::move(detail);
    return error;
}

auto refuse(std::string_view wanted, std::string detail, std::string_view field)
    -> tl::unexpected<api::ApiError> {
    return failed(problem(wanted, std::move(detail), field));
}

auto refuse_for(std::string_view wanted, Millis wait) -> tl::unexpected<api::ApiError> {
    auto error = problem(wanted);
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    error.retry_after = static_cast<int>(std::max<long long>(seconds, soon));
    error.detail.clear();
    error.detail = api::explain(error);
    return failed(std::move(error));
}

auto refuse(access::Refusal refusal) -> tl::unexpected<api::ApiError> {
    auto sentence = access::explain(refusal);
    switch (refusal) {
        case access::Refusal::AdminsOnly: return refuse(code::forbidden, std::move(sentence));
        case access::Refusal::ForbiddenWhileAssuming:
            return refuse(code::forbidden_while_assuming, std::move(sentence));
        case access::Refusal::ReadOnly: return refuse(code::read_only, std::move(sentence));
        case access::Refusal::OutOfReach: break;
    }
    // The same words as for what does not exist, so that nobody learns which of the two it is.
    return refuse(code::not_found);
}

auto refuse(const api::DecodeError& error) -> tl::unexpected<api::ApiError> {
    using Fault = api::DecodeError::Fault;
    const bool of_field = !error.field.empty();
    if (error.fault == Fault::Missing && of_field)
        return refuse(code::field_missing, {}, error.field);
    const bool of_value = error.fault == Fault::WrongType || error.fault == Fault::OutOfRange;
    if (of_value && of_field) return refuse(code::field_invalid, {}, error.field);
    return refuse(code::body_malformed);
}

auto refuse(api::TextFault fault, std::string_view what, std::string_view field,
            std::size_t longest) -> tl::unexpected<api::ApiError> {
    return refuse(code::field_invalid, api::explain(fault, what, longest), field);
}

auto unavailable(const StoreError&) -> api::ApiError {
    return problem(code::unavailable);
}

auto problem_response(const api::ApiError& error) -> api::HttpResponse {
    api::HttpResponse response;
    response.status = error.status;
    response.headers.emplace_back(api::header_name::content_type, "application/problem+json");
    if (error.retry_after > 0) {
        response.headers.emplace_back(api::header_name::retry_after,
                                      std::to_string(error.retry_after));
    }
    response.body = api::encode_problem(error);
    return response;
}

auto json_response(int status, std::string body) -> api::HttpResponse {
    api::HttpResponse response;
    response.status = status;
    response.headers.reserve(8);  // all that an answer has
    response.headers.emplace_back(api::header_name::content_type, "application/json");
    response.body = std::move(body);
    return response;
}

auto no_content() -> api::HttpResponse {
    api::HttpResponse response;
    response.status = 204;
    return response;
}

}  // namespace pcc::server
