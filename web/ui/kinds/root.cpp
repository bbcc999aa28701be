// The frame around every page: where banner, sidebar, bar, page, dialog and toasts stand.
// Layer: web/ui. One family of kinds.
#include <cmath>

#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"
#include "web/ui/scroll.hpp"

namespace pcc::ui {

namespace {

using view::Kind;
using view::Node;

// Units: CSS px.
constexpr float sidebar_width = 232;
constexpr float drawer_width = 280;
constexpr float padding = 24;
constexpr float padding_narrow = 16;
constexpr float least_gap = 16;
constexpr float widest_page = 1600;  // wider, and a row's ends no longer belong together
constexpr float drawer_dim = 0.45F;
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

auto find_child(const Node& root, Kind kind) -> std::size_t {
    for (std::size_t i = 0; i < root.children.size(); ++i)
        if (root.children[i].kind == kind) return i;
    return nowhere;
}

// Where the parts of the frame stand.
struct Parts {
    std::size_t banner, sidebar, top_bar, main, dialog, toasts;
    Rect banner_rect, sidebar_rect, top_bar_rect, main_rect;
    bool drawer = false;  // the sidebar lies over the page
    bool shows_sidebar = false;
};

auto height_of(const Pen& pen, const Node& root, std::size_t index, float width) -> float {
    return index == nowhere ? 0 : measure(pen, root.children[index], width).height;
}

auto parts_of(const Pen& pen, const Node& root, const Rect& rect) -> Parts {
    Parts parts{find_child(root, Kind::Banner),
                find_child(root, Kind::Sidebar),
                find_child(root, Kind::TopBar),
                find_child(root, Kind::Main),
                find_child(root, Kind::Dialog),
                find_child(root, Kind::Toasts),
                {},
                {},
                {},
                {}};
    const bool has_sidebar = parts.sidebar != nowhere;
    parts.drawer = pen.narrow && has_sidebar && root.children[parts.sidebar].selected;
    parts.shows_sidebar = has_sidebar && (!pen.narrow || parts.drawer);
    const float top = height_of(pen, root, parts.banner, rect.width);
    const float left = parts.shows_sidebar && !parts.drawer ? sidebar_width : 0;
    const float bar = height_of(pen, root, parts.top_bar, rect.width - left);
    parts.banner_rect = {0, 0, rect.width, top};
    parts.top_bar_rect = {left, top, rect.width - left, bar};
    parts.main_rect = {left, top + bar, rect.width - left, std::max(0.F, rect.height - top - bar)};
    const float beside = parts.drawer ? bar : 0;
    parts.sidebar_rect = {0, top + beside,
                          parts.drawer ? std::min(drawer_width, rect.width - 56) : sidebar_width,
                          std::max(0.F, rect.height - top - beside)};
    return parts;
}

void draw_part(const Pen& pen, const Node& root, std::size_t index, const Rect& rect) {
    if (index != nowhere) draw_child(pen, root.children, index, rect);
}

auto below_bar(const Parts& parts, const Rect& rect) -> Rect {
    return {rect.x, parts.main_rect.y, rect.width, rect.height - parts.main_rect.y};
}

// In a low window they would lie over the dialog and what is to be pressed there: they wait for it.
auto toasts_wait(const Pen& pen, const Node& root, const Parts& parts, const Rect& rect) -> bool {
    if (parts.dialog == nowhere || parts.toasts == nowhere) return false;
    const Rect both =
        intersection(dialog_box(pen, root.children[parts.dialog], rect),
                     toasts_box(pen, root.children[parts.toasts], below_bar(parts, rect)));
    return both.width > 0 && both.height > 0;
}

void draw_drawer(const Pen& pen, const Node& root, const Parts& parts) {
    fill(pen.list, parts.main_rect, ink_of(0x0A0D13, drawer_dim));
    draw_part(pen, root, parts.sidebar, parts.sidebar_rect);
    const Rect beside{right(parts.sidebar_rect), parts.main_rect.y,
                      parts.main_rect.width - parts.sidebar_rect.width, parts.main_rect.height};
    const Node& sidebar = root.children[parts.sidebar];
    if (!sidebar.on_close) return;
    if (press_area(pen, beside, view::child_key(pen.key, "beside the drawer")).pressed)
        pen.inbox.push_back(*sidebar.on_close);
}

auto main_padding(const Pen& pen) -> float {
    return pen.narrow ? padding_narrow : padding;
}

auto page_width(const Pen& pen, float width) -> float {
    return std::min(width - 2 * main_padding(pen), widest_page);
}

auto main_stack(const Node& node) -> Stack {
    return {std::max(node.gap, least_gap), 0, 0};
}

}  // namespace

auto measure_root(const Pen& pen, const Node&, float width) -> Size {
    return {width, pen.input.height};
}

void draw_root(const Pen& pen, const Node& root, const Rect& rect) {
    const Parts parts = parts_of(pen, root, rect);
    fill(pen.list, rect, pen.ink(Role::Background));
    Pen below = pen;
    const bool waiting = toasts_wait(pen, root, parts, rect);
    if (parts.toasts != nowhere && !waiting)
        below.cover = toasts_box(pen, root.children[parts.toasts], below_bar(parts, rect));
    Pen page = below;
    page.inert = parts.dialog != nowhere;
    Pen covered = page;
    covered.inert = page.inert || parts.drawer;
    draw_part(page, root, parts.banner, parts.banner_rect);
    if (parts.shows_sidebar && !parts.drawer)
        draw_part(page, root, parts.sidebar, parts.sidebar_rect);
    draw_part(page, root, parts.top_bar, parts.top_bar_rect);
    draw_part(covered, root, parts.main, parts.main_rect);
    if (parts.drawer) draw_drawer(page, root, parts);
    draw_part(below, root, parts.dialog, rect);
    if (waiting) return hold_toasts(pen, true);
    Pen above = pen;
    above.inert = page.inert;
    draw_part(above, root, parts.toasts, below_bar(parts, rect));
    if (parts.toasts != nowhere)
        keep_toasts_off_focus(pen, root.children[parts.toasts], below_bar(parts, rect));
}

auto measure_main(const Pen& pen, const Node& node, float width) -> Size {
    const float body = stack_height(pen, node.children, page_width(pen, width), main_stack(node));
    // What lies under the toasts can be scrolled out from there.
    return {width, body + 2 * main_padding(pen) + pen.cover.height};
}

void draw_main(const Pen& pen, const Node& node, const Rect& rect) {
    const Pen inner = clipped(pen, rect);
    const float pad = main_padding(pen);
    const float content = measure_main(inner, node, rect.width).height;
    if (pen.state.page != pen.picture.title) {
        pen.state.page = pen.picture.title;
        scroll_to_top(pen.state, pen.key);
    }
    const float offset = scroll_offset(inner, rect, content);
    pen.frame.content_height = content;
    const float room = page_width(pen, rect.width);
    const float x = std::floor(rect.x + (rect.width - room) / 2);
    draw_stack(inner, node.children, {x, rect.y + pad - offset, room, content - 2 * pad},
               main_stack(node));
    draw_scrollbar(inner, rect);
    unclip(pen);
}

}  // namespace pcc::ui
