// Words: width, lines, the "…" at the end of what is too long.
// Layer: web/ui. Knows type and colour, no nodes.
#include "web/ui/text.hpp"

#include <cmath>

#include <imgui_internal.h>

namespace pcc::ui {

namespace {

constexpr std::string_view ellipsis = "…";

// The next character, and how many bytes it takes (at least one).
auto next_character(std::string_view text, unsigned& character) -> std::size_t {
    const int bytes = ImTextCharFromUtf8(&character, text.data(), text.data() + text.size());
    return bytes > 0 ? static_cast<std::size_t>(bytes) : 1;
}

auto advance_of(ImFontBaked& baked, unsigned character) -> float {
    return character < 32 ? 0 : baked.GetCharAdvance(static_cast<ImWchar>(character));
}

// How many bytes of `text` fit into `width`; at least one character.
auto fitting(ImFontBaked& baked, std::string_view text, float width) -> std::size_t {
    std::size_t end = 0;
    float used = 0;
    while (end < text.size()) {
        unsigned character = 0;
        const std::size_t bytes = next_character(text.substr(end), character);
        used += advance_of(baked, character);
        if (used > width && end > 0) break;
        end += bytes;
    }
    return end;
}

auto width_of(ImFontBaked& baked, std::string_view text) -> float {
    float width = 0;
    while (!text.empty()) {
        unsigned character = 0;
        text.remove_prefix(next_character(text, character));
        width += advance_of(baked, character);
    }
    return width;
}

// Where the line that begins `text` ends, and where the next one starts.
struct Break {
    std::size_t end = 0;
    std::size_t next = 0;
};

auto first_line(ImFontBaked& baked, std::string_view text, float width) -> Break {
    const std::size_t hard = text.find('\n');
    const std::string_view line = text.substr(0, hard);
    const std::size_t fits = fitting(baked, line, width);
    if (fits == line.size()) return {fits, hard == std::string_view::npos ? fits : fits + 1};
    if (line[fits] == ' ') return {fits, fits + 1};
    const std::size_t space = line.rfind(' ', fits);
    if (space == std::string_view::npos || space == 0) return {fits, fits};
    return {space, space + 1};
}

// Half the height of capitals, as a share of the type size: nearly the same in all faces for
// screens.
constexpr float half_capital = 0.364F;

// The nearest place where a pixel of the screen begins: glyphs are drawn sharp there.
auto on_pixel(float place) -> float {
    const float density = ImGui::GetFontRasterizerDensity();
    return std::floor(place * density + 0.5F) / density;
}

// Where glyphs begin so that capitals stand in the middle of their line box; the baseline lies the
// ascent below it.
auto glyph_top(const ImFontBaked& baked, Type type, float y) -> float {
    const float baseline = y + type.line / 2 + half_capital * type.size;
    return on_pixel(baseline - baked.Ascent);
}

// Dear ImGui begins text at whole px of the page; pixels of a dense screen begin between them too.
void move_on(ImDrawList& list, int first, const ImVec2& by) {
    if (by.x == 0 && by.y == 0) return;
    for (int i = first; i < list.VtxBuffer.Size; ++i) {
        list.VtxBuffer[i].pos.x += by.x;
        list.VtxBuffer[i].pos.y += by.y;
    }
}

}  // namespace

auto text_width(const Fonts& fonts, Type type, std::string_view text) -> float {
    return std::ceil(width_of(*baked_at(fonts, type.face, type.size), text));
}

auto break_lines(const Fonts& fonts, Type type, std::string_view text, float width)
    -> std::vector<std::string_view> {
    ImFontBaked& baked = *baked_at(fonts, type.face, type.size);
    std::vector<std::string_view> lines;
    do {
        const Break at = first_line(baked, text, width + 0.5F);
        lines.push_back(text.substr(0, at.end));
        text.remove_prefix(at.next);
    } while (!text.empty());
    return lines;
}

auto shortened(const Fonts& fonts, Type type, std::string_view text, float width) -> std::string {
    ImFontBaked& baked = *baked_at(fonts, type.face, type.size);
    if (width_of(baked, text) <= width + 0.5F) return std::string{text};
    const float room = width - width_of(baked, ellipsis);
    std::string_view kept = text.substr(0, room > 0 ? fitting(baked, text, room) : 0);
    while (!kept.empty() && kept.back() == ' ')
        kept.remove_suffix(1);
    return std::string{kept}.append(ellipsis);
}

void draw_text(ImDrawList& list, const Fonts& fonts, Type type, ImU32 ink, float x, float y,
               std::string_view text) {
    if (text.empty()) return;
    const ImVec2 at{on_pixel(x), glyph_top(*baked_at(fonts, type.face, type.size), type, y)};
    const int first = list.VtxBuffer.Size;
    list.AddText(fonts.face[static_cast<int>(type.face)], type.size, at, ink, text.data(),
                 text.data() + text.size());
    move_on(list, first, {at.x - ImTrunc(at.x), at.y - ImTrunc(at.y)});
}

void draw_spaced(ImDrawList& list, const Fonts& fonts, Type type, ImU32 ink, float x, float y,
                 std::string_view text, float space) {
    ImFontBaked& baked = *baked_at(fonts, type.face, type.size);
    const float top = glyph_top(baked, type, y);
    x = on_pixel(x);
    while (!text.empty()) {
        unsigned character = 0;
        text.remove_prefix(next_character(text, character));
        const ImFontGlyph& glyph = *baked.FindGlyph(static_cast<ImWchar>(character));
        if (glyph.Visible) {
            list.PrimReserve(6, 4);
            list.PrimRectUV({x + glyph.X0, top + glyph.Y0}, {x + glyph.X1, top + glyph.Y1},
                            {glyph.U0, glyph.V0}, {glyph.U1, glyph.V1}, ink);
        }
        x += glyph.AdvanceX + space;
    }
}

auto ink_of(Rgb rgb, float alpha) -> ImU32 {
    return IM_COL32(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF,
                    static_cast<int>(alpha * 255 + 0.5F));
}

}  // namespace pcc::ui
