// Lays waiting glyphs on one sheet, has it drawn and read once, and copies each into the atlas.
// Layer: web/platform. Measures nothing.
#include "web/platform/canvas_glyph_sheet.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include <imgui_internal.h>

extern "C" void pcc_glyphs_draw_sheet(const pcc::platform::WaitingGlyph* glyphs, std::size_t count,
                                      int width, int height, ImU32* pixels);

namespace pcc::platform {

namespace {

constexpr int sheet_width = 512;
constexpr ImU32 white =
    0x00FFFFFF;  // red, green and blue of a pixel; its alpha is how far it is covered

struct Waiting {
    ImFontAtlas* atlas = nullptr;
    WaitingGlyph glyph;
    ImFontAtlasRectId place = ImFontAtlasRectId_Invalid;
    int texture = 0;  // that had the place first; text of this frame may be drawn from it
    int x = 0;
    int y = 0;
};

auto waiting() -> std::vector<Waiting>& {
    static std::vector<Waiting> glyphs;
    return glyphs;
}

// One face and size after another: a canvas takes long to change its font.
void sort_by_font(std::vector<Waiting>& glyphs) {
    std::sort(glyphs.begin(), glyphs.end(), [](const Waiting& left, const Waiting& right) {
        const auto& [a, b] = std::pair(left.glyph, right.glyph);
        return a.face != b.face ? a.face < b.face : a.size < b.size;
    });
}

// From left to right in lines. Units: device pixels; the height of all lines.
auto lay_on_sheet(std::vector<Waiting>& glyphs) -> int {
    int x = 0;
    int y = 0;
    int line = 0;
    for (auto& one : glyphs) {
        auto& glyph = one.glyph;
        if (x + glyph.width > sheet_width) {
            x = 0;
            y += line;
            line = 0;
        }
        glyph.x = x;
        glyph.y = y;
        x += glyph.width;
        line = std::max(line, glyph.height);
    }
    return y + line;
}

void copy(const Waiting& one, const ImU32* sheet, ImTextureData& texture, int x, int y) {
    const auto& glyph = one.glyph;
    for (int row = 0; row < glyph.height; ++row) {
        const ImU32* from = sheet + (glyph.y + row) * sheet_width + glyph.x;
        auto* to = static_cast<ImU32*>(texture.GetPixelsAt(x, y + row));
        std::transform(from, from + glyph.width, to, [](ImU32 pixel) { return pixel | white; });
    }
    ImFontAtlasTextureBlockQueueUpload(one.atlas, &texture, x, y, glyph.width, glyph.height);
}

// Where the atlas has grown since, also into the texture it had before: both are drawn from.
void copy_into_atlas(const Waiting& one, const ImU32* sheet) {
    const auto* rect = ImFontAtlasPackGetRectSafe(one.atlas, one.place);
    if (rect == nullptr) return;  // let go before it was shown
    for (ImTextureData* texture : one.atlas->TexList)
        if (texture->UniqueID == one.texture) copy(one, sheet, *texture, one.x, one.y);
    ImTextureData& now = *one.atlas->TexData;
    if (now.UniqueID != one.texture) copy(one, sheet, now, rect->x, rect->y);
}

}  // namespace

auto may_be_coloured(std::uint32_t codepoint) -> bool {
    if (codepoint < 0x2000) return codepoint == 0xA9 || codepoint == 0xAE;
    return codepoint < 0x3040 || (codepoint >= 0x3290 && codepoint < 0x32A0) || codepoint > 0xFFFF;
}

void draw_glyph_later(ImFontAtlas& atlas, const WaitingGlyph& glyph, int place) {
    const int texture = atlas.TexData->UniqueID;
    if (!waiting().empty() && waiting().back().texture != texture) draw_waiting_glyphs();
    const auto* rect = ImFontAtlasPackGetRect(&atlas, place);
    waiting().push_back({&atlas, glyph, place, texture, rect->x, rect->y});
}

void draw_waiting_glyphs() {
    auto& glyphs = waiting();
    if (glyphs.empty()) return;
    sort_by_font(glyphs);
    const int height = lay_on_sheet(glyphs);
    std::vector<WaitingGlyph> drawn;
    for (const auto& one : glyphs)
        drawn.push_back(one.glyph);
    const std::unique_ptr<ImU32[]> sheet(new ImU32[static_cast<std::size_t>(sheet_width) * height]);
    pcc_glyphs_draw_sheet(drawn.data(), drawn.size(), sheet_width, height, sheet.get());
    for (const auto& one : glyphs)
        copy_into_atlas(one, sheet.get());
    glyphs.clear();
}

}  // namespace pcc::platform
