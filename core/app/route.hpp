// Routes: the screens that have an address, and their paths.
// Layer: app. Never carries a secret; a path it does not know is NotFound.
#pragma once

#include <string>
#include <string_view>

#include "core/base/id.hpp"

namespace pcc::app {

enum class Screen { Networks, Network, Sessions, Tokens, Assume, Settings, Audit, NotFound };

struct Route {
    Screen screen = Screen::Networks;
    NetworkId network;  // of Screen::Network
    friend auto operator==(const Route& a, const Route& b) -> bool {
        return a.screen == b.screen && a.network == b.network;
    }
};

/// `/configure/organization/tokens`
auto route_path(const Route& route) -> std::string;
/// The route of a path; a query is passed over. `/` has no route of its own: which screen is home
/// depends on who signed in.
auto parse_route(std::string_view path) -> Route;

}  // namespace pcc::app
