// Facts: a term and what is to be said about it, line after line.
// Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"

namespace pcc::ui {

namespace {

using view::Node;

// Units: CSS px.
constexpr float term_width = 130;
constexpr float term_gap = 12;
constexpr float line_gap = 8;

auto term_room(float width) -> float {
    return static_cast<float>(static_cast<int>(std::min(term_width, width * 0.36F)));
}

auto dense(const Pen& pen) -> Pen {
    Pen inner = pen;
    inner.dense = true;
    return inner;
}

}  // namespace

auto measure_facts(const Pen& pen, const Node& node, float width) -> Size {
    return {width, stack_height(dense(pen), node.children, width, {line_gap, 0, 0})};
}

void draw_facts(const Pen& pen, const Node& node, const Rect& rect) {
    draw_stack(dense(pen), node.children, rect, {line_gap, 0, 0});
}

auto measure_fact(const Pen& pen, const Node& node, float width) -> Size {
    const float term = term_room(width);
    const float room = width - term - term_gap;
    const float words = measure_lines(pen, type::table, node.name, term).height;
    return {width, std::max(words, stack_height(pen, node.children, room, {4, 0, 0}))};
}

void draw_fact(const Pen& pen, const Node& node, const Rect& rect) {
    const float term = term_room(rect.width);
    const float room = rect.width - term - term_gap;
    const float height = stack_height(pen, node.children, room, {4, 0, 0});
    const float words = measure_lines(pen, type::table, node.name, term).height;
    // A single line beside a higher thing, such as a chip, stands in its middle.
    const float top = height > words && height < 2 * words ? middle(rect, words) : rect.y;
    write_lines(pen, type::table, Role::Muted, rect.x, top, node.name, term);
    draw_stack(pen, node.children, {rect.x + term + term_gap, rect.y, room, height}, {4, 0, 0});
}

}  // namespace pcc::ui
