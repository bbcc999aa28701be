// Headings and texts: words that wrap, or that are shortened in a table's cell.
// Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"

namespace pcc::ui {

namespace {

auto type_of(const Pen& pen, view::TextStyle style) -> Type {
    if (pen.fine) return style == view::TextStyle::Mono ? type::mono_note : type::note;
    switch (style) {
        case view::TextStyle::Strong: return pen.dense ? type::table_strong : type::body_strong;
        case view::TextStyle::Small:
        case view::TextStyle::SmallMuted: return type::table;
        case view::TextStyle::Mono: return type::mono;
        case view::TextStyle::Body:
        case view::TextStyle::Muted:
        case view::TextStyle::Faint: break;
    }
    return pen.dense ? type::table : type::body;
}

auto quiet_role(const Pen& pen, view::TextStyle style) -> Role {
    switch (style) {
        case view::TextStyle::Muted:
        case view::TextStyle::SmallMuted: return Role::Muted;
        case view::TextStyle::Faint: return pen.faint();
        default: return Role::Text;
    }
}

auto heading_type(int level) -> Type {
    if (level <= 1) return type::page;
    return level == 2 ? type::card : type::table_strong;
}

}  // namespace

auto words_of(const Pen& pen, view::TextStyle style, view::Tone tone) -> Words {
    const Type type = type_of(pen, style);
    if (pen.ground == Ground::Banner) return {type, Role::OnActing};
    if (pen.ground == Ground::Sidebar) return {type, Role::SidebarText};
    if (tone != view::Tone::Plain) return {type, tone_text(tone)};
    return {type, quiet_role(pen, style)};
}

auto words_of(const Pen& pen, const view::Node& text) -> Words {
    return words_of(pen, text.style, text.tone);
}

auto measure_heading(const Pen& pen, const view::Node& node, float width) -> Size {
    return measure_lines(pen, heading_type(node.level), node.name, width);
}

void draw_heading(const Pen& pen, const view::Node& node, const Rect& rect) {
    write_lines(pen, heading_type(node.level), Role::Text, rect.x, rect.y, node.name, rect.width);
}

auto measure_text(const Pen& pen, const view::Node& node, float width) -> Size {
    return measure_lines(pen, words_of(pen, node).type, node.name, width);
}

void draw_text(const Pen& pen, const view::Node& node, const Rect& rect) {
    const Words words = words_of(pen, node);
    write_lines(pen, words.type, words.role, rect.x, rect.y, node.name, rect.width);
}

}  // namespace pcc::ui
