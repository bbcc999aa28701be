// Dialogs and the buttons at their end.
// Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"
#include "web/ui/scroll.hpp"

namespace pcc::ui {

namespace {

using view::Node;

// Units: CSS px.
constexpr float dialog_width = 520;
constexpr float dialog_width_wide = 720;
constexpr float padding = 23;
constexpr float padding_narrow = 17;
constexpr float margin = 24;
constexpr float margin_narrow = 12;
constexpr float highest_top = 90;
constexpr float subtitle_gap = 2;
constexpr float body_gap = 12;
constexpr float before_actions = 18;
constexpr float actions_gap = 12;

constexpr Rgb backdrop = 0x0A0D13;
constexpr float backdrop_strength = 0.45F;

auto padding_of(const Pen& pen) -> float {
    return pen.narrow ? padding_narrow : padding;
}

auto stack_of(const Node& node) -> Stack {
    return {std::max(node.gap, body_gap), 0, before_actions};
}

auto head_height(const Pen& pen, const Node& node, float width) -> float {
    float height = measure_lines(pen, type::dialog, node.name, width).height;
    if (!node.detail.empty())
        height += subtitle_gap + measure_lines(pen, type::body, node.detail, width).height;
    return height;
}

void write_head(const Pen& pen, const Node& node, const Rect& body) {
    const Rect title =
        write_lines(pen, type::dialog, Role::Text, body.x, body.y, node.name, body.width);
    name_stands_at(pen, title);
    if (!node.detail.empty())
        detail_stands_at(pen, write_lines(pen, type::body, Role::Muted, body.x,
                                          bottom(title) + subtitle_gap, node.detail, body.width));
}

// The label of a choice that comes first stands as close as a subtitle would.
auto gap_below_head(const Node& node) -> float {
    const bool label = node.detail.empty() && !node.children.empty() &&
                       node.children[0].kind == view::Kind::ChoiceGroup;
    return label ? subtitle_gap : stack_of(node).gap;
}

auto content_height(const Pen& pen, const Node& node, float width) -> float {
    const float body = stack_height(pen, node.children, width, stack_of(node));
    return head_height(pen, node, width) + (body > 0 ? gap_below_head(node) : 0) + body;
}

auto on_dialog(const Pen& pen) -> Pen {
    Pen inner = pen;
    inner.ground = Ground::Raised;
    inner.dense = true;
    return inner;
}

}  // namespace

auto measure_dialog(const Pen& pen, const Node& node, float width) -> Size {
    const float around = pen.narrow ? margin_narrow : margin;
    const float wide = std::min(width - 2 * around, node.wide ? dialog_width_wide : dialog_width);
    const float room = wide - 2 * padding_of(pen);
    const float wanted = content_height(on_dialog(pen), node, room) + 2 * padding_of(pen);
    return {wide, std::min(wanted, pen.input.height - 2 * around)};
}

auto dialog_box(const Pen& pen, const Node& node, const Rect& rect) -> Rect {
    const Size size = measure_dialog(pen, node, rect.width);
    const float spare = rect.height - size.height;
    const float x = static_cast<float>(static_cast<int>((rect.width - size.width) / 2));
    const float y = static_cast<float>(static_cast<int>(std::min(highest_top, spare / 2)));
    return {x, y, size.width, size.height};
}

// `rect` is the whole canvas; the box stands in it, and scrolls where it would be too high.
void draw_dialog(const Pen& pen, const Node& node, const Rect& rect) {
    fill(pen.list, rect, ink_of(backdrop, backdrop_strength));
    const Rect box = dialog_box(pen, node, rect);
    pen.frame.placed[pen.self].rect = box;
    shadow(pen.list, box, radius_dialog, 56, 12, 0.22F);
    fill(pen.list, box, pen.ink(Role::Raised), radius_dialog);
    outline(pen.list, box, pen.ink(Role::Line), radius_dialog);

    const Rect inside = inset(box, 1, 1);
    Pen inner = clipped(on_dialog(pen), inside);
    const float pad = padding_of(pen);
    const float room = box.width - 2 * pad;
    const float content = content_height(inner, node, room) + 2 * pad;
    const float offset = scroll_offset(inner, box, content);
    const Rect body{box.x + pad, box.y + pad - offset, room, content - 2 * pad};
    write_head(inner, node, body);
    const float head = head_height(inner, node, room) + gap_below_head(node);
    draw_stack(inner, node.children, {body.x, body.y + head, room, body.height - head},
               stack_of(node));
    draw_scrollbar(inner, inside);
    unclip(pen);
}

namespace {

auto actions_room(const Pen& pen, const Node& node, float width) -> float {
    float sum = actions_gap * static_cast<float>(node.children.size() - 1);
    for (const Node& child : node.children)
        sum += measure(pen, child, width).width;
    return sum;
}

// On a phone the buttons share the line, or stand below each other where it is too short.
void draw_shared(const Pen& pen, const Node& node, const Rect& rect, bool stacked) {
    const auto count = static_cast<float>(node.children.size());
    const float each = stacked ? rect.width : (rect.width - actions_gap * (count - 1)) / count;
    float x = rect.x;
    float y = rect.y;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const float height = measure(pen, node.children[i], each).height;
        draw_child(pen, node.children, i, {x, y, each, height});
        (stacked ? y : x) += (stacked ? height : each) + actions_gap;
    }
}

}  // namespace

auto measure_actions(const Pen& pen, const Node& node, float width) -> Size {
    if (node.children.empty()) return {width, 0};
    const bool fits = actions_room(pen, node, width) <= width;
    float height = 0;
    for (const Node& child : node.children) {
        const float own = measure(pen, child, width).height;
        height = fits ? std::max(height, own) : height + own + (height > 0 ? actions_gap : 0);
    }
    return {width, height};
}

void draw_actions(const Pen& pen, const Node& node, const Rect& rect) {
    if (node.children.empty()) return;
    const float room = actions_room(pen, node, rect.width);
    if (pen.narrow || room > rect.width) return draw_shared(pen, node, rect, room > rect.width);
    float x = right(rect) - room;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const Size size = measure(pen, node.children[i], rect.width);
        draw_child(pen, node.children, i, {x, middle(rect, size.height), size.width, size.height});
        x += size.width + actions_gap;
    }
}

}  // namespace pcc::ui
