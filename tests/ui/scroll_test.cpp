// Scrolling and large tables: only what is in sight is read, and everything can be brought there.
// Layer: tests.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/ui/sample.hpp"
#include "tests/ui/stage.hpp"

using namespace pcc;
using stage::Stage;
using view::Part;

namespace {

auto rows_page(std::size_t rows, std::size_t& reads) -> view::Picture {
    return sample::page({"Monitor", "Rows"}, {sample::long_table(rows, reads)}, false);
}

auto asked_for_more(const std::vector<app::Msg>& raised) -> std::size_t {
    std::size_t count = 0;
    for (const app::Msg& msg : raised)
        count += std::holds_alternative<app::ClickedRetry>(msg.fact);
    return count;
}

}  // namespace

TEST_CASE("of 100,000 rows only those in sight are read, at any place") {
    for (const float width : {390.F, 1280.F}) {
        CAPTURE(width);
        std::size_t reads = 0;
        const auto picture = rows_page(100000, reads);
        Stage stage{width, 800};
        stage.settle(picture);
        reads = 0;
        stage.draw(picture);
        CHECK(reads < 30);
        CHECK(stage::parts(stage.frame, Part::TableRow).size() == reads);
        stage.move(picture, width / 2, 500);
        stage.wheel(picture, -20000);
        reads = 0;
        stage.draw(picture);
        const auto rows = stage::parts(stage.frame, Part::TableRow);
        REQUIRE_FALSE(rows.empty());
        CHECK(rows.front().index > 10000);
        CHECK(rows.size() < 30);
        CHECK(reads == rows.size());
    }
}

TEST_CASE("the rows in sight fill the view, two more stand on either side") {
    std::size_t reads = 0;
    const auto picture = rows_page(1000, reads);
    Stage stage{1280, 800};
    stage.settle(picture);
    stage.move(picture, 700, 500);
    stage.wheel(picture, -50);
    const auto rows = stage::parts(stage.frame, Part::TableRow);
    REQUIRE(rows.size() > 6);
    const view::Rect clip = rows.front().clip;
    CHECK(rows[1].rect.y + rows[1].rect.height <= clip.y + 1);
    CHECK(rows[2].rect.y <= clip.y + 1);
    CHECK(rows[2].rect.y + rows[2].rect.height >= clip.y - 1);
    CHECK(rows[rows.size() - 3].rect.y <= clip.y + clip.height);
    CHECK(rows[rows.size() - 2].rect.y >= clip.y + clip.height - 1);
}

TEST_CASE("near the end more is asked for once, and again after more has come") {
    std::size_t reads = 0;
    Stage stage{1280, 800};
    const auto short_one = rows_page(5, reads);
    for (int i = 0; i < 5; ++i)
        stage.draw(short_one);
    CHECK(asked_for_more(stage.take()) == 1);
    const auto longer = rows_page(8, reads);
    for (int i = 0; i < 5; ++i)
        stage.draw(longer);
    CHECK(asked_for_more(stage.take()) == 1);
    const auto long_one = rows_page(1000, reads);
    stage.settle(long_one);
    CHECK(asked_for_more(stage.take()) == 0);
}

TEST_CASE("scrolling stops at both ends, and another page starts at its top") {
    std::size_t reads = 0;
    auto picture = rows_page(100, reads);
    Stage stage{1280, 800};
    stage.settle(picture);
    const float top = stage::parts(stage.frame, Part::TableHead)[0].rect.y;
    stage.move(picture, 700, 500);
    stage.wheel(picture, 5);
    CHECK(stage::parts(stage.frame, Part::TableHead)[0].rect.y == top);
    stage.wheel(picture, -1000);
    const auto last = stage::parts(stage.frame, Part::TableRow).back();
    CHECK(last.index == 99);
    CHECK(last.rect.y + last.rect.height <= 800);
    CHECK(stage.frame.content_height > 4000);
    picture.title = "Another page";
    stage.settle(picture);
    CHECK(stage::parts(stage.frame, Part::TableHead)[0].rect.y == top);
}

TEST_CASE("a node out of sight is scrolled into it") {
    const auto picture = sample::rich(false);
    Stage stage{1280, 600};
    stage.settle(picture);
    const auto key = stage::find(stage.frame, view::Kind::Button, "End it now")->key;
    CHECK(stage::find(stage.frame, view::Kind::Button, "End it now")->rect.y > 600);
    CHECK(ui::scroll_into_view(stage.state, stage.frame, key));
    CHECK(ui::wants_another_frame(stage.state));
    stage.settle(picture);
    const auto* shown = stage::find(stage.frame, view::Kind::Button, "End it now");
    CHECK(shown->rect.y >= shown->clip.y);
    CHECK(shown->rect.y + shown->rect.height <= shown->clip.y + shown->clip.height);
    CHECK_FALSE(ui::scroll_into_view(stage.state, stage.frame, key));
    const auto first = stage::find(stage.frame, view::Kind::Button, "Try again")->key;
    CHECK(ui::scroll_into_view(stage.state, stage.frame, first));
    stage.settle(picture);
    const auto* back = stage::find(stage.frame, view::Kind::Button, "Try again");
    CHECK(back->rect.y >= back->clip.y);
}

TEST_CASE("a finger that drags scrolls and presses nothing") {
    std::size_t reads = 0;
    auto picture = rows_page(100, reads);
    picture.reduced_motion = true;  // it stops where the finger left it
    Stage stage{390, 700, true};
    stage.settle(picture);
    stage.take();
    view::Rect open;
    for (const auto& placed : stage.frame.placed)
        if (placed.node->name == "Open" && open.width == 0) open = placed.rect;
    ImGuiIO& io = ImGui::GetIO();
    stage.move(picture, open.x + 10, open.y + 20);
    io.AddMouseButtonEvent(0, true);
    stage.draw(picture);
    for (int i = 1; i <= 4; ++i)
        stage.move(picture, open.x + 10, open.y + 20 - 12.F * i);
    io.AddMouseButtonEvent(0, false);
    stage.settle(picture);
    CHECK(stage.take().empty());
    float moved = 0;
    for (const auto& placed : stage.frame.placed)
        if (placed.node->name == "Open" && moved == 0) moved = open.y - placed.rect.y;
    CHECK(moved == doctest::Approx(48));
}

namespace {

// A finger that moves up by `step` in each of `moves` frames and then lifts.
void swipe(Stage& stage, const view::Picture& picture, float step, int moves) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(200, 600);
    stage.draw(picture);
    io.AddMouseButtonEvent(0, true);
    stage.draw(picture);
    for (int i = 1; i <= moves; ++i) {
        io.AddMousePosEvent(200, 600 - step * static_cast<float>(i));
        stage.draw(picture);
    }
    io.AddMouseButtonEvent(0, false);
    stage.draw(picture);
}

void tap(Stage& stage, const view::Picture& picture, float x, float y) {
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(x, y);
    io.AddMouseButtonEvent(0, true);
    stage.draw(picture);
    stage.draw(picture);
    io.AddMouseButtonEvent(0, false);
    stage.draw(picture);
    stage.draw(picture);
}

auto offset_of(const Stage& stage) -> float {
    float furthest = 0;
    for (const ui::Scroller& scroller : stage.state.scrollers)
        furthest = std::max(furthest, scroller.offset);
    return furthest;
}

// Frames until nothing moves any more.
auto frames_to_rest(Stage& stage, const view::Picture& picture) -> int {
    int frames = 0;
    for (; frames < 600 && ui::wants_another_frame(stage.state); ++frames)
        stage.draw(picture);
    return frames;
}

}  // namespace

TEST_CASE("after a quick finger the list glides on, ever slower, and comes to rest") {
    std::size_t reads = 0;
    const auto picture = rows_page(1000, reads);
    Stage stage{390, 700, true};
    stage.settle(picture);
    swipe(stage, picture, 20, 6);
    const float lifted = offset_of(stage);
    REQUIRE(ui::wants_another_frame(stage.state));
    float at = lifted;
    float step = 1000;
    for (int i = 0; i < 20; ++i) {
        stage.draw(picture);
        const float now = offset_of(stage);
        CHECK(now > at);
        CHECK(now - at <= step + 1);  // offsets are whole pixels
        step = now - at;
        at = now;
    }
    const int frames = frames_to_rest(stage, picture);
    CHECK(frames > 10);
    CHECK(frames < 180);  // within three seconds
    const float resting = offset_of(stage);
    // Speed times memory: 20 px a frame are 1200 a second, of which the finger's filter keeps most.
    CHECK(resting - lifted > 150);
    CHECK(resting - lifted < 1200 * 0.325F);
    stage.draw(picture);
    CHECK(offset_of(stage) == resting);
    CHECK_FALSE(ui::wants_another_frame(stage.state));
}

TEST_CASE("a slow finger, and one that rests before it lifts, leave the list where it is") {
    std::size_t reads = 0;
    const auto picture = rows_page(1000, reads);
    Stage stage{390, 700, true};
    stage.settle(picture);
    swipe(stage, picture, 0.5F, 40);
    CHECK_FALSE(ui::wants_another_frame(stage.state));
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(200, 600);
    stage.draw(picture);
    io.AddMouseButtonEvent(0, true);
    stage.draw(picture);
    for (int i = 1; i <= 6; ++i)
        stage.move(picture, 200, 600 - 20.F * static_cast<float>(i));
    for (int i = 0; i < 15; ++i)
        stage.draw(picture);
    const float before = offset_of(stage);
    io.AddMouseButtonEvent(0, false);
    stage.draw(picture);
    CHECK(frames_to_rest(stage, picture) == 0);
    CHECK(offset_of(stage) == before);
}

TEST_CASE("a touch stops a gliding list and presses nothing; the next one presses") {
    std::size_t reads = 0;
    const auto picture = rows_page(1000, reads);
    Stage stage{390, 700, true};
    stage.settle(picture);
    stage.take();
    swipe(stage, picture, 20, 6);
    stage.draw(picture);
    view::Rect open;
    for (const auto& placed : stage.frame.placed)
        if (placed.node->name == "Open" && placed.rect.y > 300 && open.width == 0)
            open = placed.rect;
    REQUIRE(open.width > 0);
    // Where it will be while the finger comes down: the button is high enough for that.
    tap(stage, picture, open.x + open.width / 2, open.y + 4);
    CHECK_FALSE(ui::wants_another_frame(stage.state));
    const float stopped = offset_of(stage);
    stage.draw(picture);
    CHECK(offset_of(stage) == stopped);
    CHECK(stage.take().empty());
    for (const auto& placed : stage.frame.placed)
        if (placed.node->name == "Open" && placed.rect.y > 300 && placed.rect.y < 600)
            open = placed.rect;
    tap(stage, picture, open.x + open.width / 2, open.y + open.height / 2);
    CHECK(stage.take().size() == 1);
}

TEST_CASE("nothing glides past the end, or where motion is to be reduced") {
    std::size_t reads = 0;
    auto picture = rows_page(10, reads);
    Stage stage{390, 700, true};
    stage.settle(picture);
    stage.move(picture, 200, 500);
    stage.wheel(picture, -100);
    const float end = offset_of(stage);
    REQUIRE(end > 0);
    swipe(stage, picture, 40, 6);
    CHECK(frames_to_rest(stage, picture) <= 1);
    CHECK(offset_of(stage) == end);
    auto still = rows_page(1000, reads);
    still.reduced_motion = true;
    Stage other{390, 700, true};
    other.settle(still);
    swipe(other, still, 20, 6);
    CHECK_FALSE(ui::wants_another_frame(other.state));
    CHECK(offset_of(other) == doctest::Approx(120));
}

TEST_CASE("a dialog that is too high scrolls within itself") {
    const auto picture = sample::tokens(true, sample::generate_dialog());
    Stage stage{360, 300};
    stage.settle(picture);
    const auto* dialog = stage::find(stage.frame, view::Kind::Dialog, "Generate New Token");
    CHECK(dialog->rect.height <= 300 - 24);
    const auto key = stage::find(stage.frame, view::Kind::Button, "Generate Token")->key;
    CHECK(ui::scroll_into_view(stage.state, stage.frame, key));
    stage.settle(picture);
    stage.take();
    stage.click(picture, stage::find(stage.frame, view::Kind::Button, "Generate Token")->rect);
    CHECK(stage.take().size() == 1);
}
