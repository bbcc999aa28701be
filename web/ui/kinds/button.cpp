// Buttons and links.
// Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::ButtonStyle;
using view::Node;

// Units: CSS px.
constexpr float height_large = 34;
constexpr float height_small = 28;
constexpr float padding_large = 13;
constexpr float padding_small = 11;
constexpr std::string_view menu_sign = "☰";

struct Skin {
    Role words = Role::Text;
    Role ground = Role::Surface;
    bool filled = true;
    bool outlined = true;
};

// Rests, is under the pointer, is held down.
auto by_state(const Hit& hit, Role rest, Role hovered, Role held) -> Role {
    if (hit.held && hit.hovered) return held;
    return hit.hovered ? hovered : rest;
}

auto plain_skin(const Pen& pen, const Hit& hit, Role words) -> Skin {
    if (pen.ground == Ground::Sidebar)
        return {Role::SidebarText,
                by_state(hit, Role::Sidebar, Role::SidebarHover, Role::SidebarActive)};
    return {words, by_state(hit, Role::Surface, Role::PlainHover, Role::PlainPressed)};
}

auto quiet_role(const Pen& pen) -> Role {
    if (pen.ground == Ground::Sidebar) return Role::SidebarText;
    if (pen.ground == Ground::Banner) return Role::OnActing;
    return pen.in_cell() ? Role::Muted : Role::Accent;
}

auto skin_of(const Pen& pen, const Node& node, const Hit& hit) -> Skin {
    if ((node.disabled || node.busy) && node.button != ButtonStyle::Quiet)
        return {Role::Muted, Role::Disabled, true, false};
    switch (node.button) {
        case ButtonStyle::Primary:
            return {Role::OnAccent,
                    by_state(hit, Role::Accent, Role::AccentHover, Role::AccentPressed), true,
                    false};
        case ButtonStyle::Danger:
            if (node.small) return plain_skin(pen, hit, Role::Bad);
            return {Role::OnBad, by_state(hit, Role::Bad, Role::BadHover, Role::BadHover), true,
                    false};
        case ButtonStyle::Quiet: return {quiet_role(pen), Role::Surface, false, false};
        case ButtonStyle::OnBanner:
            return {Role::OnActing,
                    by_state(hit, Role::ActingButton, Role::ActingHover, Role::ActingButton), true,
                    false};
        case ButtonStyle::Plain:
            if (node.selected) return {Role::Text, Role::AccentSoft};
            break;
    }
    return plain_skin(pen, hit, Role::Text);
}

auto is_words(const Node& node) -> bool {
    return node.button == ButtonStyle::Quiet;
}

auto padding_of(const Node& node) -> float {
    if (is_words(node)) return 0;
    return node.small ? padding_small : padding_large;
}

auto words_type(const Node& node) -> Type {
    return is_words(node) ? type::table : type::table_medium;
}

void draw_menu_sign(const Pen& pen, const Rect& rect, Role role) {
    const float x = middle({0, rect.x, 0, rect.width}, 14);
    const float y = middle(rect, 11);
    for (int i = 0; i < 3; ++i)
        fill(pen.list, {x, y + 5.F * static_cast<float>(i), 14, 1.5F}, pen.ink(role));
}

void draw_words(const Pen& pen, const Node& node, const Rect& rect, Role role) {
    if (node.name == menu_sign) return draw_menu_sign(pen, rect, role);
    const Type type = words_type(node);
    const float room = rect.width - 2 * padding_of(node);
    const float width = std::min(room, text_width(pen.fonts, type, node.name));
    write(pen, type, role, rect.x + (rect.width - width) / 2, middle(rect, type.line), node.name,
          room);
}

}  // namespace

// Words alone keep their place among other words; the finger's area around them is larger.
auto finger_area(const Pen& pen, const Rect& rect) -> Rect {
    const float more_x = (touch_height(pen, rect.width) - rect.width) / 2;
    const float more_y = (touch_height(pen, rect.height) - rect.height) / 2;
    return inset(rect, -more_x, -more_y);
}

auto measure_button(const Pen& pen, const Node& node, float width) -> Size {
    const float own = node.small ? height_small : height_large;
    const float height = is_words(node) && pen.in_cell() ? own : touch_height(pen, own);
    const float words =
        node.name == menu_sign ? 14 : text_width(pen.fonts, words_type(node), node.name);
    const float wanted = std::max(words + 2 * padding_of(node), is_words(node) ? words : height);
    return {std::min(width, wanted), height};
}

void draw_button(const Pen& pen, const Node& node, const Rect& rect) {
    const Rect area = is_words(node) ? finger_area(pen, rect) : rect;
    pen.frame.placed[pen.self].rect = area;
    const Hit hit = press_node(pen, node, area);
    const Skin skin = skin_of(pen, node, hit);
    const float radius = node.small ? radius_small : radius_button;
    if (skin.filled) fill(pen.list, rect, pen.ink(skin.ground), radius);
    if (skin.outlined) {
        const Role line = pen.ground == Ground::Sidebar ? Role::SidebarLine : Role::Line;
        outline(pen.list, rect, pen.ink(line), radius);
    }
    draw_words(pen, node, rect, skin.words);
    if (is_words(node) && hit.hovered)
        hairline(pen.list, rect.x, middle(rect, 20) + 17, rect.width, pen.ink(skin.words));
}

auto measure_link(const Pen& pen, const Node& node, float width) -> Size {
    return measure_lines(pen, words_of(pen, node).type, node.name, width);
}

void draw_link(const Pen& pen, const Node& node, const Rect& rect) {
    const Rect area = finger_area(pen, rect);
    pen.frame.placed[pen.self].rect = area;
    const Hit hit = press_node(pen, node, area);
    Words words = words_of(pen, node);
    if (!pen.on_dark() && node.style == view::TextStyle::Body) words.role = Role::Accent;
    write_lines(pen, words.type, words.role, rect.x, rect.y, node.name, rect.width);
    if (hit.hovered) hairline(pen.list, rect.x, bottom(rect) - 3, rect.width, pen.ink(words.role));
}

}  // namespace pcc::ui
