#include "core/api/endpoint.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "core/api/endpoint_query.hpp"

namespace pcc::api {
namespace {

/// The one or two identifiers a path carries, in order.
using Ids = std::array<std::string_view, 2>;

/// A call's method and its path below the base. A segment that ends on `_` stands for an identifier
/// with that prefix.
struct Route {
    Method method;
    std::string_view pattern;
    auto(*make)(const Ids& ids) -> Endpoint;
};

template <class T>
auto make_plain(const Ids&) -> Endpoint {
    return T{};
}

template <class T>
auto make_with_id(const Ids& ids) -> Endpoint {
    T endpoint;
    auto& [id] = endpoint;
    id.value = ids[0];
    return endpoint;
}

auto make_patch_ssid(const Ids& ids) -> Endpoint {
    return PatchSsid{NetworkId(std::string(ids[0])), SsidId(std::string(ids[1]))};
}

// In the order of the variant's alternatives: route i builds and reads alternative i.
constexpr Route routes[] = {
    {Method::Post, "/session", make_plain<PostSession>},
    {Method::Get, "/session", make_plain<GetSession>},
    {Method::Delete, "/session", make_plain<DeleteSession>},
    {Method::Get, "/organization", make_plain<GetOrganization>},
    {Method::Patch, "/organization", make_plain<PatchOrganization>},
    {Method::Get, "/organization/policy", make_plain<GetPolicy>},
    {Method::Get, "/tokens", make_plain<GetTokens>},
    {Method::Post, "/tokens", make_plain<PostToken>},
    {Method::Get, "/tokens/tok_", make_with_id<GetToken>},
    {Method::Post, "/tokens/tok_/reveal", make_with_id<RevealToken>},
    {Method::Post, "/tokens/tok_/expire", make_with_id<ExpireToken>},
    {Method::Delete, "/tokens/tok_", make_with_id<DeleteToken>},
    {Method::Post, "/assumptions/preflight", make_plain<PostPreflight>},
    {Method::Post, "/assumptions", make_plain<PostAssumption>},
    {Method::Get, "/assumptions", make_plain<GetAssumptions>},
    {Method::Delete, "/assumptions/asm_", make_with_id<DeleteAssumption>},
    {Method::Get, "/networks", make_plain<GetNetworks>},
    {Method::Get, "/networks/net_", make_with_id<GetNetwork>},
    {Method::Patch, "/networks/net_", make_with_id<PatchNetwork>},
    {Method::Get, "/networks/net_/access-points", make_with_id<GetAccessPoints>},
    {Method::Post, "/access-points/ap_/restart", make_with_id<RestartAccessPoint>},
    {Method::Patch, "/networks/net_/ssids/ssid_", make_patch_ssid},
    {Method::Get, "/audit", make_plain<GetAudit>},
    {Method::Get, "/events", make_plain<GetEvents>},
};
static_assert(std::size(routes) == std::variant_size_v<Endpoint>);

template <class T>
auto ids_of(const T& endpoint) -> std::array<std::string_view, 2> {
    if constexpr (requires { endpoint.network, endpoint.id; }) {
        return {endpoint.network.value, endpoint.id.value};
    } else if constexpr (requires { endpoint.network; }) {
        return {endpoint.network.value, {}};
    } else if constexpr (requires { endpoint.handle; }) {
        return {endpoint.handle.value, {}};
    } else if constexpr (requires { endpoint.id; }) {
        return {endpoint.id.value, {}};
    }
    return {};
}

/// The first segment of `path`, which begins with a slash, and takes it off.
auto take_segment(std::string_view& path) -> std::string_view {
    const auto end = std::min(path.find('/', 1), path.size());
    const auto segment = path.substr(1, end - 1);
    path.remove_prefix(end);
    return segment;
}

auto is_placeholder(std::string_view segment) -> bool {
    return segment.size() > 1 && segment.back() == '_';
}

/// Whether `path` is the pattern's; its identifiers are in `ids` then.
auto matches(std::string_view pattern, std::string_view path, Ids& ids) -> bool {
    std::size_t found = 0;
    while (!pattern.empty() && !path.empty()) {
        const auto wanted = take_segment(pattern);
        const auto segment = take_segment(path);
        if (!is_placeholder(wanted)) {
            if (segment != wanted) return false;
        } else {
            if (!is_identifier(segment, wanted)) return false;
            ids[found++] = segment;
        }
    }
    return pattern.empty() && path.empty();
}

auto is_path_character(char c) -> bool {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~' || c == '/';
}

/// Canonical as it stands: nothing encoded, no empty segment but a last one, no dot segment.
auto is_canonical(std::string_view path) -> bool {
    if (path.empty() || path.front() != '/') return false;
    for (const char c : path) {
        if (!is_path_character(c)) return false;
    }
    if (path.find("//") != std::string_view::npos) return false;
    while (!path.empty()) {
        const auto segment = take_segment(path);
        if (segment == "." || segment == "..") return false;
    }
    return true;
}

/// The path below the base, or nothing where it lies outside.
auto below_base(std::string_view path) -> std::optional<std::string_view> {
    if (path.substr(0, base_path.size()) != base_path) return std::nullopt;
    path.remove_prefix(base_path.size());
    if (path.empty() || path.front() != '/') return std::nullopt;
    return path;
}

struct Target {
    std::string_view path;
    std::optional<std::string_view> query;
};

auto split(std::string_view target) -> Target {
    const auto mark = target.find('?');
    if (mark == std::string_view::npos) return {target, std::nullopt};
    return {target.substr(0, mark), target.substr(mark + 1)};
}

auto template_of(std::string_view pattern) -> std::string {
    std::string out(base_path);
    while (!pattern.empty()) {
        const auto segment = take_segment(pattern);
        const bool is_id = is_placeholder(segment);
        out += is_id ? "/{" : "/";
        out += is_id ? segment.substr(0, segment.size() - 1) : segment;
        if (is_id) out += '}';
    }
    return out;
}

}  // namespace

auto endpoint_method(const Endpoint& endpoint) -> Method {
    return routes[endpoint.index()].method;
}

auto endpoint_template(const Endpoint& endpoint) -> std::string_view {
    static const auto templates = [] {
        std::array<std::string, std::size(routes)> all;
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = template_of(routes[i].pattern);
        return all;
    }();
    return templates[endpoint.index()];
}

auto endpoint_target(const Endpoint& endpoint) -> std::string {
    const auto ids = std::visit([](const auto& call) { return ids_of(call); }, endpoint);
    std::string out(base_path);
    std::size_t used = 0;
    for (auto pattern = routes[endpoint.index()].pattern; !pattern.empty();) {
        const auto segment = take_segment(pattern);
        out += '/';
        if (is_placeholder(segment)) {
            out += percent_encode(ids[used++]);
        } else {
            out += segment;
        }
    }
    return out + write_query(endpoint);
}

auto parse_endpoint(Method method, std::string_view target) -> Asked {
    const auto [path, query] = split(target);
    if (!is_canonical(path)) return failed(EndpointError::PathMalformed);
    const auto below = below_base(path);
    if (!below) return failed(EndpointError::NotFound);
    for (const auto& route : routes) {
        Ids ids;
        if (route.method != method || !matches(route.pattern, *below, ids)) continue;
        auto endpoint = route.make(ids);
        if (query && !read_query(endpoint, *query)) return failed(EndpointError::QueryInvalid);
        return endpoint;
    }
    const bool known = !methods_of(target).empty();
    return failed(known ? EndpointError::MethodNotAllowed : EndpointError::NotFound);
}

auto methods_of(std::string_view target) -> std::vector<Method> {
    std::vector<Method> methods;
    const auto path = split(target).path;
    const auto below = is_canonical(path) ? below_base(path) : std::nullopt;
    if (!below) return methods;
    for (const auto& route : routes) {
        Ids ids;
        if (matches(route.pattern, *below, ids)) methods.push_back(route.method);
    }
    return methods;
}

auto is_identifier(std::string_view text, std::string_view prefix) -> bool {
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    if (text.empty() || text.size() > 64) return false;
    for (const char c : text) {
        if (!is_path_character(c) || c == '/' || c == '.' || c == '~') return false;
    }
    return true;
}

}  // namespace pcc::api
