// Layout: nothing leaves the canvas, keys stay, figures and fields are where they must be.
// Layer: tests.
#include <algorithm>
#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "tests/ui/sample.hpp"
#include "tests/ui/stage.hpp"
#include "web/ui/text.hpp"

using namespace pcc;
using stage::Stage;
using view::Kind;
using view::Placed;

namespace {

auto describe(const Placed& placed) -> std::string {
    return std::to_string(static_cast<int>(placed.node->kind)) + " `" + placed.node->name + "`";
}

void check_within(const view::Frame& frame, float width) {
    for (const Placed& placed : frame.placed) {
        CAPTURE(describe(placed));
        CHECK(placed.rect.x >= 0);
        CHECK(placed.rect.x + placed.rect.width <= width + 0.5F);
    }
}

auto cell_around(const view::Frame& frame, const Placed& placed) -> const Placed* {
    const Placed* at = &frame.placed[placed.parent];
    while (at->part != view::Part::TableCell && at->parent != 0)
        at = &frame.placed[at->parent];
    return at->part == view::Part::TableCell ? at : nullptr;
}

auto is_pressable(const Placed& placed) -> bool {
    return placed.part == view::Part::Whole && placed.node->on_press && !placed.node->disabled;
}

}  // namespace

TEST_CASE("nothing overflows the width, from a small phone to a desktop") {
    for (const float width : {320.F, 360.F, 390.F, 640.F, 900.F, 1280.F, 3840.F}) {
        CAPTURE(width);
        const bool narrow = width < ui::narrow_width;
        Stage stage{width, 900};
        for (const auto& picture :
             {sample::rich(narrow), sample::tokens(narrow, sample::generate_dialog()),
              sample::tokens(narrow, sample::generated_dialog()), sample::assume(narrow),
              sample::assumed(narrow), sample::ended(narrow)}) {
            stage.settle(picture);
            check_within(stage.frame, width);
        }
    }
}

TEST_CASE("whatever is in a table's cell stays in it, also where there is hardly room") {
    for (const float width : {360.F, 900.F, 1050.F, 1280.F}) {
        Stage stage{width, 900};
        const bool narrow = width < ui::narrow_width;
        for (const auto& picture : {sample::tokens(narrow), sample::rich(narrow)}) {
            stage.settle(picture);
            for (const Placed& placed : stage.frame.placed) {
                const Placed* cell = cell_around(stage.frame, placed);
                if (cell == nullptr || placed.node->button == view::ButtonStyle::Quiet) continue;
                CAPTURE(width);
                CAPTURE(describe(placed));
                CHECK(placed.rect.x >= cell->rect.x - 0.5F);
                CHECK(placed.rect.x + placed.rect.width <= cell->rect.x + cell->rect.width + 0.5F);
            }
        }
    }
}

TEST_CASE("cells of a row do not overlap") {
    for (const float width : {900.F, 1024.F, 1280.F}) {
        Stage stage{width, 900};
        stage.settle(sample::tokens(false));
        const auto cells = stage::parts(stage.frame, view::Part::TableCell);
        REQUIRE(cells.size() > 20);
        for (std::size_t i = 1; i < cells.size(); ++i) {
            if (cells[i].parent != cells[i - 1].parent) continue;
            const auto& one = cells[i - 1].rect;
            const auto& other = cells[i].rect;
            CHECK((one.x + one.width <= other.x || one.y + one.height <= other.y));
        }
    }
}

TEST_CASE("on a phone everything that can be pressed is at least 44 high and wide") {
    Stage stage{390, 844, true};
    for (const auto& picture : {sample::tokens(true), sample::rich(true)}) {
        stage.settle(picture);
        int seen = 0;
        for (const Placed& placed : stage.frame.placed) {
            if (!is_pressable(placed)) continue;
            if (stage.frame.placed[placed.parent].node->kind == Kind::Sentence) continue;
            CAPTURE(describe(placed));
            CHECK(placed.rect.height >= 44);
            CHECK(placed.rect.width >= 44);
            ++seen;
        }
        CHECK(seen > 5);
    }
}

TEST_CASE("on a tablet a finger finds the heads of columns as well") {
    Stage stage{1180, 820, true};
    stage.settle(sample::tokens(false));
    const auto heads = stage::parts(stage.frame, view::Part::TableColumn);
    REQUIRE_FALSE(heads.empty());
    for (const Placed& head : heads)
        CHECK(head.rect.height >= 44);
    for (const Placed& placed : stage.frame.placed) {
        if (!is_pressable(placed)) continue;
        CAPTURE(describe(placed));
        CHECK(placed.rect.height >= 44);
    }
}

TEST_CASE("the sidebar folds below 900 px and opens over the page") {
    Stage stage{390, 844};
    auto picture = sample::tokens(true);
    stage.settle(picture);
    CHECK_FALSE(stage::find(stage.frame, Kind::Sidebar, "Main"));
    CHECK(stage::find(stage.frame, Kind::Main, "")->rect.width == 390);
    picture.root.children[0].selected = true;
    stage.settle(picture);
    REQUIRE(stage::find(stage.frame, Kind::Sidebar, "Main"));
    const auto generate = stage::find(stage.frame, Kind::Button, "Generate New Token")->rect;
    stage.click(picture, {generate.x + generate.width - 8, generate.y + 20, 4, 4});
    CHECK(stage.take().empty());  // the page below the drawer
    stage.click(picture, stage::find(stage.frame, Kind::NavLink, "Audit")->rect);
    CHECK(stage.take().size() == 1);
}

TEST_CASE("from 900 px on the sidebar stands beside the page") {
    Stage stage{900, 844};
    stage.settle(sample::tokens(false));
    CHECK(stage::find(stage.frame, Kind::Sidebar, "Main")->rect.width == 232);
}

namespace {

auto toast(std::string words) -> view::Node {
    auto made = sample::node(Kind::Toast, std::move(words));
    made.children.push_back(sample::button("dismiss", "Dismiss", app::DismissedToast{1}));
    return made;
}

// Twice as large as the window of a small laptop, and small phones.
constexpr view::Rect small_windows[] = {{0, 0, 640, 400}, {0, 0, 360, 640}, {0, 0, 320, 568}};

}  // namespace

TEST_CASE("in a small window every button of a dialog can be scrolled to and pressed") {
    for (const auto& window : small_windows) {
        for (auto dialog : {sample::generate_dialog(), sample::generated_dialog()}) {
            CAPTURE(window.width);
            auto picture = sample::tokens(true, dialog);
            picture.root.children.push_back(
                sample::node(Kind::Toasts, {}, {toast("The token is expired.")}));
            Stage stage{window.width, window.height, true};
            stage.settle(picture);
            const auto& placed = stage.frame.placed;
            std::vector<view::Key> buttons;
            for (const Placed& one : placed)
                if (is_pressable(one) && one.rect.y > 0 &&
                    placed[one.parent].node->kind == Kind::Actions)
                    buttons.push_back(one.key);
            REQUIRE_FALSE(buttons.empty());
            for (const view::Key key : buttons) {
                ui::scroll_into_view(stage.state, stage.frame, key);
                stage.settle(picture);
                stage.take();
                const auto it = std::find_if(stage.frame.placed.begin(), stage.frame.placed.end(),
                                             [&](const Placed& one) { return one.key == key; });
                CAPTURE(it->node->name);
                stage.click(picture, it->rect);
                CHECK(stage.take().size() == 1);
            }
        }
    }
}

TEST_CASE("toasts that would lie over a dialog wait until it is closed, and are told to stay") {
    auto picture = sample::tokens(true, sample::generate_dialog());
    picture.root.children.push_back(
        sample::node(Kind::Toasts, {}, {toast("The token is expired.")}));
    Stage stage{640, 400};
    stage.settle(picture);
    CHECK_FALSE(stage::find(stage.frame, Kind::Toast, "The token is expired."));
    const auto raised = stage.take();
    REQUIRE(raised.size() == 1);
    CHECK(std::get<app::HeldToasts>(raised[0].fact).held);
    std::erase_if(picture.root.children,
                  [](const view::Node& child) { return child.kind == Kind::Dialog; });
    stage.settle(picture);
    CHECK(stage::find(stage.frame, Kind::Toast, "The token is expired."));
    Stage large{1280, 800};
    picture = sample::tokens(false, sample::generate_dialog());
    picture.root.children.push_back(
        sample::node(Kind::Toasts, {}, {toast("The token is expired.")}));
    large.settle(picture);
    CHECK(stage::find(large.frame, Kind::Toast, "The token is expired."));
}

TEST_CASE("what lies under a toast at the end of a page can be scrolled out from there") {
    auto picture = sample::tokens(true);
    picture.root.children.push_back(
        sample::node(Kind::Toasts, {}, {toast("The token is expired.")}));
    Stage stage{360, 640};
    stage.settle(picture);
    stage.move(picture, 100, 300);
    stage.wheel(picture, -1000);
    const float top = stage::find(stage.frame, Kind::Toast, "The token is expired.")->rect.y;
    float lowest = 0;
    for (const Placed& placed : stage.frame.placed)
        if (is_pressable(placed) && placed.node->name == "Delete")
            lowest = std::max(lowest, placed.rect.y + placed.rect.height);
    CHECK(lowest > 0);
    CHECK(lowest <= top);
}

TEST_CASE("a very wide window leaves the page a width at which rows can be followed") {
    Stage stage{3840, 2160};
    stage.settle(sample::tokens(false));
    const auto cards = stage::parts(stage.frame, view::Part::TableBody);
    REQUIRE_FALSE(cards.empty());
    const auto main = stage::find(stage.frame, Kind::Main, "")->rect;
    CHECK(cards[0].rect.width <= 1600);
    const float before = cards[0].rect.x - main.x;
    const float after = main.x + main.width - cards[0].rect.x - cards[0].rect.width;
    CHECK(std::abs(before - after) <= 1);
}

TEST_CASE("parents are placed before their children, and keys name one node each") {
    Stage stage{1280, 900};
    stage.settle(sample::rich(false));
    std::set<view::Key> keys;
    for (std::size_t i = 0; i < stage.frame.placed.size(); ++i) {
        const Placed& placed = stage.frame.placed[i];
        CAPTURE(describe(placed));
        CHECK((i == 0 ? placed.parent == 0 : placed.parent < i));
        CHECK(placed.key != 0);
        CHECK(keys.insert(placed.key).second);
    }
}

TEST_CASE("a sibling that appears changes no other node's key") {
    Stage stage{1280, 900};
    auto picture = sample::tokens(false);
    stage.settle(picture);
    std::set<view::Key> before;
    for (const Placed& placed : stage.frame.placed)
        before.insert(placed.key);
    view::Node notice;
    notice.kind = Kind::Notice;
    notice.id = "offline";
    notice.detail = "No connection to the server.";
    auto& body = picture.root.children[2].children;
    REQUIRE(picture.root.children[2].kind == Kind::Main);
    body.insert(body.begin(), notice);
    stage.settle(picture);
    std::set<view::Key> after;
    for (const Placed& placed : stage.frame.placed)
        after.insert(placed.key);
    CHECK(after.size() == before.size() + 1);
    CHECK(std::includes(after.begin(), after.end(), before.begin(), before.end()));
}

TEST_CASE("of a text field the box is placed: label above, hint below") {
    Stage stage{1280, 800};
    stage.settle(sample::assume(false));
    const auto* field = stage::find(stage.frame, Kind::TextField, "Token ID");
    REQUIRE(field);
    const auto& card = stage.frame.placed[field->parent].rect;
    CHECK(field->rect.height == 42);
    CHECK(field->rect.y == card.y + 1 + 18 + 20 + 6);
    CHECK(field->rect.x == card.x + 19);
    CHECK(field->rect.width == card.width - 38);
    CHECK(card.y + card.height - (field->rect.y + field->rect.height) == 8 + 20 + 18 + 1);
}

TEST_CASE("figures are equally wide, so a countdown keeps its width") {
    Stage stage{1280, 800};
    stage.settle(sample::tokens(false));
    for (const ui::Type type : {ui::type::table, ui::type::body_strong, ui::type::page}) {
        const float width = ui::text_width(stage.fonts, type, "1:41:58 left");
        CHECK(ui::text_width(stage.fonts, type, "1:11:11 left") == width);
        CHECK(ui::text_width(stage.fonts, type, "0:00:00 left") == width);
    }
}

TEST_CASE("words break at spaces, and within a word that is too long alone") {
    Stage stage{1280, 800};
    ImGui::NewFrame();
    const auto lines = ui::break_lines(stage.fonts, ui::type::body, "one two\nthree", 1000);
    CHECK(lines == std::vector<std::string_view>{"one two", "three"});
    const float room = ui::text_width(stage.fonts, ui::type::body, "one two");
    CHECK(ui::break_lines(stage.fonts, ui::type::body, "one two three", room)[0] == "one two");
    const std::string word(200, 'w');
    std::string joined;
    for (const auto line : ui::break_lines(stage.fonts, ui::type::body, word, 120)) {
        CHECK(ui::text_width(stage.fonts, ui::type::body, line) <= 121);
        joined += line;
    }
    CHECK(joined == word);
    const auto kept = ui::shortened(stage.fonts, ui::type::body, word, 120);
    CHECK(kept.substr(kept.size() - 3) == "…");
    CHECK(ui::text_width(stage.fonts, ui::type::body, kept) <= 121);
    CHECK(ui::shortened(stage.fonts, ui::type::body, "short", 120) == "short");
    ImGui::EndFrame();
}

TEST_CASE("text begins where a pixel of the screen begins, between whole CSS px too") {
    Stage stage{1280, 800};
    constexpr float density = 1.5F;
    ImGui::GetIO().DisplayFramebufferScale = {density, density};
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({400, 400});
    ImGui::Begin("text");
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const auto first_corner = [&](float x, float y) {
        const int first = list.VtxBuffer.Size;
        ui::draw_text(list, stage.fonts, ui::type::body, IM_COL32_WHITE, x, y, "word");
        REQUIRE(list.VtxBuffer.Size > first);
        return list.VtxBuffer[first].pos;
    };
    const ImVec2 start = first_corner(30, 30);
    for (const float by : {1.F, 2.F, 3.F, 3.4F}) {
        const ImVec2 place = first_corner(30 + by, 30 + by);
        CAPTURE(by);
        for (const float moved : {place.x - start.x, place.y - start.y}) {
            CHECK(moved == doctest::Approx(std::round(moved * density) / density).epsilon(1e-5));
            CHECK(std::abs(moved - by) <= 0.5F / density + 1e-4F);
        }
    }
    ImGui::End();
    ImGui::EndFrame();
}

namespace {

auto writes_words(Kind kind) -> bool {
    constexpr Kind kinds[] = {Kind::Dialog, Kind::Notice,  Kind::Empty,
                              Kind::Toast,  Kind::OrgCard, Kind::Profile};
    return std::find(std::begin(kinds), std::end(kinds), kind) != std::end(kinds);
}

auto written_of(const view::Frame& frame, std::size_t at, bool is_detail) -> view::Rect {
    for (const auto& written : frame.written)
        if (written.placed == at && written.is_detail == is_detail) return written.rect;
    return {};
}

auto is_within(const view::Rect& inner, const view::Rect& outer) -> bool {
    return inner.x >= outer.x && inner.y >= outer.y &&
           inner.x + inner.width <= outer.x + outer.width + 0.5F &&
           inner.y + inner.height <= outer.y + outer.height + 0.5F;
}

}  // namespace

TEST_CASE("what holds others says where it wrote its own name, and the detail") {
    auto picture = sample::rich(false);
    picture.root.children.push_back(
        sample::node(Kind::Toasts, {}, {toast("The token is expired.")}));
    Stage stage{1280, 2400};
    stage.settle(picture);
    int seen = 0;
    for (std::size_t at = 0; at < stage.frame.placed.size(); ++at) {
        const Placed& placed = stage.frame.placed[at];
        if (!writes_words(placed.node->kind)) continue;
        for (const bool is_detail : {false, true}) {
            if ((is_detail ? placed.node->detail : placed.node->name).empty()) continue;
            CAPTURE(describe(placed));
            const auto written = written_of(stage.frame, at, is_detail);
            CHECK(written.height >= 16);
            CHECK(written.height < placed.rect.height);
            CHECK(is_within(written, placed.rect));
            ++seen;
        }
    }
    CHECK(seen > 6);
}
