#include "core/app/route.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace pcc::app {

namespace {

constexpr std::string_view networks_path = "/monitor/networks";

constexpr std::array<std::pair<std::string_view, Screen>, 6> paths{{
    {networks_path, Screen::Networks},
    {"/monitor/sessions", Screen::Sessions},
    {"/configure/organization/tokens", Screen::Tokens},
    {"/configure/organization/assume", Screen::Assume},
    {"/configure/organization/settings", Screen::Settings},
    {"/record/audit", Screen::Audit},
}};

auto is_network_id(std::string_view text) -> bool {
    constexpr std::size_t longest = 64;
    if (text.substr(0, 4) != "net_" || text.size() > longest) {
        return false;
    }
    for (const char c : text) {
        const bool ok = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                        (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
        if (!ok) {
            return false;
        }
    }
    return true;
}

}  // namespace

auto route_path(const Route& route) -> std::string {
    if (route.screen == Screen::Network) {
        return std::string(networks_path) + "/" + route.network.value;
    }
    for (const auto& [path, screen] : paths) {
        if (screen == route.screen) {
            return std::string(path);
        }
    }
    return "/";
}

auto parse_route(std::string_view path) -> Route {
    path = path.substr(0, path.find_first_of("?#"));
    for (const auto& [known, screen] : paths) {
        if (path == known) {
            return {screen, {}};
        }
    }
    const auto prefix = networks_path.size() + 1;
    if (path.size() > prefix && path.substr(0, networks_path.size()) == networks_path &&
        path[networks_path.size()] == '/' && is_network_id(path.substr(prefix))) {
        return {Screen::Network, NetworkId(std::string(path.substr(prefix)))};
    }
    return {Screen::NotFound, {}};
}

}  // namespace pcc::app
