// Glyphs that are measured now and drawn together before the frame is shown: reading pixels back
// one glyph after another takes most of the time that a first frame spends on text. Layer:
// web/platform. Of Dear ImGui it knows the atlas; JavaScript in canvas_glyphs.js.
#pragma once

#include <cstdint>

struct ImFontAtlas;

namespace pcc::platform {

/// A glyph with a place in the atlas and no pixels yet.
/// The order is that of canvas_glyphs.js. Units: device pixels.
struct WaitingGlyph {
    std::int32_t face = 0;
    float size = 0;
    std::int32_t codepoint = 0;
    std::int32_t left = 0;  // of its box, from the point on the baseline where the glyph begins
    std::int32_t top = 0;
    std::int32_t width = 0;
    std::int32_t height = 0;
    std::int32_t x = 0;  // on the sheet
    std::int32_t y = 0;
};

/// Whether the browser may draw it in colours of its own, which are known only from its pixels.
auto may_be_coloured(std::uint32_t codepoint) -> bool;

/// `place`: the number of its rectangle in the atlas.
void draw_glyph_later(ImFontAtlas& atlas, const WaitingGlyph& glyph, int place);

/// Gives all that wait their pixels. Called before a frame is shown.
void draw_waiting_glyphs();

}  // namespace pcc::platform
