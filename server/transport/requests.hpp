// What Drogon's requests say, in the words of this project.
// Layer: server/transport. Reads and decides nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <drogon/HttpRequest.h>

#include "server/handle.hpp"
#include "server/proxies.hpp"
#include "server/transport/reports.hpp"

namespace pcc::server {

/// Path and query as they were sent, not decoded.
auto target_of(const drogon::HttpRequestPtr& request) -> std::string;
auto method_of(const drogon::HttpRequestPtr& request) -> api::Method;
/// What the gate says in a header of its own; empty where it says nothing.
auto gate_header(const drogon::HttpRequestPtr& request, const std::string& name)
    -> std::string_view;
auto forwarded_of(const drogon::HttpRequestPtr& request) -> Forwarded;
auto arrival_of(const drogon::HttpRequestPtr& request, const std::string& target,
                const Visit& visit) -> Arrival;

/// What a target of the contract asks for; nothing for any other.
auto asked_of(api::Method method, std::string_view target) -> std::optional<api::Asked>;
/// The template of a target's route, for logs and counters. Never the target itself: it may hold
/// what nobody should read there.
auto route_of(const std::optional<api::Asked>& asked, std::string_view target) -> std::string_view;

}  // namespace pcc::server
