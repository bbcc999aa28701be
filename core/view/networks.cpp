#include "core/view/build.hpp"
#include "core/view/pages.hpp"

namespace pcc::view {

namespace {

namespace networks = app::networks;
using api::ListSort;

auto state_chip(const api::Network& network) -> Node {
    const auto offline = network.access_point_count - network.access_points_online;
    if (network.access_point_count == 0) {
        return chip("no access points");
    }
    if (offline == 0) {
        return chip("online", Tone::Ok);
    }
    if (network.access_points_online == 0) {
        return chip("offline", Tone::Bad);
    }
    return chip(std::to_string(offline) + " offline", Tone::Warn);
}

auto tag_chips(const api::Network& network) -> Node {
    auto made = row({}, 4);
    for (const auto& tag : network.tags) {
        made.children.push_back(chip(tag));
    }
    return made;
}

auto network_row(const api::Network& network) -> TableRow {
    const app::Route route{app::Screen::Network, network.id};
    const app::Msg open = app::ClickedNavigation{route};
    auto name = link("name", network.name, app::route_path(route), open);
    name.style = TextStyle::Strong;
    auto open_button = row_button("open", "Open", "Open " + network.name, open);
    TableRow made;
    made.id = network.id.value;
    made.cells = list(std::move(name), tag_chips(network),
                      text(std::to_string(network.access_points_online) + " / " +
                           std::to_string(network.access_point_count)),
                      state_chip(network), text(std::to_string(network.client_count)),
                      std::move(open_button));
    return made;
}

auto sort_msg(ListSort sort) -> app::Msg {
    return networks::Msg{networks::ClickedSort{sort}};
}

auto columns_of(ListSort sort) -> std::vector<TableColumn> {
    std::vector<TableColumn> made;
    made.push_back(sorted_column(table_column("name", "Network", 150, 1.2F), sort, ListSort::AToZ,
                                 ListSort::ZToA, &sort_msg));
    made.push_back(table_column("tags", "Tags", 130, 1.5F));
    made.push_back(sorted_column(table_column("access_points", "Access points", 110, 0.8F), sort,
                                 ListSort::MostAccessPoints, ListSort::FewestAccessPoints,
                                 &sort_msg));
    made.push_back(sorted_column(table_column("state", "State", 100, 0.8F), sort,
                                 ListSort::MostOffline, ListSort::FewestOffline, &sort_msg));
    made.push_back(sorted_column(table_column("clients", "Clients", 70, 0.6F), sort,
                                 ListSort::MostClients, ListSort::FewestClients, &sort_msg));
    made.push_back(buttons_column(78));
    return made;
}

auto network_table(const networks::Networks& page, ListSort sort) -> Node {
    auto table = std::make_shared<Table>();
    table->columns = columns_of(sort);
    table->row_count = page.items.size();
    const auto* items = &page.items;
    table->row_at = [items](std::size_t i) { return network_row((*items)[i]); };
    if (!page.next.empty()) {
        table->on_near_end = networks::Msg{networks::NearedEnd{}};
    }
    return table_node("Networks", std::move(table));
}

auto nothing_here(const networks::Model& page) -> Node {
    if (!page.search.empty()) {
        return nothing_found(page.search, "network names and tags",
                             networks::Msg{networks::ChangedSearch{}});
    }
    return empty_state("No networks in reach.", "An administrator decides which networks you see.");
}

auto networks_card(const networks::Model& page) -> Node {
    if (const auto* list_page = loaded(page.networks)) {
        return card("networks",
                    list(!list_page->items.empty() ? network_table(*list_page, page.networks.sort)
                         : page.networks.seeking   ? skeleton("Looking for networks")
                                                   : nothing_here(page)));
    }
    const auto* error = failure(page.networks);
    return card("networks", list(error ? failed_state(*error, app::ClickedRetry{})
                                       : skeleton("Loading networks")));
}

}  // namespace

auto view_networks(const app::networks::Model& page, const app::Context&) -> PageView {
    auto search =
        search_field("Search networks and tags", page.search, [](std::string typed) -> app::Msg {
            return networks::Msg{networks::ChangedSearch{std::move(typed)}};
        });
    auto title = row(list(heading(1, "Networks")), 12);
    if (const auto* list_page = loaded(page.networks)) {
        title.children.push_back(chip(std::to_string(list_page->total)));
    }
    title.children.push_back(spacer());
    title.children.push_back(std::move(search));
    title.id = "page_header";
    return {list(std::move(title), networks_card(page)), std::nullopt, false};
}

}  // namespace pcc::view
