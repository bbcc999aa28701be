// How the page is to look: what the system asks for, what the person chose, and what wins.
// Layer: tests.
#include "tests/support/desk.hpp"

using namespace pcc;
using testing::Desk;
using testing::find_node;
using view::Kind;
using view::Theme;

namespace {

auto picture_of(const Desk& desk) -> view::Picture {
    return view::view(desk.model);
}

auto offers(const Desk& desk, const std::string& name) -> bool {
    return find_node(picture_of(desk), Kind::Button, name).has_value();
}

}  // namespace

TEST_CASE("the theme is the system's until another one is chosen, also while the page is open") {
    Desk desk;
    CHECK(picture_of(desk).theme == Theme::Light);
    desk.send(app::SystemLookChanged{{.dark = true}});
    CHECK(picture_of(desk).theme == Theme::Dark);
    desk.press("Use the light theme");
    CHECK(picture_of(desk).theme == Theme::Light);
    REQUIRE(desk.last_effect<app::RememberLook>());
    CHECK(desk.last_effect<app::RememberLook>()->theme == "light");
}

TEST_CASE("more contrast makes either theme a stronger one, reduced motion stills it") {
    Desk desk;
    desk.send(app::SystemLookChanged{{.more_contrast = true}});
    CHECK(picture_of(desk).theme == Theme::StrongLight);
    CHECK_FALSE(picture_of(desk).reduced_motion);
    desk.send(
        app::SystemLookChanged{{.dark = true, .reduced_motion = true, .more_contrast = true}});
    CHECK(picture_of(desk).theme == Theme::StrongDark);
    CHECK(picture_of(desk).reduced_motion);
    desk.send(app::SystemLookChanged{{}});
    CHECK(picture_of(desk).theme == Theme::Light);
}

TEST_CASE("a plain page can be asked for and left, is remembered, and keeps what was typed") {
    Desk desk;
    desk.press("Generate New Token");
    const auto dialog = testing::open_dialog(picture_of(desk)) != nullptr;
    CHECK(dialog);
    desk.send(app::PressedEscape{});
    CHECK_FALSE(picture_of(desk).plain);
    desk.press("Show this as a plain page");
    CHECK(picture_of(desk).plain);
    REQUIRE(desk.last_effect<app::RememberLook>());
    CHECK(desk.last_effect<app::RememberLook>()->plain);
    CHECK_FALSE(offers(desk, "Show this as a plain page"));
    desk.press("Use the dark theme");
    CHECK(desk.last_effect<app::RememberLook>()->plain);
    desk.press("Show the full view");
    CHECK_FALSE(picture_of(desk).plain);
    CHECK_FALSE(desk.last_effect<app::RememberLook>()->plain);
    CHECK(desk.last_effect<app::RememberLook>()->theme == "dark");
}

TEST_CASE("forced colours show the plain page for as long as they are forced") {
    Desk desk;
    desk.send(app::SystemLookChanged{{.forced_colors = true}});
    CHECK(picture_of(desk).plain);
    CHECK_FALSE(offers(desk, "Show the full view"));
    CHECK_FALSE(offers(desk, "Show this as a plain page"));
    desk.send(app::SystemLookChanged{{}});
    CHECK_FALSE(picture_of(desk).plain);
    CHECK(offers(desk, "Show this as a plain page"));
}

TEST_CASE("without a canvas the page is plain and offers nothing else") {
    Desk desk;
    desk.model.display.has_canvas = false;
    CHECK(picture_of(desk).plain);
    CHECK_FALSE(offers(desk, "Show the full view"));
    desk.send(app::CanvasChanged{true});
    CHECK_FALSE(picture_of(desk).plain);
    desk.send(app::CanvasChanged{false});
    CHECK(picture_of(desk).plain);
}

TEST_CASE("the plain page has no folded menu, however narrow it is") {
    Desk desk;
    desk.send(app::Resized{390, 844});
    CHECK(offers(desk, "Open the menu"));
    desk.send(app::ChosePlain{true});
    CHECK_FALSE(offers(desk, "Open the menu"));
}
