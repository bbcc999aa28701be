// The bar on top of the page with its breadcrumb, and the banner of acting for another
// organization. Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::Kind;
using view::Node;

// Units: CSS px.
constexpr float bar_height = 52;
constexpr float bar_height_finger = 60;
constexpr float padding = 24;
constexpr float padding_narrow = 12;
constexpr float gap = 14;
constexpr float slash_gap = 8;
constexpr float banner_x = 16;
constexpr float banner_y = 7;
constexpr float banner_gap = 16;

auto on_bar(const Pen& pen) -> Pen {
    Pen inner = pen;
    inner.ground = Ground::Surface;
    inner.dense = true;
    return inner;
}

auto on_banner(const Pen& pen) -> Pen {
    Pen inner = pen;
    inner.ground = Ground::Banner;
    return inner;
}

// Where there is little room, what only tells the time gives way to what is needed.
auto is_spared(const Pen& pen, const Node& child) -> bool {
    return child.kind == Kind::Spacer || (pen.narrow && child.kind == Kind::Text);
}

auto item_width(const Pen& pen, const Node& child, float room) -> float {
    return is_spared(pen, child) ? 0 : measure(pen, child, room).width;
}

auto spacer_of(const Node& node) -> std::size_t {
    std::size_t i = 0;
    while (i < node.children.size() && node.children[i].kind != Kind::Spacer)
        ++i;
    return i;
}

auto width_from(const Pen& pen, const Node& node, std::size_t first, float room) -> float {
    float sum = 0;
    for (std::size_t i = first; i < node.children.size(); ++i) {
        const float width = item_width(pen, node.children[i], room);
        if (width > 0) sum += width + (sum > 0 ? gap : 0);
    }
    return sum;
}

void draw_items(const Pen& pen, const Node& node, std::size_t first, std::size_t end, Rect room) {
    for (std::size_t i = first; i < end; ++i) {
        const float width = std::min(item_width(pen, node.children[i], room.width), room.width);
        if (width <= 0) continue;
        const float height = measure(pen, node.children[i], width).height;
        draw_child(pen, node.children, i, {room.x, middle(room, height), width, height});
        room.x += width + gap;
        room.width -= width + gap;
    }
}

}  // namespace

auto measure_top_bar(const Pen& pen, const Node&, float width) -> Size {
    return {width, pen.finger ? bar_height_finger : bar_height};
}

void draw_top_bar(const Pen& pen, const Node& node, const Rect& rect) {
    fill(pen.list, rect, pen.ink(Role::Surface));
    hairline(pen.list, rect.x, bottom(rect) - 1, rect.width, pen.ink(Role::Line));
    const Pen inner = on_bar(pen);
    const Rect body = inset(rect, pen.narrow ? padding_narrow : padding, 0);
    const std::size_t split = spacer_of(node);
    const float tail = width_from(inner, node, split, body.width);
    const float head = body.width - tail - (tail > 0 ? gap : 0);
    draw_items(inner, node, 0, split, {body.x, body.y, head, body.height});
    draw_items(inner, node, split, node.children.size(),
               {right(body) - tail, body.y, tail, body.height});
}

namespace {

auto step_type(const Node& step) -> Type {
    return step.style == view::TextStyle::Strong ? type::table_strong : type::table;
}

auto slash_width(const Pen& pen) -> float {
    return text_width(pen.fonts, type::table, "/") + 2 * slash_gap;
}

auto steps_width(const Pen& pen, const Node& node, std::size_t first) -> float {
    float width = 0;
    for (std::size_t i = first; i < node.children.size(); ++i)
        width += text_width(pen.fonts, step_type(node.children[i]), node.children[i].name) +
                 (i > first ? slash_width(pen) : 0);
    return width;
}

// The first steps are left out where there is no room for them; the page itself always stands.
auto first_step(const Pen& pen, const Node& node, float width) -> std::size_t {
    std::size_t first = 0;
    while (first + 1 < node.children.size() && steps_width(pen, node, first) > width + 0.5F)
        ++first;
    return first;
}

}  // namespace

auto measure_breadcrumb(const Pen& pen, const Node& node, float width) -> Size {
    return {std::min(width, steps_width(pen, node, 0)), type::table.line};
}

void draw_breadcrumb(const Pen& pen, const Node& node, const Rect& rect) {
    Pen inner = pen;
    inner.lines = 1;
    float x = rect.x;
    for (std::size_t i = first_step(pen, node, rect.width); i < node.children.size(); ++i) {
        const Node& step = node.children[i];
        const float room = right(rect) - x;
        const float width = std::min(text_width(pen.fonts, step_type(step), step.name), room);
        draw_child(inner, node.children, i, {x, rect.y, width, rect.height});
        x += width;
        if (i + 1 == node.children.size()) break;
        write(pen, type::table, Role::Muted, x + slash_gap, rect.y, "/");
        x += slash_width(pen);
    }
}

auto measure_banner(const Pen& pen, const Node& node, float width) -> Size {
    const float line =
        measure_line(on_banner(pen), node.children, width - 2 * banner_x, banner_gap).height;
    return {width, line + 2 * banner_y};
}

void draw_banner(const Pen& pen, const Node& node, const Rect& rect) {
    fill(pen.list, rect, pen.ink(Role::Acting));
    draw_line(on_banner(pen), node.children, inset(rect, banner_x, banner_y), banner_gap);
}

}  // namespace pcc::ui
