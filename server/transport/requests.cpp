#include "server/transport/requests.hpp"

#include "core/api/endpoint.hpp"
#include "server/transport/gate.hpp"

namespace pcc::server {
namespace {

auto headers_of(const drogon::HttpRequestPtr& request) -> api::Headers {
    api::Headers headers;
    for (const auto& [name, value] : request->headers()) {
        headers.emplace_back(name == cookie_header ? "cookie" : name, value);
    }
    return headers;
}

}  // namespace

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

auto route_of(api::Method method, const std::string& target) -> std::string {
    if (is_api_target(target)) {
        const auto endpoint = api::parse_endpoint(method, target);
        return endpoint ? api::endpoint_template(*endpoint) : route_name::unmatched;
    }
    const auto path = path_of(target);
    for (const auto* known : {route_name::livez, route_name::readyz}) {
        if (path == known) return known;
    }
    return route_name::console;
}

auto forwarded_of(const drogon::HttpRequestPtr& request) -> Forwarded {
    return {request->peerAddr().toIp(), request->getHeader(forwarded_for_header),
            request->getHeader(forwarded_proto_header)};
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
