// Values to and from JSON: the contract's bodies. Its implementation holds the only use of the JSON library.
// Layer: api. Type-checked readers; a bad body is an error, never an exception.
#pragma once

#include "core/api/api_error.hpp"
#include "core/api/types.hpp"
#include "core/base/result.hpp"

#include <string>
#include <string_view>

namespace pcc::api {

/// Why a body was refused. `field` is a path such as `token.validity`, or empty for the whole.
struct DecodeError {
    enum class Fault { NotJson, TooDeep, DuplicateKey, NotUtf8, WrongType, Missing, OutOfRange };
    Fault fault = Fault::NotJson;
    std::string field;
};
template <class T>
using Decoded = Result<T, DecodeError>;

/// Deepest nesting that is read. Units: levels.
inline constexpr int deepest_json = 16;

// Requests: encoded by the console, decoded by the server. Unknown members are ignored, and so give
// nobody an organization or a role.
auto encode_sign_in(const SignIn& value) -> std::string;
auto decode_sign_in(std::string_view json) -> Decoded<SignIn>;
auto encode_generate_token(const GenerateToken& value) -> std::string;
/// A validity that is no validity at all is WrongType or OutOfRange of `validity`.
auto decode_generate_token(std::string_view json) -> Decoded<GenerateToken>;
auto encode_token_id(const Secret& pasted) -> std::string;
/// The text of `token_id` as it was sent; parse_token_id judges it.
auto decode_token_id(std::string_view json) -> Decoded<Secret>;
auto encode_reveal(const Secret& password) -> std::string;
/// The password, empty where none was sent (an empty body counts as none).
auto decode_reveal(std::string_view json) -> Decoded<Secret>;
auto encode_rename(std::string_view name) -> std::string;
auto decode_rename(std::string_view json) -> Decoded<std::string>;
auto encode_change_network(const ChangeNetwork& value) -> std::string;
auto decode_change_network(std::string_view json) -> Decoded<ChangeNetwork>;
auto encode_change_ssid(const ChangeSsid& value) -> std::string;
auto decode_change_ssid(std::string_view json) -> Decoded<ChangeSsid>;

// Answers: encoded by the server, decoded by the console. `now` decides what a state reads as.
auto encode_session(const Session& value, Instant now) -> std::string;
auto decode_session(std::string_view json) -> Decoded<Session>;
auto encode_organization(const Organization& value) -> std::string;
auto decode_organization(std::string_view json) -> Decoded<Organization>;
auto encode_policy(const OrganizationPolicy& value) -> std::string;
auto decode_policy(std::string_view json) -> Decoded<OrganizationPolicy>;
auto encode_token(const access::AccessToken& value, Instant now) -> std::string;
auto decode_token(std::string_view json) -> Decoded<access::AccessToken>;
auto encode_tokens(const Page<access::AccessToken>& page, Instant now) -> std::string;
auto decode_tokens(std::string_view json) -> Decoded<Page<access::AccessToken>>;
auto encode_generated_token(const GeneratedToken& value, Instant now) -> std::string;
auto decode_generated_token(std::string_view json) -> Decoded<GeneratedToken>;
auto encode_revealed(const Secret& token_id) -> std::string;
auto decode_revealed(std::string_view json) -> Decoded<Secret>;
auto encode_preflight(const Preflight& value) -> std::string;
auto decode_preflight(std::string_view json) -> Decoded<Preflight>;
auto encode_assumption(const access::Assumption& value, Instant now) -> std::string;
auto decode_assumption(std::string_view json) -> Decoded<access::Assumption>;
auto encode_assumptions(const Page<access::Assumption>& page, Instant now) -> std::string;
auto decode_assumptions(std::string_view json) -> Decoded<Page<access::Assumption>>;
auto encode_network(const Network& value) -> std::string;
auto decode_network(std::string_view json) -> Decoded<Network>;
auto encode_networks(const Page<Network>& page) -> std::string;
auto decode_networks(std::string_view json) -> Decoded<Page<Network>>;
auto encode_network_detail(const NetworkDetail& value) -> std::string;
auto decode_network_detail(std::string_view json) -> Decoded<NetworkDetail>;
auto encode_access_point(const AccessPoint& value) -> std::string;
auto decode_access_point(std::string_view json) -> Decoded<AccessPoint>;
auto encode_access_points(const Page<AccessPoint>& page) -> std::string;
auto decode_access_points(std::string_view json) -> Decoded<Page<AccessPoint>>;
auto encode_ssid(const Ssid& value) -> std::string;
auto decode_ssid(std::string_view json) -> Decoded<Ssid>;
auto encode_audit(const Page<AuditEvent>& page) -> std::string;
auto decode_audit(std::string_view json) -> Decoded<Page<AuditEvent>>;
auto encode_event(const Event& value) -> std::string;
auto decode_event(std::string_view name, std::string_view json) -> Decoded<Event>;
auto encode_problem(const ApiError& value) -> std::string;
/// The problem in an answer; malformed_answer(status) where the body is none.
auto decode_problem(int status, std::string_view json) -> ApiError;

}  // namespace pcc::api
