// Toasts: what has just happened, in the corner, above everything.
// Layer: web/ui. One family of kinds.
#include <algorithm>
#include <utility>

#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::Node;

// Units: CSS px.
constexpr float toast_width = 380;
constexpr float margin = 24;
constexpr float margin_narrow = 12;
constexpr float gap = 8;
constexpr float padding_x = 16;
constexpr float padding_y = 12;
constexpr float mark_size = 8;
constexpr float mark_room = 18;
constexpr float button_gap = 12;

auto words_height(const Pen& pen, const Node& node, float room) -> float {
    const float name = measure_lines(pen, type::table_strong, node.name, room).height;
    return node.detail.empty() ? name
                               : name + measure_lines(pen, type::table, node.detail, room).height;
}

auto on_toast(const Pen& pen) -> Pen {
    Pen inner = pen;
    inner.ground = Ground::Raised;
    inner.dense = true;
    return inner;
}

auto box_at(const Pen& pen, const Node& node, const Rect& rect, bool on_top) -> Rect {
    const Size size = measure_toasts(pen, node, rect.width);
    const float around = pen.narrow ? margin_narrow : margin;
    const float x = pen.narrow ? (rect.width - size.width) / 2 : right(rect) - around - size.width;
    const float y = on_top ? rect.y + around : bottom(rect) - around - size.height;
    return {x, y, size.width, size.height};
}

// Where the keyboard's focus is seen outside the toasts; empty where it is not.
auto focus_on_page(const Pen& pen, const Node& toasts) -> Rect {
    if (!pen.input.focus_visible) return {};
    for (const view::Placed& placed : pen.frame.placed) {
        if (placed.node == &toasts) break;  // they are drawn last
        if (placed.key == pen.input.focused) return intersection(placed.rect, placed.clip);
    }
    return {};
}

auto words_room(float width) -> float {
    return width - 2 * padding_x - mark_room;
}

}  // namespace

auto measure_toasts(const Pen& pen, const Node& node, float width) -> Size {
    const float around = pen.narrow ? margin_narrow : margin;
    const float wide = std::min(toast_width, width - 2 * around);
    return {wide, stack_height(pen, node.children, wide, {gap, 0, 0})};
}

auto toasts_box(const Pen& pen, const Node& node, const Rect& rect) -> Rect {
    return box_at(pen, node, rect, pen.state.toasts_on_top);
}

void keep_toasts_off_focus(const Pen& pen, const Node& node, const Rect& rect) {
    const auto overlap = [&](const Rect& focus, bool on_top) {
        const Rect both = intersection(focus, box_at(pen, node, rect, on_top));
        return both.width > 0 && both.height > 0;
    };
    bool& on_top = pen.state.toasts_on_top;
    const bool before = on_top;
    if (node.children.empty()) on_top = false;
    const Rect focus = focus_on_page(pen, node);
    if (overlap(focus, on_top) && !overlap(focus, !on_top)) on_top = !on_top;
    if (on_top != before) pen.state.one_more = true;
}

// `rect` is what lies below the top bar.
void draw_toasts(const Pen& pen, const Node& node, const Rect& rect) {
    const Rect box = toasts_box(pen, node, rect);
    pen.frame.placed[pen.self].rect = box;
    draw_stack(pen, node.children, box, {gap, 0, 0});
    const auto& placed = pen.frame.placed;
    const bool focused = std::any_of(placed.begin() + pen.self, placed.end(),
                                     [&](const auto& one) { return one.key == pen.input.focused; });
    hold_toasts(pen, focused || hovers(pen, box));
}

void hold_toasts(const Pen& pen, bool held) {
    if (std::exchange(pen.state.toasts_held, held) != held)
        pen.inbox.push_back(app::HeldToasts{held});
}

auto measure_toast(const Pen& pen, const Node& node, float width) -> Size {
    const float room = words_room(width);
    float height = words_height(pen, node, room);
    if (!node.children.empty())
        height += gap + measure_line(on_toast(pen), node.children, room, button_gap).height;
    return {width, height + 2 * padding_y};
}

void draw_toast(const Pen& pen, const Node& node, const Rect& rect) {
    shadow(pen.list, rect, radius_card, 28, 6, 0.16F);
    fill(pen.list, rect, pen.ink(Role::Raised), radius_card);
    outline(pen.list, rect, pen.ink(Role::Line), radius_card);
    const float room = words_room(rect.width);
    const float x = rect.x + padding_x + mark_room;
    float y = rect.y + padding_y;
    const Role mark = node.tone == view::Tone::Plain ? Role::Accent : tone_text(node.tone);
    pen.list.AddCircleFilled({rect.x + padding_x + mark_size / 2, y + 10}, mark_size / 2,
                             pen.ink(mark));
    const Rect name = write_lines(pen, type::table_strong, Role::Text, x, y, node.name, room);
    name_stands_at(pen, name);
    if (!node.detail.empty())
        detail_stands_at(
            pen, write_lines(pen, type::table, Role::Muted, x, bottom(name), node.detail, room));
    y = rect.y + padding_y + words_height(pen, node, room) + gap;
    const Pen inner = on_toast(pen);
    draw_line(inner, node.children, {x, y, room, bottom(rect) - padding_y - y}, button_gap);
}

}  // namespace pcc::ui
