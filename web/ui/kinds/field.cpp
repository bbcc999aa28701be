// Text fields: label, frame, hint. What is in them is drawn by the real input laid over the frame.
// Layer: web/ui. One kind.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::FieldKind;
using view::Node;
using view::Tone;

// Units: CSS px.
constexpr float label_gap = 6;
constexpr float hint_gap = 8;
constexpr float preferred_width = 320;

auto frame_height(const Pen& pen, const Node& node) -> float {
    return touch_height(pen, node.field->kind == FieldKind::TokenId ? 42 : 34);
}

// A search field says what it is by its placeholder.
auto shows_label(const Node& node) -> bool {
    return !node.name.empty() && node.field->kind != FieldKind::Search;
}

auto label_height(const Pen& pen, const Node& node, float width) -> float {
    if (!shows_label(node)) return 0;
    return measure_lines(pen, type::table_strong, node.name, width).height + label_gap;
}

auto note_of(const Node& node) -> const std::string& {
    return node.field->error.empty() ? node.field->hint : node.field->error;
}

auto note_role(const Node& node) -> Role {
    if (!node.field->error.empty()) return Role::Bad;
    return node.field->hint_tone == Tone::Plain ? Role::Muted : tone_text(node.field->hint_tone);
}

void draw_frame(const Pen& pen, const Node& node, const Rect& frame) {
    const bool focused = pen.input.focused == pen.key;
    const bool wrong = !node.field->error.empty();
    fill(pen.list, frame, pen.ink(node.disabled ? Role::Disabled : Role::Surface), radius_button);
    Role line = Role::Frame;
    if (wrong) line = Role::Bad;
    if (focused && !wrong) line = pen.picture.assuming ? Role::ActingRing : Role::Ring;
    outline(pen.list, frame, pen.ink(line), radius_button, focused ? 2 : 1);
}

void draw_key_hint(const Pen& pen, const Rect& frame) {
    const Type type = type::table;
    const float x = right(frame) - field_padding - text_width(pen.fonts, type, "/");
    write(pen, type, Role::Muted, x, middle(frame, type.line), "/");
}

// Under a dialog the input is not shown, for it would lie over what covers it: the words alone are.
void draw_covered_words(const Pen& pen, const Node& node, const Rect& frame) {
    const auto& field = *node.field;
    if (field.kind == FieldKind::Password) return;
    const bool is_empty = field.value.empty();
    Type type = field.kind == FieldKind::Search ? type::table : type::body;
    if (field.kind == FieldKind::TokenId) type = type::mono;
    const float room = frame.width - 2 * field_padding - field_hint_room;
    write(pen, type, is_empty ? Role::Faint : Role::Text, frame.x + field_padding,
          middle(frame, type.line),
          shortened(pen.fonts, type, is_empty ? field.placeholder : field.value, room));
}

}  // namespace

auto measure_text_field(const Pen& pen, const Node& node, float width) -> Size {
    const float own = std::min(width, preferred_width);
    const float wide = node.width > 0 ? width : own;
    float height = label_height(pen, node, width) + frame_height(pen, node);
    const std::string& note = note_of(node);
    if (!note.empty()) height += hint_gap + measure_lines(pen, type::table, note, width).height;
    return {wide, height};
}

void draw_text_field(const Pen& pen, const Node& node, const Rect& rect) {
    const float above = label_height(pen, node, rect.width);
    const Rect frame{rect.x, rect.y + above, rect.width, frame_height(pen, node)};
    pen.frame.placed[pen.self].rect = frame;
    if (shows_label(node))
        write_lines(pen, type::table_strong, Role::Text, rect.x, rect.y, node.name, rect.width);
    draw_frame(pen, node, frame);
    if (node.field->kind == FieldKind::Search && !pen.finger) draw_key_hint(pen, frame);
    if (pen.inert) draw_covered_words(pen, node, frame);
    if (!pen.inert && hovers(pen, frame)) pen.state.cursor = 2;
    const std::string& note = note_of(node);
    if (!note.empty())
        write_lines(pen, type::table, note_role(node), rect.x, bottom(frame) + hint_gap, note,
                    rect.width);
}

}  // namespace pcc::ui
