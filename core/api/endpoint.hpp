// The only builder and parser of the contract's paths.
// Layer: api. Says nothing of who may call what.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/api/http.hpp"
#include "core/base/id.hpp"
#include "core/base/result.hpp"

namespace pcc::api {

inline constexpr std::string_view base_path = "/api/v1";

/// The orders that lists come in. Each list knows some of them.
enum class ListSort {
    Newest,
    Oldest,
    EndsFirst,
    EndsLast,
    LastUsed,
    AToZ,
    ZToA,
    MostAccessPoints,
    FewestAccessPoints,
    MostOffline,
    FewestOffline,
    MostClients,
    FewestClients,
};
/// Some of the orders, each a bit.
using ListSorts = std::uint32_t;
constexpr auto bit_of(ListSort sort) -> ListSorts {
    return ListSorts{1} << static_cast<unsigned>(sort);
}
template <class... Sorts>
constexpr auto these(Sorts... sorts) -> ListSorts {
    return (bit_of(sorts) | ...);
}
inline constexpr ListSorts token_sorts =
    these(ListSort::Newest, ListSort::Oldest, ListSort::EndsFirst, ListSort::EndsLast,
          ListSort::LastUsed);
inline constexpr ListSorts assumption_sorts =
    these(ListSort::Newest, ListSort::Oldest, ListSort::EndsFirst, ListSort::EndsLast,
          ListSort::AToZ, ListSort::ZToA);
inline constexpr ListSorts network_sorts = these(
    ListSort::AToZ, ListSort::ZToA, ListSort::MostAccessPoints, ListSort::FewestAccessPoints,
    ListSort::MostOffline, ListSort::FewestOffline, ListSort::MostClients, ListSort::FewestClients);
inline constexpr ListSorts audit_sorts = these(ListSort::Newest, ListSort::Oldest);

/// The name of an order in a query, `ends_first`; and the order of a name among those known.
auto sort_name(ListSort sort) -> std::string_view;
auto find_sort(std::string_view name, ListSorts known) -> std::optional<ListSort>;
/// Whether what is greatest comes first.
auto descends(ListSort sort) -> bool;

enum class TokenListState { Active, Expired };
enum class AssumptionListState { Live, Ended };

struct TokenQuery {
    TokenListState state = TokenListState::Active;
    std::string search;
    ListSort sort = ListSort::Newest;
    int limit = 100;
    std::string cursor;
};
struct AssumptionQuery {
    AssumptionListState state = AssumptionListState::Live;
    int limit = 100;
    std::string cursor;
    ListSort sort = ListSort::Newest;
};
struct NetworkQuery {
    std::string search;
    int limit = 100;
    std::string cursor;
    ListSort sort = ListSort::AToZ;
};
struct AuditQuery {
    std::string actor;
    std::string action;
    std::string token;
    std::string from;  // RFC 3339 or empty
    std::string to;
    int limit = 100;
    std::string cursor;
    ListSort sort = ListSort::Newest;
};

// One struct per call of the contract.
struct PostSession {};
struct GetSession {};
struct DeleteSession {};
struct GetOrganization {};
struct PatchOrganization {};
struct GetPolicy {};
struct GetTokens {
    TokenQuery query;
};
struct PostToken {};
struct GetToken {
    TokenHandle handle;
};
struct RevealToken {
    TokenHandle handle;
};
struct ExpireToken {
    TokenHandle handle;
};
struct DeleteToken {
    TokenHandle handle;
};
struct PostPreflight {};
struct PostAssumption {};
struct GetAssumptions {
    AssumptionQuery query;
};
struct DeleteAssumption {
    AssumptionId id;
};
struct GetNetworks {
    NetworkQuery query;
};
struct GetNetwork {
    NetworkId id;
};
struct PatchNetwork {
    NetworkId id;
};
struct GetAccessPoints {
    NetworkId network;
};
struct RestartAccessPoint {
    AccessPointId id;
};
struct PatchSsid {
    NetworkId network;
    SsidId id;
};
struct GetAudit {
    AuditQuery query;
};
struct GetEvents {};

using Endpoint =
    std::variant<PostSession, GetSession, DeleteSession, GetOrganization, PatchOrganization,
                 GetPolicy, GetTokens, PostToken, GetToken, RevealToken, ExpireToken, DeleteToken,
                 PostPreflight, PostAssumption, GetAssumptions, DeleteAssumption, GetNetworks,
                 GetNetwork, PatchNetwork, GetAccessPoints, RestartAccessPoint, PatchSsid, GetAudit,
                 GetEvents>;

auto endpoint_method(const Endpoint& endpoint) -> Method;
/// The path with a name in place of each identifier, for logs and counters:
/// `/api/v1/tokens/{tok}/reveal`.
auto endpoint_template(const Endpoint& endpoint) -> std::string_view;
/// Path and query, percent-encoded: `/api/v1/tokens?state=active&limit=100`.
auto endpoint_target(const Endpoint& endpoint) -> std::string;

enum class EndpointError {
    PathMalformed,  // `//`, `/./`, `%2e%2e`, `%2f`, `%00`, control characters: refused, not mended
    NotFound,
    MethodNotAllowed,  // the path exists with other methods
    QueryInvalid,      // an unknown, repeated or ill-typed parameter
};

/// What a request asks for, or why it cannot be told.
using Asked = Result<Endpoint, EndpointError>;
/// Errors: as EndpointError says; never guesses.
auto parse_endpoint(Method method, std::string_view target) -> Asked;
/// The methods a path takes, for the Allow header; empty when the path is unknown.
auto methods_of(std::string_view target) -> std::vector<Method>;

/// Whether it is `prefix` with 1-64 of letters, digits, `_` and `-` after it: `tok_4Fz9`.
auto is_identifier(std::string_view text, std::string_view prefix) -> bool;

/// One query parameter or path segment, percent-encoded and decoded. Decoding fails on bad escapes
/// and invalid UTF-8.
auto percent_encode(std::string_view text) -> std::string;
auto percent_decode(std::string_view text) -> std::optional<std::string>;

}  // namespace pcc::api
