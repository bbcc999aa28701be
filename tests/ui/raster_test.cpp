// The rasteriser: exact pixels for shapes drawn by hand, and whole pictures drawn tile by tile.
// Layer: tests. How near it comes to a graphics card is compared in the browser.
#include "web/raster/raster.hpp"

#include <random>

#include <doctest/doctest.h>
#include <imgui_internal.h>

#include "tests/ui/sample.hpp"
#include "tests/ui/stage.hpp"

using namespace pcc;
using raster::Box;
using raster::Raster;
using stage::Stage;

namespace {

constexpr ImU32 black = IM_COL32(0, 0, 0, 255);
constexpr ImU32 white = IM_COL32(255, 255, 255, 255);
constexpr ImU32 blue = IM_COL32(10, 20, 200, 255);

/// A draw list of its own, outside any window, and the draw data around it.
struct Sheet {
    Sheet(float width, float height, float scale = 1) : list(ImGui::GetDrawListSharedData()) {
        list._ResetForNewFrame();
        list.PushTexture(ImGui::GetIO().Fonts->TexRef);
        list.PushClipRect({0, 0}, {width, height});
        data.DisplaySize = {width, height};
        data.FramebufferScale = {scale, scale};
    }

    auto draw(Raster& onto) -> void {
        data.CmdLists.clear();
        data.CmdListsCount = 0;
        data.AddDrawList(&list);
        onto.draw(data);
    }

    void triangle(ImVec2 a, ImVec2 b, ImVec2 c, ImU32 ink_a, ImU32 ink_b, ImU32 ink_c) {
        const ImVec2 uv = ImGui::GetFontTexUvWhitePixel();
        list.PrimReserve(3, 3);
        const auto first = static_cast<ImDrawIdx>(list._VtxCurrentIdx);
        list.PrimWriteVtx(a, uv, ink_a);
        list.PrimWriteVtx(b, uv, ink_b);
        list.PrimWriteVtx(c, uv, ink_c);
        for (ImDrawIdx i = 0; i < 3; ++i)
            list.PrimWriteIdx(first + i);
    }

    ImDrawList list;
    ImDrawData data;
};

auto pixel(const Raster& raster, int x, int y) -> ImU32 {
    return raster.pixels()[y * raster.width() + x];
}

auto all_pixels(const Raster& raster) -> std::vector<ImU32> {
    return {raster.pixels(), raster.pixels() + raster.width() * raster.height()};
}

auto count(const Raster& raster, ImU32 ink) -> int {
    const auto pixels = all_pixels(raster);
    return static_cast<int>(std::count(pixels.begin(), pixels.end(), ink));
}

auto area(const std::vector<Box>& boxes) -> int {
    int sum = 0;
    for (const Box& box : boxes)
        sum += (box.right - box.left) * (box.bottom - box.top);
    return sum;
}

auto holds(const std::vector<Box>& boxes, int x, int y) -> bool {
    return std::any_of(boxes.begin(), boxes.end(), [&](const Box& box) {
        return raster::covers(box, {x, y, x + 1, y + 1});
    });
}

void draw_stage(Raster& onto) {
    onto.draw(*ImGui::GetDrawData());
}

/// A stage whose fonts are in the atlas, so that a sheet can be drawn beside it.
struct Ready {
    Ready() { stage.settle(sample::tokens(false)); }
    Stage stage{1280, 800};
};

}  // namespace

TEST_CASE("a box fills the pixels whose centres it holds, and no others") {
    Ready ready;
    Raster raster;
    Sheet sheet{40, 20};
    sheet.list.AddRectFilled({2.5F, 3}, {6.4F, 5}, blue);
    sheet.draw(raster);
    CHECK(raster.width() == 40);
    CHECK(raster.height() == 20);
    CHECK(pixel(raster, 2, 3) == blue);  // its centre lies on the left edge, which belongs to it
    CHECK(pixel(raster, 5, 4) == blue);
    CHECK(count(raster, blue) == 4 * 2);
    CHECK(count(raster, black) == 40 * 20 - 8);
}

TEST_CASE("device pixels are finer than CSS pixels on a dense screen") {
    Ready ready;
    Raster raster;
    Sheet sheet{40, 20, 1.5F};
    sheet.list.AddRectFilled({2, 2}, {4, 4}, blue);
    sheet.draw(raster);
    CHECK(raster.width() == 60);
    CHECK(raster.height() == 30);
    CHECK(pixel(raster, 3, 3) == blue);
    CHECK(count(raster, blue) == 9);
}

TEST_CASE("ink blends by its alpha with what lies below") {
    Ready ready;
    Raster raster;
    Sheet sheet{8, 8};
    sheet.list.AddRectFilled({0, 0}, {8, 8}, white);
    sheet.list.AddRectFilled({0, 0}, {4, 8}, IM_COL32(0, 0, 255, 128));
    sheet.list.AddRectFilled({0, 0}, {8, 8}, IM_COL32(9, 9, 9, 0));
    sheet.draw(raster);
    const ImU32 mixed = pixel(raster, 1, 1);
    CHECK((mixed >> IM_COL32_A_SHIFT) == 255);
    CHECK((mixed & 0xFF) == doctest::Approx(127).epsilon(0.02));
    CHECK((mixed >> 16 & 0xFF) == 255);
    CHECK(pixel(raster, 6, 1) == white);
}

TEST_CASE("nothing is drawn outside the clip rectangle") {
    Ready ready;
    Raster raster;
    Sheet sheet{300, 100};
    sheet.list.PushClipRect({120, 20}, {140, 50}, true);
    sheet.list.AddRectFilled({-1000, -1000}, {1000, 1000}, blue);
    sheet.list.AddCircleFilled({130, 40}, 60, white);
    sheet.list.PopClipRect();
    sheet.draw(raster);
    CHECK(count(raster, black) == 300 * 100 - 20 * 30);
    CHECK(pixel(raster, 119, 30) == black);
    CHECK(pixel(raster, 120, 30) == white);
    CHECK(pixel(raster, 139, 49) == white);
}

TEST_CASE("triangles that share an edge leave no seam and overlap nowhere") {
    Ready ready;
    std::mt19937 chance{7};
    std::uniform_real_distribution<float> share{0.01F, 0.99F};
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        Raster raster;
        Sheet sheet{200, 150};
        const ImVec2 middle{share(chance) * 200, share(chance) * 150};
        const ImVec2 around[] = {
            {-1, -1},   {share(chance) * 200, -1},  {201, -1}, {201, share(chance) * 150},
            {201, 151}, {share(chance) * 200, 151}, {-1, 151}, {-1, share(chance) * 150}};
        const ImU32 ink = IM_COL32(255, 255, 255, 100);
        for (int i = 0; i < 8; ++i)
            sheet.triangle(middle, around[i], around[(i + 1) % 8], ink, ink, ink);
        sheet.draw(raster);
        CHECK(count(raster, pixel(raster, 0, 0)) == 200 * 150);
        CHECK(pixel(raster, 0, 0) != black);
    }
}

TEST_CASE("the alpha of a triangle runs from corner to corner") {
    Ready ready;
    Raster raster;
    Sheet sheet{100, 100};
    const ImU32 clear = IM_COL32(255, 255, 255, 0);
    sheet.triangle({0, 0}, {100, 0}, {0, 100}, white, clear, white);
    sheet.draw(raster);
    for (const int x : {5, 25, 50, 75}) {
        CAPTURE(x);
        const auto shade = static_cast<float>(pixel(raster, x, 10) & 0xFF);
        CHECK(shade ==
              doctest::Approx(255 * (1 - (static_cast<float>(x) + 0.5F) / 100)).epsilon(0.03));
    }
}

TEST_CASE("a glyph on whole pixels is the atlas, tinted") {
    Ready ready;
    Raster raster;
    Sheet sheet{60, 40};
    const ImFontBaked& baked = *ui::baked_at(ready.stage.fonts, ui::Face::Regular, 14);
    const ImFontGlyph& glyph = *const_cast<ImFontBaked&>(baked).FindGlyph('G');
    const ImTextureData& texture = *ImGui::GetIO().Fonts->TexData;
    const int left = static_cast<int>(glyph.U0 * static_cast<float>(texture.Width) + 0.5F);
    const int top = static_cast<int>(glyph.V0 * static_cast<float>(texture.Height) + 0.5F);
    const int width =
        static_cast<int>((glyph.U1 - glyph.U0) * static_cast<float>(texture.Width) + 0.5F);
    const int height =
        static_cast<int>((glyph.V1 - glyph.V0) * static_cast<float>(texture.Height) + 0.5F);
    REQUIRE(width > 4);
    sheet.list.PrimReserve(6, 4);
    sheet.list.PrimRectUV({10, 10},
                          {10 + static_cast<float>(width), 10 + static_cast<float>(height)},
                          {glyph.U0, glyph.V0}, {glyph.U1, glyph.V1}, white);
    sheet.draw(raster);
    const auto* texels = reinterpret_cast<const ImU32*>(texture.Pixels);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const unsigned coverage = texels[(top + y) * texture.Width + left + x] >> 24;
            const unsigned shade = pixel(raster, 10 + x, 10 + y) & 0xFF;
            CHECK(std::abs(static_cast<int>(shade) - static_cast<int>(coverage)) <= 2);
        }
    }
}

TEST_CASE("a frame like the last one changes nothing, another word only its tiles") {
    Ready ready;
    Raster raster;
    draw_stage(raster);
    CHECK(area(raster.changed()) == 1280 * 800);
    CHECK(raster.changed().size() == 1);
    ready.stage.draw(sample::tokens(false));
    draw_stage(raster);
    CHECK(raster.changed().empty());
    raster.forget();
    draw_stage(raster);
    CHECK(area(raster.changed()) == 1280 * 800);
}

TEST_CASE("what changed is told, and drawn tile by tile it is what it would be drawn at once") {
    std::mt19937 chance{11};
    std::uniform_real_distribution<float> share{0, 1};
    for (const float width : {390.F, 1283.F}) {
        const bool narrow = width < ui::narrow_width;
        const view::Picture pictures[] = {
            sample::tokens(narrow), sample::tokens(narrow, sample::generate_dialog()),
            sample::assume(narrow), sample::assumed(narrow), sample::rich(narrow)};
        Stage stage{width, 797};
        Raster raster;
        for (int round = 0; round < 40; ++round) {
            CAPTURE(round);
            const auto& picture = pictures[static_cast<int>(share(chance) * 4.99F)];
            stage.move(picture, share(chance) * width, share(chance) * 797);
            if (share(chance) < 0.5F) stage.wheel(picture, share(chance) * 6 - 3);
            const auto before = round == 0 ? std::vector<ImU32>{} : all_pixels(raster);
            draw_stage(raster);
            const auto now = all_pixels(raster);
            Raster fresh;
            draw_stage(fresh);
            CHECK(now == all_pixels(fresh));
            int untold = 0;
            for (std::size_t i = 0; i < before.size(); ++i) {
                const int x = static_cast<int>(i) % raster.width();
                const int y = static_cast<int>(i) / raster.width();
                untold += before[i] != now[i] && !holds(raster.changed(), x, y);
            }
            CHECK(untold == 0);
        }
    }
}

TEST_CASE("another size begins anew") {
    Ready ready;
    Raster raster;
    for (const float width : {300.F, 200.F, 257.F}) {
        Sheet sheet{width, 33};
        sheet.list.AddRectFilled({0, 0}, {width, 33}, blue);
        sheet.draw(raster);
        CHECK(count(raster, blue) == static_cast<int>(width) * 33);
        CHECK(area(raster.changed()) == static_cast<int>(width) * 33);
    }
}
