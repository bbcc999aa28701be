// Chips, dots and bars: a word in a box, a mark beside words, a line that shows a share.
// Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::Node;
using view::Tone;

// Units: CSS px.
constexpr float chip_padding = 10;
constexpr float dot_size = 8;
constexpr float bar_height = 4;
constexpr float bar_room = 6;
constexpr float bar_width = 120;

auto chip_height(const Pen& pen) -> float {
    return pen.in_cell() ? 20 : 22;
}

}  // namespace

auto measure_chip(const Pen& pen, const Node& node, float width) -> Size {
    const float words = text_width(pen.fonts, type::label, node.name);
    return {std::min(width, words + 2 * chip_padding), chip_height(pen)};
}

void draw_chip(const Pen& pen, const Node& node, const Rect& rect) {
    const bool plain = node.tone == Tone::Plain;
    fill(pen.list, rect, pen.ink(tone_soft(node.tone)), rect.height / 2);
    if (plain) outline(pen.list, rect, pen.ink(Role::Line), rect.height / 2);
    const Type type = type::label;
    write(pen, type, plain ? Role::Muted : tone_text(node.tone), rect.x + chip_padding,
          middle(rect, type.line), node.name, rect.width - 2 * chip_padding);
}

auto measure_dot(const Pen&, const Node&, float) -> Size {
    return {dot_size, dot_size};
}

void draw_dot(const Pen& pen, const Node& node, const Rect& rect) {
    const Role role = node.tone == Tone::Plain ? Role::Muted : tone_text(node.tone);
    pen.list.AddCircleFilled({rect.x + dot_size / 2, rect.y + dot_size / 2}, dot_size / 2,
                             pen.ink(role));
}

auto measure_bar(const Pen&, const Node&, float width) -> Size {
    return {std::min(width, bar_width), bar_room};
}

// Amber when the view says that it will soon be over.
void draw_bar(const Pen& pen, const Node& node, const Rect& rect) {
    const Rect track{rect.x, rect.y + (rect.height - bar_height) / 2, rect.width, bar_height};
    fill(pen.list, track, pen.ink(Role::Line), bar_height / 2);
    const float share = std::clamp(node.fraction, 0.F, 1.F);
    if (share <= 0) return;
    const bool low = node.tone == Tone::Warn;
    const Rect part{track.x, track.y, std::max(bar_height, track.width * share), bar_height};
    fill(pen.list, part, pen.ink(low ? Role::BarWarn : Role::Accent), bar_height / 2);
}

}  // namespace pcc::ui
