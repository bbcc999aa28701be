// Choosing columns, copying cells, and toasts that wait for their reader.
#include "core/view/copied.hpp"
#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;
using testing::desk_now;
using testing::find_node;
using view::Kind;

namespace {

constexpr auto list_name = "Active Tokens List";

void load(Desk& desk) {
    desk.reply("/api/v1/tokens?state=active", Desk::tokens({Desk::token("tok_a")}));
    desk.reply("/api/v1/tokens?state=expired", Desk::tokens({}));
}

auto table_of(const Desk& desk) -> std::shared_ptr<view::Table> {
    const auto node = find_node(view::view(desk.model), Kind::Table, list_name);
    REQUIRE(node.has_value());
    return node->table;
}

auto column_ids(const Desk& desk) -> std::string {
    std::string ids;
    const auto table = table_of(desk);
    for (const auto& column : table->columns) {
        ids += (ids.empty() ? "" : " ") + column.id;
    }
    return ids;
}

void check_box(Desk& desk, const std::string& name) {
    const auto box = find_node(view::view(desk.model), Kind::Checkbox, name);
    INFO("checkbox: ", name);
    REQUIRE(box.has_value());
    desk.send(*box->on_press);
}

}  // namespace

TEST_CASE("a column that is not wanted goes from head and rows, and comes back") {
    Desk desk;
    load(desk);
    desk.press("Columns of Active Tokens List");
    check_box(desk, "Validity");
    check_box(desk, "Last used");
    desk.press("Done");
    CHECK(column_ids(desk) == "select id generated end actions");
    CHECK(view::read_row(*table_of(desk), 0).cells.size() == 5);
    CHECK_FALSE(desk.sees("Never used"));
    desk.send(app::ClickedNavigation{{app::Screen::Networks, {}}});
    desk.send(app::ClickedNavigation{{app::Screen::Tokens, {}}});
    load(desk);
    CHECK(column_ids(desk) == "select id generated end actions");  // kept for the tab
    desk.press("Columns of Active Tokens List");
    desk.press("Reset");
    desk.send(app::PressedEscape{});
    CHECK(column_ids(desk) == "select id validity generated end used actions");
}

TEST_CASE("the column that names a row cannot be hidden, and buttons have no line of their own") {
    Desk desk;
    load(desk);
    desk.press("Columns of Active Tokens List");
    CHECK(find_node(view::view(desk.model), Kind::Checkbox, "Token ID")->disabled);
    CHECK_FALSE(find_node(view::view(desk.model), Kind::Checkbox, "Actions").has_value());
    CHECK_FALSE(find_node(view::view(desk.model), Kind::Checkbox, "Select all").has_value());
}

TEST_CASE("columns are made wider and narrower by buttons; where tables are cards there are none") {
    Desk desk;
    load(desk);
    desk.press("Columns of Active Tokens List");
    desk.press("Wider: Validity");
    desk.press("Wider: Validity");
    desk.press("Narrower: Validity");
    desk.press("Done");
    CHECK(table_of(desk)->columns[2].wider == 32);
    desk.send(app::Resized{390, 844});
    desk.press("Columns of Active Tokens List");
    CHECK(find_node(view::view(desk.model), Kind::Checkbox, "Validity").has_value());
    CHECK_FALSE(find_node(view::view(desk.model), Kind::Button, "Wider: Validity").has_value());
}

TEST_CASE("a cell is copied in words, a Token ID never more than its hint") {
    Desk desk;
    load(desk);
    const auto row = view::read_row(*table_of(desk), 0);
    CHECK(view::copied_words(row, 1) == "pcc_7K2M…a");
    CHECK(view::copied_words(row, 2) == "2 Hours");
    CHECK(view::copied_words(row, 3) == "Today 19:40, by Ana Reyes · now");
    // Where a cell has no words, the row has.
    CHECK(view::copied_words(row, 0).find("pcc_7K2M…a\t2 Hours\tToday") == 0);
    CHECK(view::copied_words(row, 0).find("Expire") == std::string::npos);
}

TEST_CASE("copying is told only when the clipboard said so") {
    Desk desk;
    load(desk);
    desk.send(app::AskedToCopy{"2 Hours"});
    CHECK(desk.last_effect<app::CopyText>()->text.reveal() == "2 Hours");
    CHECK_FALSE(desk.sees("Copied."));
    desk.send(app::Copied{true});
    CHECK(desk.sees("Copied."));
    CHECK(desk.model.wires.announcement == "Copied. 2 Hours");
    desk.send(app::AskedToCopy{"2 Hours"});
    desk.send(app::Copied{false});
    CHECK(desk.sees("The browser did not allow copying."));
}

namespace {

void pass(Desk& desk, int seconds) {
    desk.send(app::Ticked{desk.model.clock.browser + std::chrono::seconds(seconds)});
    desk.send(app::TimerFired{app::TimerId::DismissToast});
}

void copy(Desk& desk, const std::string& words) {
    desk.send(app::AskedToCopy{words});
    desk.send(app::Copied{true});
}

}  // namespace

TEST_CASE("a toast stays longer the more there is to read, and as long as it is being read") {
    Desk desk;
    load(desk);
    copy(desk, "short");
    pass(desk, 6);
    CHECK(desk.sees("Copied."));
    pass(desk, 1);
    CHECK_FALSE(desk.sees("Copied."));
    copy(desk, std::string(100, 'x'));
    pass(desk, 10);
    CHECK(desk.sees("Copied."));
    desk.send(app::HeldToasts{true});
    pass(desk, 60);
    CHECK(desk.sees("Copied."));
    desk.send(app::HeldToasts{false});
    pass(desk, 10);
    CHECK(desk.sees("Copied."));
    pass(desk, 5);
    CHECK_FALSE(desk.sees("Copied."));
}

TEST_CASE("what went wrong stays until it is dismissed, and is not told twice at once") {
    Desk desk;
    load(desk);
    for (int i = 0; i < 2; ++i) {
        desk.send(app::AskedToCopy{"2 Hours"});
        desk.send(app::Copied{false});
    }
    CHECK(desk.model.wires.toasts.size() == 1);
    pass(desk, 600);
    CHECK(desk.sees("The browser did not allow copying."));
    desk.press("Dismiss: The browser did not allow copying.");
    CHECK(desk.model.wires.toasts.empty());
}

TEST_CASE("renaming the organization can be undone from its toast") {
    Desk desk(access::Role::Admin, "/configure/organization/settings");
    const std::string path = "/api/v1/organization";
    const auto answer = [](std::string name) {
        api::Organization organization;
        organization.id = OrganizationId("org_aurora");
        organization.name = std::move(name);
        return Desk::ok(api::encode_organization(organization));
    };
    desk.reply(path, answer("Aurora Hotels"));
    desk.send(app::settings::Msg{app::settings::TypedName{"Borealis"}});
    desk.send(app::settings::Msg{app::settings::ClickedUpdate{}});
    desk.reply(path, answer("Borealis"));
    desk.press("Undo");
    CHECK(desk.request(path)->request.method == api::Method::Patch);
    CHECK(desk.request(path)->request.body.find("Aurora Hotels") != std::string::npos);
    desk.reply(path, answer("Aurora Hotels"));
    CHECK(desk.sees("The organization is now called Aurora Hotels."));
}
