// Colours: every pair that is drawn can be read, in every theme.
// Layer: tests.
#include "web/ui/theme.hpp"

#include <doctest/doctest.h>

using namespace pcc;
using ui::Role;
using view::Theme;

namespace {

constexpr Theme usual[] = {Theme::Light, Theme::Dark};
constexpr Theme strong[] = {Theme::StrongLight, Theme::StrongDark};

void check_pairs(std::span<const ui::Pair> pairs, std::span<const Theme> themes, double least) {
    for (const ui::Pair& pair : pairs)
        for (const Theme theme : themes) {
            CAPTURE(static_cast<int>(pair.front));
            CAPTURE(static_cast<int>(pair.ground));
            CAPTURE(static_cast<int>(theme));
            CHECK(ui::contrast(ui::color(theme, pair.front), ui::color(theme, pair.ground)) >=
                  least);
        }
}

auto has_pair(Role front, Role ground) -> bool {
    for (const ui::Pair& pair : ui::text_pairs())
        if (pair.front == front && pair.ground == ground) return true;
    return false;
}

}  // namespace

TEST_CASE("contrast is that of WCAG: 21 for black on white, 1 for a colour on itself") {
    CHECK(ui::contrast(0x000000, 0xFFFFFF) == doctest::Approx(21));
    CHECK(ui::contrast(0x2F5BEA, 0x2F5BEA) == doctest::Approx(1));
    CHECK(ui::contrast(0x777777, 0xFFFFFF) == doctest::Approx(4.48).epsilon(0.002));
}

TEST_CASE("all text on all its grounds has a contrast of at least 4.5") {
    check_pairs(ui::text_pairs(), usual, 4.5);
}

TEST_CASE("where more contrast is asked for, all text has one of at least 7") {
    check_pairs(ui::text_pairs(), strong, 7);
}

TEST_CASE("marks that carry meaning have a contrast of at least 3") {
    check_pairs(ui::mark_pairs(), usual, 3);
    check_pairs(ui::mark_pairs(), strong, 3);
}

TEST_CASE(
    "where more contrast is asked for, quiet words are as strong as others, lines can be seen") {
    for (const Theme theme : strong) {
        CHECK(ui::color(theme, Role::Muted) == ui::color(theme, Role::Faint));
        for (const Role ground : {Role::Background, Role::Surface, Role::Raised}) {
            const auto at = ui::color(theme, ground);
            CHECK(ui::contrast(ui::color(theme, Role::Line), at) >= 3);
            CHECK(ui::contrast(ui::color(theme, Role::Frame), at) >= 7);
            CHECK(ui::contrast(ui::color(theme, Role::Muted), at) >= 10);
        }
    }
}

TEST_CASE("the words of every tone are held against its soft ground") {
    for (const view::Tone tone : {view::Tone::Plain, view::Tone::Accent, view::Tone::Ok,
                                  view::Tone::Warn, view::Tone::Bad, view::Tone::Acting}) {
        CAPTURE(static_cast<int>(tone));
        CHECK(has_pair(ui::tone_text(tone), ui::tone_soft(tone)));
    }
}

TEST_CASE("the palette is that of the look") {
    CHECK(ui::color(Theme::Light, Role::Accent) == 0x2F5BEA);
    CHECK(ui::color(Theme::Dark, Role::Accent) == 0x7C9BFF);
    CHECK(ui::color(Theme::Light, Role::Acting) == 0x5B21B6);
    CHECK(ui::color(Theme::Dark, Role::Background) == 0x0E1116);
}
