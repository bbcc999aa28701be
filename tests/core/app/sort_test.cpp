// Columns that sort: what a press asks for, what the head says, and what stands in the address.
// Layer: tests.
#include "core/app/list_state.hpp"
#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;
using testing::desk_now;
using view::Kind;
using view::Sort;

namespace {

struct Head {
    const char* path;     // of the screen
    const char* request;  // that its list makes
    const char* table;
    const char* column;
    const char* first;  // what is asked for by one press
    Sort shown;
    const char* second;  // by another; empty: nothing, it is the standard order
    const char* name;    // in the address
};

auto networks() -> api::HttpResponse {
    return Desk::networks({Desk::network("net_1", "Lisbon")});
}

auto assumptions() -> api::HttpResponse {
    api::Page<access::Assumption> page;
    page.items.resize(1);
    page.items.front().id = AssumptionId("asm_1");
    page.items.front().started_at = desk_now;
    page.items.front().ends_at = desk_now + std::chrono::hours(1);
    page.total = 1;
    return Desk::ok(api::encode_assumptions(page, desk_now));
}

auto events() -> api::HttpResponse {
    api::Page<api::AuditEvent> page;
    page.items.resize(1);
    page.items.front().at = desk_now;
    page.total = 1;
    return Desk::ok(api::encode_audit(page));
}

void answer(Desk& desk, const std::string& path) {
    const bool live = path == "/monitor/sessions";
    if (path == "/monitor/networks") desk.reply("/api/v1/networks", networks());
    if (path == "/record/audit") desk.reply("/api/v1/audit", events());
    if (live) desk.reply("/api/v1/assumptions?state=live", assumptions());
    if (live) desk.reply("/api/v1/assumptions?state=ended", assumptions());
}

auto column(const Desk& desk, const Head& head) -> view::TableColumn {
    const auto node = testing::find_node(view::view(desk.model), Kind::Table, head.table);
    REQUIRE(node.has_value());
    for (const auto& column : node->table->columns) {
        if (column.title == head.column) return column;
    }
    FAIL(head.column, " is no column");
    return {};
}

/// Presses a column's title; the order that was asked for then.
auto press(Desk& desk, const Head& head) -> std::string {
    const auto before = column(desk, head);
    REQUIRE(before.on_sort.has_value());
    desk.send(*before.on_sort);
    const auto target = desk.request(head.request)->request.target;
    const auto at = target.find("sort=");
    answer(desk, head.path);
    return at == std::string::npos ? "" : target.substr(at + 5, target.find('&', at) - at - 5);
}

constexpr Head heads[] = {
    {"/monitor/networks", "/api/v1/networks", "Networks", "Network", "z_to_a", Sort::Descending, "",
     "sort"},
    {"/monitor/networks", "/api/v1/networks", "Networks", "Access points", "most_access_points",
     Sort::Descending, "fewest_access_points", "sort"},
    {"/monitor/networks", "/api/v1/networks", "Networks", "State", "most_offline", Sort::Descending,
     "fewest_offline", "sort"},
    {"/monitor/networks", "/api/v1/networks", "Networks", "Clients", "most_clients",
     Sort::Descending, "fewest_clients", "sort"},
    {"/monitor/sessions", "/api/v1/assumptions?state=live", "Live now", "Engineer", "a_to_z",
     Sort::Ascending, "z_to_a", "live"},
    {"/monitor/sessions", "/api/v1/assumptions?state=live", "Live now", "Time left", "ends_last",
     Sort::Descending, "ends_first", "live"},
    {"/monitor/sessions", "/api/v1/assumptions?state=ended", "Ended", "Started", "oldest",
     Sort::Ascending, "", "ended"},
    {"/monitor/sessions", "/api/v1/assumptions?state=ended", "Ended", "Ended", "ends_last",
     Sort::Descending, "ends_first", "ended"},
    {"/record/audit", "/api/v1/audit", "Audit", "When", "oldest", Sort::Ascending, "", "sort"},
};

}  // namespace

TEST_CASE("a column sorts one way, then the other; head and address say which") {
    for (const auto& head : heads) {
        CAPTURE(head.table);
        CAPTURE(head.column);
        Desk desk(access::Role::Admin, head.path);
        answer(desk, head.path);
        CHECK(press(desk, head) == head.first);
        CHECK(column(desk, head).sort == head.shown);
        CHECK(app::address_of(desk.model) ==
              std::string(head.path) + "?" + head.name + "=" + head.first);
        CHECK(desk.last_effect<app::ReplaceUrl>()->path == app::address_of(desk.model));

        Desk again(access::Role::Admin, app::address_of(desk.model));
        answer(again, head.path);
        CHECK(column(again, head).sort == head.shown);
        CHECK(again.request(head.request)->request.target ==
              desk.request(head.request)->request.target);

        CHECK(press(desk, head) == head.second);
        CHECK(column(desk, head).sort ==
              (head.shown == Sort::Ascending ? Sort::Descending : Sort::Ascending));
        CHECK(press(desk, head) == head.first);
    }
}

TEST_CASE("an order that a list does not know is passed over in its address") {
    for (const auto* address :
         {"/monitor/networks?sort=newest", "/monitor/sessions?live=last_used&ended=most_clients",
          "/record/audit?sort=a_to_z", "/configure/organization/tokens?active=z_to_a"}) {
        const Desk desk(access::Role::Admin, address);
        const std::string whole = address;
        CHECK(app::address_of(desk.model) == whole.substr(0, whole.find('?')));
    }
}
