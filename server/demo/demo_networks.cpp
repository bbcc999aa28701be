#include "server/demo/demo_networks.hpp"

#include <array>
#include <cstdio>

#include "server/accounts.hpp"

namespace pcc::server {
namespace {

struct Place {
    std::string_view organization;
    const char* name;
    std::vector<std::string> tags;
    int access_points;
    int online;
    int clients;
    const char* ssid;  // the start of its SSIDs' names
};

auto places() -> const std::vector<Place>& {
    static const std::vector<Place> all = {
        {"Aurora Hotels", "Aurora Lisbon", {"lobby", "guest"}, 14, 14, 212, "Aurora"},
        {"Aurora Hotels", "Aurora Porto", {"guest"}, 10, 9, 143, "Aurora"},
        {"Aurora Hotels", "Aurora Faro", {"guest", "pool"}, 6, 6, 58, "Aurora"},
        {"Aurora Hotels", "Aurora Evora", {"staff"}, 4, 4, 31, "Aurora"},
        {"Aurora Hotels", "Aurora Braga", {"guest"}, 5, 0, 0, "Aurora"},
        {"Aurora Hotels", "Aurora Sintra", {"guest", "events"}, 8, 8, 97, "Aurora"},
        {"Aurora Hotels", "Aurora Coimbra", {"guest", "staff"}, 7, 7, 64, "Aurora"},
        {"Aurora Hotels", "Aurora Cascais", {"guest", "beach"}, 9, 8, 120, "Aurora"},
        {"Aurora Hotels", "Aurora Funchal", {"guest", "pool"}, 11, 11, 156, "Aurora"},
        {"Aurora Hotels", "Aurora Lagos", {"guest"}, 5, 5, 42, "Aurora"},
        {"Aurora Hotels", "Aurora Tavira", {"guest"}, 3, 3, 17, "Aurora"},
        {"Aurora Hotels", "Aurora Head Office", {"staff"}, 4, 4, 38, "Aurora"},
        {"NetCare Support", "NetCare Operations", {"staff"}, 6, 6, 44, "NetCare"},
        {"NetCare Support", "NetCare Workshop", {"lab"}, 3, 2, 9, "NetCare"},
        {"Fieldworks", "Fieldworks Depot", {"staff"}, 4, 4, 21, "Fieldworks"},
        {"Fieldworks", "Fieldworks Van Pool", {"mobile"}, 2, 2, 6, "Fieldworks"},
    };
    return all;
}

// Locally administered addresses: no vendor ever gave them out.
auto mac_of(int place, int point) -> std::string {
    std::array<char, 18> text{};
    std::snprintf(text.data(), text.size(), "02:00:5e:%02x:00:%02x", (place + 1) & 0xFF,
                  (point + 1) & 0xFF);
    return text.data();
}

auto point_name(const Place& place, int point) -> std::string {
    constexpr std::array<const char*, 5> rooms = {"Reception", "Floor 1", "Floor 2", "Garden",
                                                  "Back office"};
    const auto count = static_cast<int>(rooms.size());
    std::string name = rooms[static_cast<std::size_t>(point % count)];
    if (place.access_points > count)
        name += " " + std::string(1, static_cast<char>('A' + point / count));
    return name;
}

// The clients of a place, spread over the access points that are up.
auto clients_at(const Place& place, int point) -> int {
    if (point >= place.online) return 0;
    return place.clients / place.online + (point < place.clients % place.online ? 1 : 0);
}

auto add_points(Store& store, const World& world, const Place& place, int number,
                const OrganizationId& organization, const NetworkId& network) -> Made<void> {
    for (int point = 0; point < place.access_points; ++point) {
        const auto made = add_access_point(
            store, world,
            {organization, network, point_name(place, point), point % 3 == 0 ? "PR-620" : "PR-410",
             mac_of(number, point), point < place.online, clients_at(place, point)});
        if (!made) return failed(made.error());
    }
    return {};
}

auto add_ssids(Store& store, const World& world, const Place& place,
               const OrganizationId& organization, const NetworkId& network) -> Made<void> {
    const std::string start = place.ssid;
    const std::array<NewSsid, 3> ssids = {{
        {organization, network, start + " Guest", true, api::SsidSecurity::Wpa2Personal},
        {organization, network, start + " Staff", true, api::SsidSecurity::Wpa2Enterprise},
        {organization, network, start + " Events", false, api::SsidSecurity::Wpa3Personal},
    }};
    for (const auto& ssid : ssids) {
        if (const auto made = add_ssid(store, world, ssid); !made) return failed(made.error());
    }
    return {};
}

}  // namespace

auto add_demo_networks(Store& store, const World& world, const OrganizationId& organization,
                       std::string_view name) -> Result<std::vector<NetworkId>, std::string> {
    std::vector<NetworkId> networks;
    for (std::size_t i = 0; i < places().size(); ++i) {
        const auto& place = places()[i];
        if (place.organization != name) continue;
        const auto network = add_network(store, world, {organization, place.name, place.tags});
        if (!network) return failed(network.error().message);
        networks.push_back(*network);
        const auto points =
            add_points(store, world, place, static_cast<int>(i), organization, *network);
        if (!points) return failed(points.error().message);
        const auto ssids = add_ssids(store, world, place, organization, *network);
        if (!ssids) return failed(ssids.error().message);
    }
    return networks;
}

}  // namespace pcc::server
