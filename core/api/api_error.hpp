// What went wrong with a call, as RFC 9457 problem+json carries it and as a person reads it.
// Layer: api. Decides nothing; the server fills it, the console shows it.
#pragma once

#include <string>
#include <string_view>

namespace pcc::api {

/// Stable snake_case codes of problem+json.
namespace code {
inline constexpr std::string_view sign_in_failed = "sign_in_failed";
inline constexpr std::string_view not_signed_in = "not_signed_in";
inline constexpr std::string_view csrf_failed = "csrf_failed";
inline constexpr std::string_view forbidden = "forbidden";
inline constexpr std::string_view read_only = "read_only";
inline constexpr std::string_view forbidden_while_assuming = "forbidden_while_assuming";
inline constexpr std::string_view not_found = "not_found";
inline constexpr std::string_view method_not_allowed = "method_not_allowed";
inline constexpr std::string_view path_malformed = "path_malformed";
inline constexpr std::string_view body_malformed = "body_malformed";
inline constexpr std::string_view body_too_large = "body_too_large";
inline constexpr std::string_view media_type_not_supported = "media_type_not_supported";
inline constexpr std::string_view field_missing = "field_missing";
inline constexpr std::string_view field_invalid = "field_invalid";
inline constexpr std::string_view query_invalid = "query_invalid";
inline constexpr std::string_view cursor_invalid = "cursor_invalid";
inline constexpr std::string_view validity_not_allowed = "validity_not_allowed";
inline constexpr std::string_view token_id_malformed = "token_id_malformed";
inline constexpr std::string_view token_unknown = "token_unknown";
inline constexpr std::string_view token_ended = "token_ended";
inline constexpr std::string_view token_own_organization = "token_own_organization";
inline constexpr std::string_view password_required = "password_required";
inline constexpr std::string_view assumption_ended = "assumption_ended";
inline constexpr std::string_view assumption_unknown = "assumption_unknown";
inline constexpr std::string_view access_point_offline = "access_point_offline";
inline constexpr std::string_view rate_limited = "rate_limited";
inline constexpr std::string_view busy = "busy";
inline constexpr std::string_view idempotency_key_invalid = "idempotency_key_invalid";
inline constexpr std::string_view idempotency_conflict = "idempotency_conflict";
inline constexpr std::string_view unavailable = "unavailable";
// Made by the console itself, never sent:
inline constexpr std::string_view offline = "offline";
inline constexpr std::string_view answer_malformed = "answer_malformed";
}  // namespace code

struct ApiError {
    int status = 0;  // 0: no answer came (offline, aborted, malformed)
    std::string code;
    std::string title;
    std::string detail;
    std::string field;      // the field at fault, or empty
    int retry_after = 0;    // Units: seconds; 0 where none was given
    std::string request_id;

    auto is(std::string_view wanted) const -> bool { return code == wanted; }
};

/// No answer came: the network, the server or a proxy failed.
auto offline_error() -> ApiError;
/// An answer came that is not what the contract says.
auto malformed_answer(int status) -> ApiError;
/// What happened, what it means, what to do next; never a bare number.
auto explain(const ApiError& error) -> std::string;

}  // namespace pcc::api
