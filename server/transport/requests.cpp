#include "server/transport/requests.hpp"

#include "core/api/endpoint.hpp"
#include "server/transport/gate.hpp"

namespace pcc::server {
namespace {

auto headers_of(const drogon::HttpRequestPtr& request) -> api::Headers {
    api::Headers headers;
    headers.reserve(request->headers().size());
    for (const auto& [name, value] : request->headers()) {
        headers.emplace_back(name == cookie_header ? "cookie" : name, value);
    }
    return headers;
}

}  // namespace

// Drogon's own look-up copies the name to put it in lower case, which these are in.
auto gate_header(const drogon::HttpRequestPtr& request, const std::string& name)
    -> std::string_view {
    const auto found = request->headers().find(name);
    return found == request->headers().end() ? std::string_view() : found->second;
}

// As the client sent it: Drogon keeps the path before decoding.
auto target_of(const drogon::HttpRequestPtr& request) -> std::string {
    auto target = request->getOriginalPath();
    if (!request->query().empty()) target += "?" + request->query();
    return target;
}

auto method_of(const drogon::HttpRequestPtr& request) -> api::Method {
    switch (request->method()) {
        case drogon::Post: return api::Method::Post;
        case drogon::Put: return api::Method::Put;
        case drogon::Patch: return api::Method::Patch;
        case drogon::Delete: return api::Method::Delete;
        default: return api::Method::Get;
    }
}

auto asked_of(api::Method method, std::string_view target) -> std::optional<api::Asked> {
    if (!is_api_target(target)) return std::nullopt;
    return api::parse_endpoint(method, target);
}

auto route_of(const std::optional<api::Asked>& asked, std::string_view target) -> std::string_view {
    if (asked) return *asked ? api::endpoint_template(**asked) : route_name::unmatched;
    const auto path = path_of(target);
    for (const auto* known : {route_name::livez, route_name::readyz}) {
        if (path == known) return known;
    }
    return route_name::console;
}

auto forwarded_of(const drogon::HttpRequestPtr& request) -> Forwarded {
    return {request->peerAddr().toIp(), std::string(gate_header(request, forwarded_for_header)),
            std::string(gate_header(request, forwarded_proto_header))};
}

auto arrival_of(const drogon::HttpRequestPtr& request, const std::string& target,
                const Visit& visit) -> Arrival {
    Arrival arrival;
    arrival.http.method = method_of(request);
    arrival.http.target = target;
    arrival.http.headers = headers_of(request);
    arrival.http.body = std::string(request->body());
    arrival.ip = visit.client;
    arrival.request_id = visit.request_id;
    return arrival;
}

}  // namespace pcc::server
