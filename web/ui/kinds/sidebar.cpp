// The sidebar: brand, organization, navigation and the person.
// Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"
#include "web/ui/scroll.hpp"

namespace pcc::ui {

namespace {

using view::Kind;
using view::Node;

// Units: CSS px.
constexpr float padding = 12;
constexpr float brand_height = 46;
constexpr float logo_size = 22;
constexpr float card_height = 59;
constexpr float card_gap = 14;
constexpr float group_head = 42;
constexpr float group_words = 26;  // from the group's top to the middle of its words
constexpr float capital_space = 0.66F;
constexpr float link_height = 34;
constexpr float link_gap = 2;
constexpr float link_padding = 10;
constexpr float link_indent = 12;
constexpr float profile_padding = 10;
constexpr float profile_end = 16;

auto on_sidebar(const Pen& pen) -> Pen {
    Pen inner = pen;
    inner.ground = Ground::Sidebar;
    inner.dense = true;
    return inner;
}

// Stands at the bottom while everything above scrolls.
auto is_foot(const Node& child) -> bool {
    return child.kind == Kind::Profile;
}

auto height_above_foot(const Pen& pen, const Node& node, float width) -> float {
    float height = padding;
    for (const Node& child : node.children)
        if (!is_foot(child)) height += measure(pen, child, width).height;
    return height + padding;
}

void draw_navigation(const Pen& pen, const Node& node, const Rect& area) {
    const Pen inner = clipped(pen, area);
    const float room = area.width - 2 * padding;
    const float offset = scroll_offset(inner, area, height_above_foot(inner, node, room));
    float y = area.y + padding - offset;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (is_foot(node.children[i])) continue;
        const float height = measure(inner, node.children[i], room).height;
        draw_child(inner, node.children, i, {area.x + padding, y, room, height});
        y += height;
    }
    draw_scrollbar(inner, area);
    unclip(pen);
}

}  // namespace

auto measure_sidebar(const Pen& pen, const Node& node, float width) -> Size {
    return {width, height_above_foot(on_sidebar(pen), node, width - 2 * padding)};
}

void draw_sidebar(const Pen& pen, const Node& node, const Rect& rect) {
    fill(pen.list, rect, pen.ink(Role::Sidebar));
    const Pen inner = on_sidebar(pen);
    const float room = rect.width - 2 * padding;
    float foot = 0;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (!is_foot(node.children[i])) continue;
        foot = measure(inner, node.children[i], room).height;
    }
    draw_navigation(inner, node, {rect.x, rect.y, rect.width, rect.height - foot});
    for (std::size_t i = 0; i < node.children.size(); ++i)
        if (is_foot(node.children[i]))
            draw_child(inner, node.children, i,
                       {rect.x + padding, bottom(rect) - foot, room, foot});
}

auto measure_brand(const Pen&, const Node&, float width) -> Size {
    return {width, brand_height};
}

void draw_brand(const Pen& pen, const Node& node, const Rect& rect) {
    const float y = rect.y + 8;
    const Rect logo{rect.x + 8, y, logo_size, logo_size};
    fill(pen.list, logo, pen.ink(Role::Accent), radius_small);
    write(pen, type::brand, Role::SidebarStrong, rect.x + 38, y, node.name, rect.width - 38);
}

auto measure_org_card(const Pen&, const Node&, float width) -> Size {
    return {width, card_height + card_gap};
}

void draw_org_card(const Pen& pen, const Node& node, const Rect& rect) {
    const Rect card{rect.x, rect.y, rect.width, card_height};
    pen.frame.placed[pen.self].rect = card;
    outline(pen.list, card, pen.ink(Role::SidebarLine), radius_button);
    const float room = card.width - 22;
    write(pen, type::small_note, Role::SidebarText, card.x + 11, card.y + 11, node.detail, room);
    write(pen, type::table_strong, Role::SidebarStrong, card.x + 11, card.y + 30, node.name, room);
    detail_stands_at(pen, {card.x + 11, card.y + 11, room, type::small_note.line});
    name_stands_at(pen, {card.x + 11, card.y + 30, room, type::table_strong.line});
}

auto measure_nav_group(const Pen& pen, const Node& node, float width) -> Size {
    const float links = stack_height(pen, node.children, width, {link_gap, 0, 0});
    return {width, group_head + links};
}

void draw_nav_group(const Pen& pen, const Node& node, const Rect& rect) {
    std::string capitals = node.name;
    for (char& letter : capitals)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    const float y = rect.y + group_words - type::capitals.line / 2;
    draw_spaced(pen.list, pen.fonts, type::capitals, pen.ink(Role::SidebarFaint), rect.x + 8, y,
                capitals, capital_space);
    draw_stack(pen, node.children,
               {rect.x, rect.y + group_head, rect.width, rect.height - group_head},
               {link_gap, 0, 0});
}

auto measure_nav_link(const Pen& pen, const Node&, float width) -> Size {
    return {width, touch_height(pen, link_height)};
}

void draw_nav_link(const Pen& pen, const Node& node, const Rect& rect) {
    const Hit hit = press_node(pen, node, rect);
    if (node.selected)
        fill(pen.list, rect, pen.ink(Role::SidebarActive), radius_small);
    else if (hit.hovered)
        fill(pen.list, rect, pen.ink(Role::SidebarHover), radius_small);
    const Type type = node.selected ? type::body_medium : type::body;
    const Role words = node.selected ? Role::SidebarStrong : Role::SidebarText;
    const float x = rect.x + link_padding + link_indent * static_cast<float>(node.level);
    write(pen, type, words, x, middle(rect, type.line), node.name, right(rect) - x - 4);
}

namespace {

auto profile_buttons(const Pen& pen, const Node& node, float width) -> float {
    if (node.children.empty()) return 0;
    return measure_line(pen, node.children, width, 16).height + 4;
}

}  // namespace

auto measure_profile(const Pen& pen, const Node& node, float width) -> Size {
    const float words = type::table.line * 2;
    const float buttons = profile_buttons(pen, node, width - 16);
    const float end = buttons > 0 ? profile_end - 6 : profile_end;
    return {width, 1 + profile_padding + words + buttons + end};
}

void draw_profile(const Pen& pen, const Node& node, const Rect& rect) {
    hairline(pen.list, rect.x, rect.y, rect.width, pen.ink(Role::SidebarLine));
    const float x = rect.x + 8;
    const float room = rect.width - 16;
    const float y = rect.y + 1 + profile_padding;
    write(pen, type::table_strong, Role::SidebarStrong, x, y, node.name, room);
    write(pen, type::table, Role::SidebarText, x, y + 20, node.detail, room);
    name_stands_at(pen, {x, y, room, type::table_strong.line});
    detail_stands_at(pen, {x, y + 20, room, type::table.line});
    const float buttons = profile_buttons(pen, node, room);
    draw_line(pen, node.children, {x, y + 44, room, buttons}, 16);
}

}  // namespace pcc::ui
