// Tables under the hand: rows picked with keys held, borders drawn, a head that stays in sight.
// Layer: tests.
#include <doctest/doctest.h>

#include "tests/ui/sample_parts.hpp"
#include "tests/ui/stage.hpp"

using namespace pcc;
using app::Pick;
using stage::Stage;
using view::Part;

namespace {

auto pickable(std::size_t rows) -> view::Picture {
    static std::size_t reads = 0;
    auto node = sample::long_table(rows, reads);
    auto& table = *node.table;
    view::TableColumn select = sample::column_of("Select all", 18, 0);
    select.id = "select";
    select.hidden_title = select.at_end = true;
    select.check = view::Check::Mixed;
    select.on_sort = app::ClickedHelp{};
    table.columns.insert(table.columns.begin(), select);
    table.columns.insert(table.columns.begin() + 2, sample::column_of("Kind", 100));
    table.row_at = [row_at = table.row_at](std::size_t i) {
        auto row = row_at(i);
        auto box = sample::node(view::Kind::Checkbox);
        box.on_press = app::ClickedMenu{};
        row.cells.insert(row.cells.begin(), box);
        row.cells.insert(row.cells.begin() + 2, sample::text("a kind"));
        return row;
    };
    table.on_pick = [](Pick how, const std::string& row) -> app::Msg {
        return app::tokens::Msg{app::tokens::PickedRow{{}, how, TokenHandle(row)}};
    };
    table.on_widen = [](app::ColumnKey of, app::ColumnKey column, float by) -> app::Msg {
        return app::ChangedColumns{app::ColumnAct::Widen, of, column, by};
    };
    return sample::page({"Monitor", "Rows"}, {node}, false);
}

auto picked(const std::vector<app::Msg>& raised) -> const app::tokens::PickedRow* {
    if (raised.size() != 1) return nullptr;
    const auto* page = std::get_if<app::tokens::Msg>(&raised[0].fact);
    return page ? std::get_if<app::tokens::PickedRow>(page) : nullptr;
}

// The cell of a row in a column; rows are counted from the first that was drawn.
auto cell(const view::Frame& frame, std::size_t row, std::size_t column) -> view::Rect {
    for (const auto& placed : stage::parts(frame, Part::TableCell))
        if (placed.index == column && row-- == 0) return placed.rect;
    return {};
}

void press(Stage& stage, const view::Picture& picture, view::Rect rect, bool shift, bool command) {
    stage.input.shift = shift;
    stage.input.command = command;
    stage.click(picture, rect);
    stage.input.shift = stage.input.command = false;
}

}  // namespace

TEST_CASE("a press on a row picks it alone, with Ctrl it as well, with Shift all up to it") {
    const auto picture = pickable(20);
    Stage stage{1280, 800};
    stage.settle(picture);
    const auto rows = stage::parts(stage.frame, Part::TableRow);
    const auto id = stage.frame.rows[3].id;
    stage.take();
    for (const auto how : {Pick::Only, Pick::Toggle, Pick::Range}) {
        press(stage, picture, cell(stage.frame, 3, 1), how == Pick::Range, how == Pick::Toggle);
        const auto raised = stage.take();
        REQUIRE(picked(raised));
        CHECK(picked(raised)->how == how);
        CHECK(picked(raised)->row.value == id);
    }
}

TEST_CASE("all around the checkbox counts, once, and a button of the row picks nothing") {
    const auto picture = pickable(20);
    Stage stage{1280, 800};
    stage.settle(picture);
    stage.take();
    const auto box = cell(stage.frame, 2, 0);
    stage.click(picture, box);
    auto raised = stage.take();
    REQUIRE(picked(raised));
    CHECK(picked(raised)->how == Pick::Toggle);
    stage.click(picture, {box.x - 12, box.y + 2, 2, 2});
    CHECK(picked(stage.take()));
    press(stage, picture, box, true, false);
    raised = stage.take();
    REQUIRE(picked(raised));
    CHECK(picked(raised)->how == Pick::Range);
    stage.click(picture, stage::find(stage.frame, view::Kind::Button, "Open")->rect);
    raised = stage.take();
    REQUIRE(raised.size() == 1);
    CHECK(std::holds_alternative<app::DismissedToast>(raised[0].fact));
}

TEST_CASE("a finger picks by the checkbox alone") {
    const auto picture = pickable(20);
    Stage stage{1280, 800, true};
    stage.settle(picture);
    stage.take();
    stage.click(picture, cell(stage.frame, 3, 1));
    CHECK(stage.take().empty());
    stage.click(picture, cell(stage.frame, 3, 0));
    CHECK(picked(stage.take()));
}

TEST_CASE("the head stays at the top of what is in sight, and goes with the last row") {
    const auto picture = pickable(40);
    Stage stage{1280, 500};
    stage.settle(picture);
    const auto head = [&] { return stage::parts(stage.frame, Part::TableHead)[0].rect; };
    const auto table = [&] { return stage::parts(stage.frame, Part::TableBody)[0].rect; };
    const float resting = head().y;
    stage.move(picture, 700, 300);
    stage.wheel(picture, -5);
    const auto seen = stage::parts(stage.frame, Part::TableHead)[0].clip;
    CHECK(table().y < seen.y);
    CHECK(head().y == seen.y);
    CHECK(head().y < resting);
    // Nothing of a row is in reach under it.
    for (const auto& row : stage::parts(stage.frame, Part::TableRow))
        CHECK(row.clip.y >= head().y + head().height);
    stage.take();
    stage.click(picture, stage::parts(stage.frame, Part::TableColumn)[0].rect);
    const auto raised = stage.take();
    REQUIRE(raised.size() == 1);
    CHECK(std::holds_alternative<app::ClickedHelp>(raised[0].fact));
    stage.wheel(picture, -500);
    CHECK(head().y + head().height < table().y + table().height);
}

TEST_CASE("a border that is drawn follows the pointer, as far as the columns after it can give") {
    auto picture = pickable(5);
    Stage stage{1280, 800};
    stage.settle(picture);
    auto columns = stage::parts(stage.frame, Part::TableColumn);
    const auto widths = [&] {
        std::vector<float> all;
        for (const auto& one : stage::parts(stage.frame, Part::TableColumn))
            all.push_back(one.rect.width);
        return all;
    };
    const auto before = widths();
    const auto first = columns[1].rect;
    const float grip = first.x + first.width + 8;
    stage.move(picture, grip, first.y + 10);
    CHECK(ui::hovered_cursor(stage.state) == 3);
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    stage.draw(picture);
    stage.take();
    float wider = 0;
    const auto drag = [&](float x) {
        ImGui::GetIO().AddMousePosEvent(x, first.y + 10);
        stage.draw(picture);
        for (const auto& msg : stage.take())
            wider += std::get<app::ChangedColumns>(msg.fact).by;
        for (auto& child : picture.root.children)
            for (auto& part : child.children)
                if (part.table) part.table->columns[1].wider = wider;
        stage.draw(picture);
        stage.take();
    };
    drag(grip + 40);
    CHECK(widths()[1] == doctest::Approx(before[1] + 40).epsilon(0.02));
    CHECK(widths()[0] == before[0]);
    CHECK(widths()[2] < before[2]);
    drag(grip + 5000);
    const float most = widths()[1];
    CHECK(most < 1280);
    drag(grip + 20);  // no way back that does nothing
    CHECK(widths()[1] == doctest::Approx(before[1] + 20).epsilon(0.02));
    drag(0);
    CHECK(widths()[1] == doctest::Approx(56).epsilon(0.03));
    float sum = 0;
    for (const float width : widths())
        sum += width;
    float sum_before = 0;
    for (const float width : before)
        sum_before += width;
    CHECK(sum == doctest::Approx(sum_before).epsilon(0.01));
}

TEST_CASE("toasts say when somebody begins to read them, and when nobody does any more") {
    auto picture = sample::page({"Monitor"}, {}, false);
    auto toast = sample::titled(view::Kind::Toast, "Saved.", {}, {});
    picture.root.children.push_back(sample::node(view::Kind::Toasts, {}, {toast}));
    Stage stage{1280, 800};
    stage.settle(picture);
    CHECK(stage.take().empty());
    const auto rect = stage::find(stage.frame, view::Kind::Toast, "Saved.")->rect;
    stage.move(picture, rect.x + 5, rect.y + 5);
    auto raised = stage.take();
    REQUIRE(raised.size() == 1);
    CHECK(std::get<app::HeldToasts>(raised[0].fact).held);
    stage.move(picture, 10, 10);
    raised = stage.take();
    REQUIRE(raised.size() == 1);
    CHECK_FALSE(std::get<app::HeldToasts>(raised[0].fact).held);
}

TEST_CASE("a toast over a table's rows is pressed, not the row below it") {
    auto picture = pickable(40);
    auto dismiss = sample::button("dismiss", "Dismiss", app::ClickedHelp{});
    auto toast = sample::titled(view::Kind::Toast, "Saved.", {}, {dismiss});
    picture.root.children.push_back(sample::node(view::Kind::Toasts, {}, {toast}));
    Stage stage{1280, 800};
    stage.settle(picture);
    const auto rect = stage::find(stage.frame, view::Kind::Button, "Dismiss")->rect;
    stage.take();
    stage.click(picture, rect);
    int pressed = 0;
    for (const auto& msg : stage.take()) {
        CHECK_FALSE(picked({msg}));
        pressed += std::holds_alternative<app::ClickedHelp>(msg.fact) ? 1 : 0;
    }
    CHECK(pressed == 1);
}

TEST_CASE("while a dialog is open no toast is pressed, as nothing else is beside it") {
    auto picture = sample::page({"Monitor"}, {}, false);
    auto toast = sample::titled(view::Kind::Toast, "Saved.", {},
                                {sample::button("act", "Act", app::ClickedHelp{})});
    picture.root.children.push_back(sample::titled(
        view::Kind::Dialog, "Sure?", {}, {sample::button("yes", "Yes", app::ClickedMenu{})}));
    picture.root.children.push_back(sample::node(view::Kind::Toasts, {}, {toast}));
    Stage stage{1280, 800};
    stage.settle(picture);
    const auto rect = stage::find(stage.frame, view::Kind::Button, "Act")->rect;
    stage.take();
    stage.click(picture, rect);
    for (const auto& msg : stage.take())
        CHECK_FALSE(std::holds_alternative<app::ClickedHelp>(msg.fact));
}
