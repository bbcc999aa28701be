// Placing children by key, and stacking them.
// Layer: web/ui. Knows how kinds are found, not how any of them looks.
#include "web/ui/layout.hpp"

#include <cmath>

#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

// Counted among its own kind, so that a notice which comes and goes renames nothing else.
auto position_of(const std::vector<view::Node>& children, std::size_t index) -> std::size_t {
    std::size_t position = 0;
    for (std::size_t i = 0; i < index; ++i)
        if (children[i].kind == children[index].kind && children[i].id.empty()) ++position;
    return position;
}

auto ring_role(const Pen& pen) -> Role {
    if (pen.ground == Ground::Banner) return Role::OnActing;
    if (pen.ground == Ground::Sidebar)
        return pen.picture.assuming ? Role::DarkActingRing : Role::DarkRing;
    return pen.picture.assuming ? Role::ActingRing : Role::Ring;
}

void draw_focus(const Pen& pen, const view::Node& node) {
    const bool own = node.kind == view::Kind::TextField;  // its border says it
    if (own || !pen.input.focus_visible || pen.input.focused != pen.key) return;
    const float radius = node.kind == view::Kind::Choice ? radius_card : radius_small;
    ring(pen.list, pen.frame.placed[pen.self].rect, pen.ink(ring_role(pen)), radius);
}

auto gap_before(const std::vector<view::Node>& children, std::size_t index, const Stack& stack)
    -> float {
    if (index == stack.first) return 0;
    return children[index].kind == view::Kind::Actions ? std::max(stack.gap, stack.before_actions)
                                                       : stack.gap;
}

}  // namespace

auto measure(const Pen& pen, const view::Node& node, float width) -> Size {
    const float limit = node.width > 0 ? std::min(width, node.width) : width;
    Size size = rules_of(node.kind).measure(pen, node, limit);
    if (node.width > 0) size.width = limit;
    return size;
}

void draw_child(const Pen& pen, const std::vector<view::Node>& children, std::size_t index,
                const Rect& rect) {
    const view::Node& node = children[index];
    Pen child = pen;
    child.key = view::key_of(pen.key, node, position_of(children, index));
    child.self = place(pen, node, view::Part::Whole, 0, child.key, rect);
    rules_of(node.kind).draw(child, node, rect);
    draw_focus(child, node);
}

auto stack_height(const Pen& pen, const std::vector<view::Node>& children, float width,
                  const Stack& stack) -> float {
    float height = 0;
    for (std::size_t i = stack.first; i < children.size(); ++i)
        height += gap_before(children, i, stack) + measure(pen, children[i], width).height;
    return height;
}

auto stack_width(const Pen& pen, const std::vector<view::Node>& children, float width,
                 std::size_t first) -> float {
    float widest = 0;
    for (std::size_t i = first; i < children.size(); ++i)
        widest = std::max(widest, measure(pen, children[i], width).width);
    return widest;
}

void draw_stack(const Pen& pen, const std::vector<view::Node>& children, const Rect& rect,
                const Stack& stack) {
    float y = rect.y;
    for (std::size_t i = stack.first; i < children.size(); ++i) {
        const Size size = measure(pen, children[i], rect.width);
        y += gap_before(children, i, stack);
        const bool whole = rules_of(children[i].kind).stretches && children[i].width <= 0;
        draw_child(pen, children, i, {rect.x, y, whole ? rect.width : size.width, size.height});
        y += size.height;
    }
}

}  // namespace pcc::ui
