// The pages themselves on a phone, zoomed and on a desktop: what stands over a list, and where.
// Layer: tests.
#include "tests/support/desk.hpp"
#include "tests/ui/sample.hpp"
#include "tests/ui/stage.hpp"
#include "web/ui/text.hpp"

using namespace pcc;
using stage::Stage;
using testing::Desk;
using view::Kind;

namespace {

// A picture reads its rows from the model, so the desk has to outlive it.
auto tokens_desk(float width) -> Desk {
    Desk desk;
    auto used = Desk::token("tok_a");
    used.last_used_by = "Sam Ortiz, NetCare Support";
    used.last_used_at = testing::desk_now;
    desk.reply("/api/v1/tokens?state=active", Desk::tokens({used, Desk::token("tok_b")}));
    desk.reply("/api/v1/tokens?state=expired", Desk::tokens({}));
    desk.send(app::Resized{width, 844});
    return desk;
}

auto networks_desk(float width) -> Desk {
    Desk desk(access::Role::Admin, "/monitor/networks");
    desk.reply("/api/v1/networks", Desk::networks({Desk::network("net_1", "Lisbon")}));
    desk.send(app::Resized{width, 844});
    return desk;
}

auto end_of(const view::Rect& rect) -> float {
    return rect.x + rect.width;
}

auto rect_of(const Stage& stage, Kind kind, const std::string& name) -> view::Rect {
    const auto* placed = stage::find(stage.frame, kind, name);
    CAPTURE(name);
    REQUIRE(placed != nullptr);
    return placed->rect;
}

}  // namespace

TEST_CASE("an order is offered where rows are cards, and where columns have heads it is not") {
    for (const float width : {360.F, 390.F, 640.F, 899.F, 930.F, 1280.F}) {
        CAPTURE(width);
        Stage stage{width, 844};
        const auto desk = tokens_desk(width);
        stage.settle(view::view(desk.model));
        const auto heads = stage::parts(stage.frame, view::Part::TableColumn);
        REQUIRE_FALSE(heads.empty());
        const bool cards = heads.front().rect.height == 0;
        const auto* order = stage::find(stage.frame, Kind::Button, "Sort by: Newest first");
        CHECK((order != nullptr) == cards);
        CHECK(cards == (width < 1000));
        CHECK(stage::find(stage.frame, Kind::Button, "Columns") != nullptr);
    }
}

TEST_CASE("what stands over a list stands on one line, order before columns") {
    for (const float width : {360.F, 390.F, 640.F}) {
        CAPTURE(width);
        Stage stage{width, 844, true};
        const auto desk = tokens_desk(width);
        stage.settle(view::view(desk.model));
        const auto order = rect_of(stage, Kind::Button, "Sort by: Newest first");
        const auto columns = rect_of(stage, Kind::Button, "Columns");
        CHECK(order.y == columns.y);
        CHECK(end_of(order) <= columns.x);
    }
}

namespace {

auto audit_desk(float width) -> Desk {
    Desk desk(access::Role::Admin, "/record/audit");
    api::Page<api::AuditEvent> page;
    page.items.resize(1);
    page.items.front().at = testing::desk_now;
    page.total = 1;
    desk.reply("/api/v1/audit", Desk::ok(api::encode_audit(page)));
    desk.send(app::Resized{width, 844});
    return desk;
}

}  // namespace

TEST_CASE("no filter of the audit stands alone on a line below the others") {
    for (const float width : {320.F, 360.F, 390.F, 414.F}) {
        CAPTURE(width);
        const auto desk = audit_desk(width);
        Stage stage{width, 844, true};
        stage.settle(view::view(desk.model));
        const auto last = rect_of(stage, Kind::Button, "Sign-ins");
        CHECK(last.y == rect_of(stage, Kind::Button, "Networks").y);
        CHECK(end_of(last) <= width - 16);
    }
}

TEST_CASE(
    "filters of the audit stay on one line where they have room, and leave the list's tools "
    "theirs") {
    for (const float width : {640.F, 1280.F}) {
        CAPTURE(width);
        const auto desk = audit_desk(width);
        Stage stage{width, 844, true};
        stage.settle(view::view(desk.model));
        const auto last = rect_of(stage, Kind::Button, "Sign-ins");
        CHECK(rect_of(stage, Kind::Button, "All").y == last.y);
        CHECK(rect_of(stage, Kind::Button, "Columns").y >= last.y + last.height);
    }
}

TEST_CASE("a search field is never too narrow for the words that say what it searches") {
    for (const float width : {320.F, 360.F, 390.F, 640.F, 1280.F}) {
        CAPTURE(width);
        Stage stage{width, 844, true};
        const auto desk = networks_desk(width);
        stage.settle(view::view(desk.model));
        const auto field = rect_of(stage, Kind::TextField, "Search networks and tags");
        const float words =
            ui::text_width(stage.fonts, ui::type::table, "Search networks and tags");
        CHECK(field.width >= words + 2 * ui::field_padding + ui::field_hint_room);
        const auto title = rect_of(stage, Kind::Heading, "Networks");
        const bool own_line = field.y >= title.y + title.height;
        CHECK(own_line == (width < 400));
        if (own_line) CHECK(field.width == width - 32);
    }
}

TEST_CASE("at 1280 px the name of who used a token, and of their company, is not shortened") {
    Stage stage{1280, 844};
    const auto desk = tokens_desk(1280);
    stage.settle(view::view(desk.model));
    const auto name = rect_of(stage, Kind::Text, "Sam Ortiz, NetCare Support");
    CHECK(name.width >=
          ui::text_width(stage.fonts, ui::type::table, "Sam Ortiz, NetCare Support") - 0.5F);
}

TEST_CASE("a card with less to say than the others shares what is over among its lines") {
    Stage stage{390, 3000, true};
    const auto desk = tokens_desk(390);
    stage.settle(view::view(desk.model));
    const auto rows = stage::parts(stage.frame, view::Part::TableRow);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].rect.height == rows[1].rect.height);
    // How much room is left under the last button of each card.
    std::vector<float> left;
    std::vector<float> over;
    for (const auto& row : rows) {
        float lowest = 0;
        float first = row.rect.y + row.rect.height;
        for (const auto& cell : stage::parts(stage.frame, view::Part::TableCell)) {
            if (cell.row != row.row) continue;
            if (cell.rect.height == 0) continue;
            lowest = std::max(lowest, cell.rect.y + cell.rect.height);
            first = std::min(first, cell.rect.y);
        }
        left.push_back(row.rect.y + row.rect.height - lowest);
        over.push_back(first - row.rect.y);
    }
    CHECK(left[0] <= 17.5F);
    CHECK(over[0] == 16);
    CHECK(left[1] < left[0] + 8);
    CHECK(over[1] > 16);
}

TEST_CASE("toasts leave what has the keyboard's focus in sight: they change to the other end") {
    const auto desk = tokens_desk(1280);
    auto picture = view::view(desk.model);
    auto toast = sample::node(Kind::Toast, "The token is expired.");
    for (auto& child : picture.root.children)
        if (child.kind == Kind::Toasts) child.children = {toast};
    Stage stage{1280, 300};
    stage.settle(picture);
    const auto low = rect_of(stage, Kind::Toast, "The token is expired.");
    const auto* covered = static_cast<const view::Placed*>(nullptr);
    for (const auto& one : stage.frame.placed) {
        const bool pressable = one.part == view::Part::Whole && one.node->on_press &&
                               one.node->kind == Kind::Button && one.node->name == "Delete";
        if (pressable && one.rect.y + one.rect.height > low.y && one.rect.y < low.y + low.height)
            covered = &one;
    }
    REQUIRE(covered != nullptr);
    stage.input.focused = covered->key;
    stage.settle(picture);
    CHECK(rect_of(stage, Kind::Toast, "The token is expired.").y == low.y);  // a mouse pressed it
    stage.input.focus_visible = true;
    stage.settle(picture);
    const auto high = rect_of(stage, Kind::Toast, "The token is expired.");
    CHECK(high.y < low.y);
    CHECK(high.y >= rect_of(stage, Kind::Heading, "Generated Tokens List").y - 60);
    // They stay there while nothing is covered, and begin below again with the next one.
    stage.input.focused = 0;
    stage.settle(picture);
    CHECK(rect_of(stage, Kind::Toast, "The token is expired.").y == high.y);
    stage.settle(view::view(desk.model));
    stage.settle(picture);
    CHECK(rect_of(stage, Kind::Toast, "The token is expired.").y == low.y);
}
