// Cards and their heads.
// Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::Kind;
using view::Node;

// Units: CSS px.
constexpr float border = 1;
constexpr float padding = 18;
constexpr float padding_narrow = 16;
constexpr float padding_titled = 26;  // of a card that is a whole screen: its title comes first
constexpr float below_title = 8;
constexpr float head_padding_x = 16;
constexpr float head_padding_y = 12;
constexpr float head_line = 22;
constexpr float least_gap = 16;

auto padding_of(const Pen& pen, const Node& card) -> float {
    if (pen.narrow) return padding_narrow;
    const bool titled = !card.children.empty() && card.children[0].kind == Kind::Heading;
    return titled ? padding_titled : padding;
}

auto gap_before(const Node& card, std::size_t index) -> float {
    const bool after_title = card.children[index - 1].kind == Kind::Heading;
    return after_title ? below_title : std::max(card.gap, least_gap);
}

// Runs from edge to edge; everything else stands within the padding.
auto fills_card(const Node& child) -> bool {
    return child.kind == Kind::CardHeader || child.kind == Kind::Table ||
           child.kind == Kind::Empty || child.kind == Kind::Skeleton;
}

auto on_card(const Pen& pen, const Node& card, float width) -> Pen {
    Pen inner = pen;
    inner.ground = Ground::Surface;
    for (const Node& child : card.children)
        if (child.table) inner.cards = is_cards(pen, child, width - 2 * border);
    return inner;
}

// Goes through the children from top to bottom; `visit` gets each one's box within the card.
template <class Visit>
auto walk(const Pen& pen, const Node& node, float width, Visit visit) -> float {
    const float pad = padding_of(pen, node);
    float y = border;
    bool padded = false;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const Node& child = node.children[i];
        const bool whole = fills_card(child);
        const float x = whole ? border : border + pad;
        if (!whole)
            y += padded ? gap_before(node, i) : pad;
        else if (padded)
            y += pad;
        padded = !whole;
        const float room = width - 2 * x;
        const Size size = measure(pen, child, room);
        const bool wide = rules_of(child.kind).stretches && child.width <= 0;
        visit(i, Rect{x, y, wide ? room : size.width, size.height});
        y += size.height;
    }
    return y + (padded ? pad : 0) + border;
}

}  // namespace

auto measure_card(const Pen& pen, const Node& node, float width) -> Size {
    return {width, walk(on_card(pen, node, width), node, width, [](std::size_t, const Rect&) {})};
}

void draw_card(const Pen& pen, const Node& node, const Rect& rect) {
    const Pen inner = on_card(pen, node, rect.width);
    fill(pen.list, rect, pen.ink(Role::Surface), radius_card);
    walk(inner, node, rect.width, [&](std::size_t i, Rect box) {
        box.x += rect.x;
        box.y += rect.y;
        draw_child(inner, node.children, i, box);
    });
    outline(pen.list, rect, pen.ink(Role::Line), radius_card);
}

auto measure_card_header(const Pen& pen, const Node& node, float width) -> Size {
    Pen inner = pen;
    inner.dense = true;
    const float line =
        measure_line(inner, node.children, width - 2 * head_padding_x, node.gap).height;
    return {width, std::max(line, head_line) + 2 * head_padding_y + border};
}

void draw_card_header(const Pen& pen, const Node& node, const Rect& rect) {
    Pen inner = pen;
    inner.dense = true;
    Rect body =
        inset({rect.x, rect.y, rect.width, rect.height - border}, head_padding_x, head_padding_y);
    const float line = measure_line(inner, node.children, body.width, node.gap).height;
    body.y = middle(body, line);
    body.height = line;
    draw_line(inner, node.children, body, node.gap);
    hairline(pen.list, rect.x, bottom(rect) - border, rect.width, pen.ink(Role::Line));
}

}  // namespace pcc::ui
