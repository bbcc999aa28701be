// Pressing: what is drawn reacts where it is drawn, and nowhere else.
// Layer: tests.
#include <doctest/doctest.h>

#include "tests/ui/sample.hpp"
#include "tests/ui/stage.hpp"

using namespace pcc;
using stage::Stage;
using view::Kind;

namespace {

template <class T>
auto only(const std::vector<app::Msg>& raised) -> bool {
    return raised.size() == 1 && std::holds_alternative<T>(raised[0].fact);
}

}  // namespace

TEST_CASE("a button is pressed by mouse where it is placed, and raises its message once") {
    const auto picture = sample::tokens(false);
    Stage stage{1280, 800};
    stage.settle(picture);
    const auto* generate = stage::find(stage.frame, Kind::Button, "Generate New Token");
    REQUIRE(generate);
    stage.take();
    stage.click(picture, generate->rect);
    CHECK(only<app::ClickedRetry>(stage.take()));
}

TEST_CASE("releasing beside a button does not press it") {
    const auto picture = sample::tokens(false);
    Stage stage{1280, 800};
    stage.settle(picture);
    const auto rect = stage::find(stage.frame, Kind::Button, "Generate New Token")->rect;
    stage.move(picture, rect.x + 5, rect.y + 5);
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    stage.draw(picture);
    stage.move(picture, rect.x - 60, rect.y + 60);
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    stage.settle(picture);
    CHECK(stage.take().empty());
}

TEST_CASE("the pointer's shape says what can be pressed") {
    const auto picture = sample::tokens(false);
    Stage stage{1280, 800};
    stage.settle(picture);
    const auto over = [&](Kind kind, const char* name) {
        const auto rect = stage::find(stage.frame, kind, name)->rect;
        stage.move(picture, rect.x + rect.width / 2, rect.y + rect.height / 2);
        return ui::hovered_cursor(stage.state);
    };
    CHECK(over(Kind::Button, "Generate New Token") == 1);
    CHECK(over(Kind::TextField, "Search tokens") == 2);
    CHECK(over(Kind::Heading, "Generated Tokens List") == 0);
}

TEST_CASE("a button in a table's row acts for its own row") {
    std::size_t reads = 0;
    const auto picture = sample::page({"Monitor", "Rows"}, {sample::long_table(50, reads)}, false);
    Stage stage{1280, 800};
    stage.settle(picture);
    stage.take();
    std::vector<view::Rect> opens;
    for (const auto& placed : stage.frame.placed)
        if (placed.part == view::Part::Whole && placed.node->name == "Open")
            opens.push_back(placed.rect);
    REQUIRE(opens.size() > 3);
    stage.click(picture, opens[3]);
    const auto raised = stage.take();
    REQUIRE(only<app::DismissedToast>(raised));
    CHECK(std::get<app::DismissedToast>(raised[0].fact).id == 3);
}

TEST_CASE("nothing below a dialog reacts, the dialog does") {
    const auto picture = sample::tokens(false, sample::generate_dialog());
    Stage stage{1280, 800};
    stage.settle(picture);
    const auto dialog = stage::find(stage.frame, Kind::Dialog, "Generate New Token")->rect;
    std::vector<view::Rect> beside;  // gathered first: a frame's rows are gone with the next frame
    for (const auto& placed : stage.frame.placed) {
        const float middle = placed.rect.x + placed.rect.width / 2;
        const bool is_beside = middle < dialog.x || middle > dialog.x + dialog.width;
        if (is_beside && placed.node->on_press) beside.push_back(placed.rect);
    }
    REQUIRE(beside.size() > 5);
    for (const auto& rect : beside)
        stage.click(picture, rect);
    CHECK(stage.take().empty());
    stage.click(picture, {2, 2, 2, 2});
    CHECK(stage.take().empty());
    stage.click(picture, stage::find(stage.frame, Kind::Button, "Cancel")->rect);
    CHECK(only<app::ClickedHelp>(stage.take()));
}

TEST_CASE("what is disabled or busy does nothing") {
    const auto picture = sample::rich(false);
    Stage stage{1280, 2400};
    stage.settle(picture);
    stage.take();
    stage.click(picture, stage::find(stage.frame, Kind::Button, "Cannot be pressed")->rect);
    stage.click(picture, stage::find(stage.frame, Kind::Button, "Saving…")->rect);
    CHECK(stage.take().empty());
    stage.click(picture, stage::find(stage.frame, Kind::Button, "End it now")->rect);
    CHECK(only<app::ClickedHelp>(stage.take()));
}

TEST_CASE("what is scrolled out of sight cannot be pressed through the bar above it") {
    std::size_t reads = 0;
    auto picture = sample::page({"Monitor", "Rows"}, {sample::long_table(50, reads)}, false);
    Stage stage{1280, 400};
    stage.settle(picture);
    stage.move(picture, 700, 300);
    stage.wheel(picture, -2);
    stage.take();
    view::Rect hidden;
    for (const auto& placed : stage.frame.placed)
        if (placed.node->name == "Open" && placed.rect.y + placed.rect.height < placed.clip.y)
            hidden = placed.rect;
    REQUIRE(hidden.width > 0);
    REQUIRE(hidden.y > 0);
    stage.click(picture, hidden);
    CHECK(stage.take().empty());
}

TEST_CASE("a sortable column's head raises its sorting") {
    const auto picture = sample::rich(false);
    Stage stage{1280, 2400};
    stage.settle(picture);
    stage.take();
    const auto heads = stage::parts(stage.frame, view::Part::TableColumn);
    REQUIRE(heads.size() == 4);
    stage.click(picture, heads[0].rect);
    CHECK(only<app::ClickedRetry>(stage.take()));
    stage.click(picture, heads[1].rect);
    CHECK(stage.take().empty());
}

TEST_CASE("a link pressed with Ctrl is left to the browser") {
    const auto picture = sample::tokens(false);
    Stage stage{1280, 800};
    stage.settle(picture);
    const auto rect = stage::find(stage.frame, Kind::NavLink, "Audit")->rect;
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
    stage.click(picture, rect);
    CHECK(stage.take().empty());
    ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
    stage.click(picture, rect);
    CHECK(only<app::ClickedNavigation>(stage.take()));
}
