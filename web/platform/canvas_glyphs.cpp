// Answers Dear ImGui's questions about a face and fills its atlas.
// Layer: web/platform. Lays out no text.
#include "web/platform/canvas_glyphs.hpp"

#include <cmath>

#include <imgui_internal.h>

#include "web/platform/canvas_glyph_sheet.hpp"

extern "C" {
void pcc_glyphs_line(int face, float size, float* ascent_descent);
void pcc_glyphs_measure(int face, float size, int codepoint, float* box);
int pcc_glyphs_draw(int face, float size, int codepoint, int x, int y, int width, int height,
                    void* rgba);
}

namespace pcc::platform {

namespace {

/// Units: device pixels, from the point on the baseline where the glyph begins.
struct Box {
    float advance = 0;
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
};

auto face_of(const ImFontConfig& source) -> int {
    return static_cast<int>(source.FontNo);
}

auto density_of(const ImFontConfig& source, const ImFontBaked& baked) -> float {
    return source.RasterizerDensity * baked.RasterizerDensity;
}

auto init_source(ImFontAtlas*, ImFontConfig*) -> bool {
    return true;
}

// The browser has a glyph for whatever can be written, if need be from another font.
auto contains_glyph(ImFontAtlas*, ImFontConfig*, ImWchar codepoint) -> bool {
    return codepoint >= 0x20 && (codepoint < 0x7F || codepoint > 0x9F);
}

auto init_baked(ImFontAtlas*, ImFontConfig* source, ImFontBaked* baked, void*) -> bool {
    const float density = density_of(*source, *baked);
    float line[2] = {};
    pcc_glyphs_line(face_of(*source), baked->Size * density, line);
    baked->Ascent = std::round(line[0]) / density;
    baked->Descent = -std::round(line[1]) / density;
    return true;
}

void place(ImFontGlyph& glyph, const Box& box, const ImFontBaked& baked, float density) {
    glyph.X0 = box.left / density;
    glyph.Y0 = box.top / density + baked.Ascent;
    glyph.X1 = box.right / density;
    glyph.Y1 = box.bottom / density + baked.Ascent;
    glyph.Visible = true;
}

auto waiting_glyph(const ImFontConfig& source, const ImFontBaked& baked, ImWchar codepoint,
                   const Box& box) -> WaitingGlyph {
    WaitingGlyph glyph;
    glyph.face = face_of(source);
    glyph.size = baked.Size * density_of(source, baked);
    glyph.codepoint = static_cast<int>(codepoint);
    glyph.left = static_cast<int>(box.left);
    glyph.top = static_cast<int>(box.top);
    glyph.width = static_cast<int>(box.right - box.left);
    glyph.height = static_cast<int>(box.bottom - box.top);
    return glyph;
}

// At once, since its pixels say whether it has colours of its own.
void draw_now(ImFontAtlas& atlas, ImFontConfig& source, ImFontBaked& baked, ImFontGlyph& glyph,
              const WaitingGlyph& seen) {
    auto& pixels = atlas.Builder->TempBuffer;
    pixels.resize(seen.width * seen.height * 4);
    glyph.Colored = pcc_glyphs_draw(seen.face, seen.size, seen.codepoint, seen.left, seen.top,
                                    seen.width, seen.height, pixels.Data) != 0;
    ImFontAtlasBakedSetFontGlyphBitmap(&atlas, &baked, &source, &glyph,
                                       ImFontAtlasPackGetRect(&atlas, glyph.PackId), pixels.Data,
                                       ImTextureFormat_RGBA32, seen.width * 4);
}

auto draw_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, ImFontGlyph& glyph,
                const Box& box) -> bool {
    const auto seen = waiting_glyph(*source, *baked, glyph.Codepoint, box);
    if (seen.width <= 0 || seen.height <= 0) return true;
    glyph.PackId = ImFontAtlasPackAddRect(atlas, seen.width, seen.height);
    if (glyph.PackId == ImFontAtlasRectId_Invalid) return false;
    place(glyph, box, *baked, density_of(*source, *baked));
    if (may_be_coloured(glyph.Codepoint)) {
        draw_now(*atlas, *source, *baked, glyph, seen);
    } else {
        draw_glyph_later(*atlas, seen, glyph.PackId);
    }
    return true;
}

auto load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*,
                ImWchar codepoint, ImFontGlyph* glyph, float* advance) -> bool {
    const float density = density_of(*source, *baked);
    Box box;
    pcc_glyphs_measure(face_of(*source), baked->Size * density, static_cast<int>(codepoint),
                       &box.advance);
    if (advance) {
        *advance = box.advance / density;
        return true;
    }
    glyph->Codepoint = codepoint;
    glyph->AdvanceX = box.advance / density;
    return draw_glyph(atlas, source, baked, *glyph, box);
}

}  // namespace

auto glyph_loader() -> const ImFontLoader* {
    static ImFontLoader loader;
    loader.Name = "browser";
    loader.FontSrcInit = init_source;
    loader.FontSrcContainsGlyph = contains_glyph;
    loader.FontBakedInit = init_baked;
    loader.FontBakedLoadGlyph = load_glyph;
    return &loader;
}

}  // namespace pcc::platform
