#include "core/view/build.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

namespace network = app::network;

auto security_label(api::SsidSecurity security) -> std::string {
    switch (security) {
        case api::SsidSecurity::Open: return "Open";
        case api::SsidSecurity::Wpa2Personal: return "WPA2 Personal";
        case api::SsidSecurity::Wpa3Personal: return "WPA3 Personal";
        case api::SsidSecurity::Wpa2Enterprise: return "WPA2 Enterprise";
    }
    return {};
}

// --- SSIDs ---

auto ssid_buttons(const api::Ssid& ssid) -> Node {
    return row(list(row_button("switch", ssid.enabled ? "Disable" : "Enable",
                               (ssid.enabled ? "Disable " : "Enable ") + ssid.name,
                               network::Msg{network::ClickedSwitchSsid{ssid}}),
                    row_button("rename", "Rename", "Rename " + ssid.name,
                               network::Msg{network::ClickedRenameSsid{ssid}})),
               4);
}

auto ssid_row(const api::Ssid& ssid, bool may_write) -> TableRow {
    TableRow made;
    made.id = ssid.id.value;
    made.cells = list(text(ssid.name, TextStyle::Strong), text(security_label(ssid.security)),
                      ssid.enabled ? chip("on", Tone::Ok) : chip("off"),
                      may_write ? ssid_buttons(ssid) : row({}));
    return made;
}

auto ssid_card(const api::NetworkDetail& detail) -> Node {
    auto made = card(
        "ssids",
        list(card_header(list(heading(2, "SSIDs"), chip(std::to_string(detail.ssids.size()))))));
    if (detail.ssids.empty()) {
        made.children.push_back(
            empty_state("No SSIDs.", "This network broadcasts no wireless name yet."));
        return made;
    }
    auto table = std::make_shared<Table>();
    table->columns.push_back(table_column("name", "SSID", 150, 1.4F));
    table->columns.push_back(table_column("security", "Security", 130, 1));
    table->columns.push_back(table_column("state", "State", 80, 0.6F));
    table->columns.push_back(buttons_column(160));
    table->row_count = detail.ssids.size();
    const auto* from = &detail;
    table->row_at = [from](std::size_t i) {
        return ssid_row(from->ssids[i], from->network.may_write);
    };
    made.children.push_back(table_node("SSIDs", std::move(table)));
    return made;
}

// --- access points ---

auto access_point_chip(api::AccessPointState state) -> Node {
    switch (state) {
        case api::AccessPointState::Online: return chip("online", Tone::Ok);
        case api::AccessPointState::Offline: return chip("offline", Tone::Bad);
        case api::AccessPointState::Restarting: return chip("restarting", Tone::Warn);
    }
    return chip("");
}

auto access_point_row(const api::AccessPoint& access_point, bool may_write) -> TableRow {
    auto restart = row_button("restart", "Restart", "Restart " + access_point.name,
                              network::Msg{network::ClickedRestart{access_point}});
    restart.disabled = access_point.state != api::AccessPointState::Online;
    TableRow made;
    made.id = access_point.id.value;
    made.tall = true;
    made.cells =
        list(two_lines(access_point.name, access_point.mac), text(access_point.model),
             access_point_chip(access_point.state), text(std::to_string(access_point.client_count)),
             may_write ? std::move(restart) : row({}));
    return made;
}

auto access_point_table(const network::AccessPoints& page, bool may_write) -> Node {
    auto table = std::make_shared<Table>();
    table->tall = true;
    table->columns.push_back(table_column("name", "Access point", 150, 1.4F));
    table->columns.push_back(table_column("model", "Model", 90, 1));
    table->columns.push_back(table_column("state", "State", 100, 0.6F));
    table->columns.push_back(table_column("clients", "Clients", 70, 0.5F));
    table->columns.push_back(buttons_column(84));
    table->row_count = page.items.size();
    const auto* items = &page.items;
    table->row_at = [items, may_write](std::size_t i) {
        return access_point_row((*items)[i], may_write);
    };
    return table_node("Access points", std::move(table));
}

auto access_points_card(const network::Model& page, bool may_write) -> Node {
    auto header = card_header(list(heading(2, "Access points")));
    auto made = card("access_points", {});
    const auto* list_page = loaded(page.access_points);
    if (list_page) {
        header.children.push_back(chip(std::to_string(list_page->total)));
    }
    made.children.push_back(std::move(header));
    if (!list_page) {
        const auto* error = failure(page.access_points);
        made.children.push_back(error ? failed_state(*error, app::ClickedRetry{})
                                      : skeleton("Loading access points"));
    } else if (list_page->items.empty()) {
        made.children.push_back(empty_state(
            "No access points.", "They appear here once they are assigned to this network."));
    } else {
        made.children.push_back(access_point_table(*list_page, may_write));
    }
    return made;
}

auto header_of(const api::Network& site) -> Node {
    auto left = column(list(heading(1, site.name)), 6);
    auto tags = row({}, 4);
    for (const auto& tag : site.tags) {
        tags.children.push_back(chip(tag));
    }
    if (!site.tags.empty()) {
        left.children.push_back(std::move(tags));
    }
    auto made = row(list(std::move(left), spacer()), 12);
    made.id = "page_header";
    if (site.may_write) {
        made.children.push_back(
            button("edit", "Edit name and tags", network::Msg{network::ClickedEdit{}}));
    } else {
        made.children.push_back(chip("read only"));
    }
    return made;
}

}  // namespace

auto view_network(const app::network::Model& page, const app::Context&) -> PageView {
    PageView made;
    const auto* detail = loaded(page.detail);
    if (!detail) {
        const auto* error = failure(page.detail);
        made.body = list(heading(1, "Network"),
                         card("network", list(error ? failed_state(*error, app::ClickedRetry{})
                                                    : skeleton("Loading the network"))));
        return made;
    }
    made.body = list(header_of(detail->network), ssid_card(*detail),
                     access_points_card(page, detail->network.may_write));
    made.dialog = view_network_dialog(page);
    return made;
}

}  // namespace pcc::view
