// What is drawn can be read: each glyph's ink against what was painted below it, in every theme.
// Layer: tests. Reads Dear ImGui's own triangles, so no pair can be forgotten in a list.
#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "tests/ui/sample.hpp"
#include "tests/ui/stage.hpp"
#include "web/ui/theme.hpp"

using namespace pcc;
using stage::Stage;
using view::Theme;

namespace {

constexpr Theme themes[] = {Theme::Light, Theme::Dark, Theme::StrongLight, Theme::StrongDark};

struct Glyph {
    ImVec2 centre;
    ImU32 ink = 0;
    std::size_t order = 0;
};

struct Area {
    ImVec2 corners[3];
    ImVec4 clip;
    ImU32 ink = 0;
    std::size_t order = 0;
};

struct Drawn {
    std::vector<Glyph> glyphs;
    std::vector<Area> areas;
};

auto is_in(const ImVec4& clip, ImVec2 at) -> bool {
    return at.x >= clip.x && at.x < clip.z && at.y >= clip.y && at.y < clip.w;
}

auto side(ImVec2 a, ImVec2 b, ImVec2 at) -> float {
    return (b.x - a.x) * (at.y - a.y) - (b.y - a.y) * (at.x - a.x);
}

auto covers(const Area& area, ImVec2 at) -> bool {
    if (!is_in(area.clip, at)) return false;
    const float one = side(area.corners[0], area.corners[1], at);
    const float two = side(area.corners[1], area.corners[2], at);
    const float three = side(area.corners[2], area.corners[0], at);
    const bool negative = one < 0 || two < 0 || three < 0;
    const bool positive = one > 0 || two > 0 || three > 0;
    return !(negative && positive);
}

// The two triangles of a glyph span the atlas both ways; a plain area has one point of it.
void read_triangle(const ImDrawVert* corners[3], const ImVec4& clip, std::size_t order,
                   Drawn& drawn) {
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    bool plain = true;
    bool even = true;
    float low = 1;
    float high = 0;
    for (int i = 0; i < 3; ++i) {
        plain = plain && corners[i]->uv.x == white.x && corners[i]->uv.y == white.y;
        even = even && corners[i]->col == corners[0]->col;
        low = std::min(low, corners[i]->uv.y);
        high = std::max(high, corners[i]->uv.y);
    }
    if (!even) return;  // a soft edge or a shadow
    if (plain)
        drawn.areas.push_back(
            {{corners[0]->pos, corners[1]->pos, corners[2]->pos}, clip, corners[0]->col, order});
    // Each glyph is two triangles, the first of which starts at its top left: once is enough.
    const ImVec2 centre{(corners[0]->pos.x + corners[2]->pos.x) / 2,
                        (corners[0]->pos.y + corners[2]->pos.y) / 2};
    const bool first = corners[1]->pos.y == corners[0]->pos.y;
    if (!plain && first && high - low > 0.002F && is_in(clip, centre))
        drawn.glyphs.push_back({centre, corners[0]->col, order});
}

auto read_drawn() -> Drawn {
    Drawn drawn;
    std::size_t order = 0;
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists) {
        for (const ImDrawCmd& command : list->CmdBuffer) {
            for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
                const ImDrawVert* corners[3];
                for (unsigned c = 0; c < 3; ++c)
                    corners[c] = &list->VtxBuffer[static_cast<int>(
                        command.VtxOffset +
                        list->IdxBuffer[static_cast<int>(command.IdxOffset + i + c)])];
                read_triangle(corners, command.ClipRect, order++, drawn);
            }
        }
    }
    return drawn;
}

auto rgb(ImU32 ink) -> ui::Rgb {
    return (ink & 0xFF) << 16 | (ink & 0xFF00) | (ink >> 16 & 0xFF);
}

auto blend(ui::Rgb below, ImU32 ink) -> ui::Rgb {
    const std::uint32_t alpha = ink >> 24;
    ui::Rgb mixed = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        const std::uint32_t under = below >> shift & 0xFF;
        const std::uint32_t over = rgb(ink) >> shift & 0xFF;
        mixed |= (under * (255 - alpha) + over * alpha) / 255 << shift;
    }
    return mixed;
}

struct Reading {
    ui::Rgb ink = 0;
    ui::Rgb ground = 0;
    friend auto operator<(const Reading& a, const Reading& b) -> bool {
        return a.ink != b.ink ? a.ink < b.ink : a.ground < b.ground;
    }
};

// All lines of words between two heights. Units: CSS px.
struct Band {
    float top = 0;
    float bottom = 1e6F;
};

// Ink and ground of every glyph in a band that nothing lies over, each pair once.
auto readings_of(const Drawn& drawn, Band band) -> std::set<Reading> {
    std::set<Reading> readings;
    for (const Glyph& glyph : drawn.glyphs) {
        if (glyph.centre.y < band.top || glyph.centre.y > band.bottom) continue;
        ui::Rgb ground = 0xFF00FF;
        bool hidden = false;
        for (const Area& area : drawn.areas) {
            if (!covers(area, glyph.centre)) continue;
            hidden = hidden || area.order > glyph.order;
            if (area.order < glyph.order) ground = blend(ground, area.ink);
        }
        if (!hidden) readings.insert({rgb(glyph.ink), ground});
    }
    return readings;
}

auto is_listed(Theme theme, const Reading& reading) -> bool {
    for (const ui::Pair& pair : ui::text_pairs())
        if (ui::color(theme, pair.front) == reading.ink &&
            ui::color(theme, pair.ground) == reading.ground)
            return true;
    return false;
}

auto check_readable(Theme theme, Band band = {}) -> std::size_t {
    const bool strong = theme == Theme::StrongLight || theme == Theme::StrongDark;
    const auto readings = readings_of(read_drawn(), band);
    for (const Reading& reading : readings) {
        CAPTURE(reading.ink);
        CAPTURE(reading.ground);
        CHECK(ui::contrast(reading.ink, reading.ground) >= (strong ? 7 : 4.5));
        CHECK(is_listed(theme, reading));
    }
    return readings.size();
}

auto pictures(bool narrow) -> std::vector<view::Picture> {
    return {sample::rich(narrow),
            sample::tokens(narrow, sample::generate_dialog()),
            sample::tokens(narrow, sample::generated_dialog()),
            sample::assume(narrow),
            sample::assumed(narrow),
            sample::ended(narrow),
            sample::tokens(narrow)};
}

}  // namespace

TEST_CASE("every glyph that is drawn stands out from what is below it, in every theme") {
    for (const float width : {390.F, 1280.F}) {
        for (auto& picture : pictures(width < ui::narrow_width)) {
            for (const Theme theme : themes) {
                CAPTURE(picture.title);
                CAPTURE(static_cast<int>(theme));
                Stage stage{width, 3000};
                picture.theme = theme;
                stage.settle(picture);
                CHECK(check_readable(theme) >= 3);
            }
        }
    }
}

TEST_CASE("also under the pointer, and while it presses") {
    for (const Theme theme : themes) {
        for (auto& picture : pictures(false)) {
            picture.theme = theme;
            Stage stage{1280, 3000};
            stage.settle(picture);
            std::vector<view::Rect> pressable;
            for (const view::Placed& placed : stage.frame.placed)
                if (placed.part == view::Part::Whole && placed.node->on_press)
                    pressable.push_back(placed.rect);
            for (const view::Rect& rect : pressable) {
                CAPTURE(picture.title);
                CAPTURE(static_cast<int>(theme));
                stage.move(picture, rect.x + rect.width / 2, rect.y + rect.height / 2);
                check_readable(theme, {rect.y, rect.y + rect.height});
                ImGui::GetIO().AddMouseButtonEvent(0, true);
                stage.draw(picture);
                check_readable(theme, {rect.y, rect.y + rect.height});
                ImGui::GetIO().AddMouseButtonEvent(0, false);
                stage.draw(picture);
            }
        }
    }
}
