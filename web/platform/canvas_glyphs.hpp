// Glyphs rasterised by the browser's own text engine: no font is shipped, every script is there.
// Layer: web/platform. Knows faces by their number in ImFontConfig::FontNo; JavaScript in
// canvas_glyphs.js.
#pragma once

struct ImFontLoader;

namespace pcc::platform {

/// Faces 0 to 3: regular, medium, semibold, monospaced. Sizes are CSS em sizes.
auto glyph_loader() -> const ImFontLoader*;

}  // namespace pcc::platform
