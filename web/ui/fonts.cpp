// Faces, sizes and tabular figures on top of Dear ImGui's font atlas.
// Layer: web/ui. Reads no font file.
#include "web/ui/fonts.hpp"

#include <algorithm>

#include <imgui_internal.h>

#ifdef IMGUI_ENABLE_FREETYPE
#include "misc/freetype/imgui_freetype.h"

namespace {
const ImFontLoader* default_loader = nullptr;
}

// Dear ImGui asks for its default rasteriser here; the one handed to add_fonts is the only one.
auto ImGuiFreeType::GetFontLoader() -> const ImFontLoader* {
    return default_loader;
}
#endif

namespace pcc::ui {

namespace {

constexpr float reference_size = 14;

constexpr auto index_of(Face face) -> int {
    return static_cast<int>(face);
}

// Rasterisers round the ends of their figures differently; half of what is missing goes to each
// side.
void widen(ImFontBaked& baked, ImFontGlyph& glyph, float width) {
    const float shift = (width - glyph.AdvanceX) / 2;
    glyph.X0 += shift;
    glyph.X1 += shift;
    glyph.AdvanceX = width;
    baked.IndexAdvanceX[static_cast<int>(glyph.Codepoint)] = width;
}

auto has_equal_figures(ImFontBaked& baked) -> bool {
    if (baked.IndexAdvanceX.Size <= '9') return false;
    const float* zero = baked.IndexAdvanceX.Data + '0';
    return *zero >= 0 &&
           std::all_of(zero + 1, zero + 10, [&](float other) { return other == *zero; });
}

void equalise_figures(ImFontBaked& baked) {
    if (has_equal_figures(baked)) return;
    float widest = 0;
    for (ImWchar figure = '0'; figure <= '9'; ++figure)
        widest = std::max(widest, baked.FindGlyph(figure)->AdvanceX);
    for (ImWchar figure = '0'; figure <= '9'; ++figure) {
        ImFontGlyph* glyph = baked.FindGlyph(figure);
        if (glyph->Codepoint == figure) widen(baked, *glyph, widest);
    }
}

}  // namespace

auto add_fonts(ImFontAtlas& atlas, const ImFontLoader* loader, const FontFile* files) -> Fonts {
#ifdef IMGUI_ENABLE_FREETYPE
    default_loader = loader;
#endif
    Fonts fonts;
    for (int i = 0; i < face_count; ++i) {
        ImFontConfig config;
        config.FontNo = static_cast<ImU32>(i);
        config.FontLoader = loader;
        config.SizePixels = reference_size;
        if (loader == nullptr) {
            config.FontNo = 0;
            config.FontData = const_cast<void*>(files[i].data);
            config.FontDataSize = files[i].size;
            config.FontDataOwnedByAtlas = false;
            config.SizePixels = -reference_size;  // negative: em size, not line height
        }
        fonts.face[i] = atlas.AddFont(&config);
        fonts.face[i]->LegacySize = reference_size;
        fonts.face[i]->Sources[0]->SizePixels = reference_size;  // limits are scaled from it
    }
    return fonts;
}

auto baked_at(const Fonts& fonts, Face face, float size) -> ImFontBaked* {
    ImFont* font = fonts.face[index_of(face)];
    font->CurrentRasterizerDensity = ImGui::GetFontRasterizerDensity();
    ImFontBaked* baked = font->GetFontBaked(size);
    equalise_figures(*baked);
    return baked;
}

}  // namespace pcc::ui
