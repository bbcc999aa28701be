// Measures, breaks, shortens and draws words.
// Layer: web/ui. Knows type and colour, no nodes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/ui/theme.hpp"
#include "web/ui/type_scale.hpp"

namespace pcc::ui {

/// The width of one line. Units: CSS px.
auto text_width(const Fonts& fonts, Type type, std::string_view text) -> float;

/// The lines `text` takes within `width`: broken at spaces, and inside a word that is too long
/// alone.
auto break_lines(const Fonts& fonts, Type type, std::string_view text, float width)
    -> std::vector<std::string_view>;

/// `text` as it is, or its beginning and "…" where it is wider than `width`.
auto shortened(const Fonts& fonts, Type type, std::string_view text, float width) -> std::string;

/// Draws one line; `x`, `y` are the top left of its line box.
void draw_text(ImDrawList& list, const Fonts& fonts, Type type, ImU32 ink, float x, float y,
               std::string_view text);

/// Draws one line with some space after each letter. Units: CSS px.
void draw_spaced(ImDrawList& list, const Fonts& fonts, Type type, ImU32 ink, float x, float y,
                 std::string_view text, float space);

/// A colour as Dear ImGui takes it. Units: `alpha` 0 to 1.
auto ink_of(Rgb rgb, float alpha = 1) -> ImU32;

}  // namespace pcc::ui
