#include "core/app/route.hpp"

#include <doctest/doctest.h>

using namespace pcc;
using app::Route;
using app::Screen;

TEST_CASE("every screen's path leads back to it") {
    for (const auto screen : {Screen::Networks, Screen::Sessions, Screen::Tokens, Screen::Assume,
                              Screen::Settings, Screen::Audit}) {
        const Route route{screen, {}};
        CHECK(app::parse_route(app::route_path(route)) == route);
        CHECK(app::parse_route(app::route_path(route) + "?q=1#x") == route);
    }
    const Route network{Screen::Network, NetworkId("net_42")};
    CHECK(app::parse_route(app::route_path(network)) == network);
}

TEST_CASE("a path that is no screen is not found") {
    for (const auto* path :
         {"/nowhere", "/monitor", "/monitor/networks/", "/monitor/networks/x",
          "/monitor/networks/net_a/b", "/monitor/networks/net_<img>", "//",
          "/monitor/networks/net_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
          "aaaaaaaaaaaaaaaaaaaa"}) {
        CHECK(app::parse_route(path).screen == Screen::NotFound);
    }
}
