// Choices as cards side by side, and checkboxes.
// Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::Node;

// Units: CSS px.
constexpr float gap = 8;
constexpr float label_gap = 10;
constexpr float padding_x = 13;
constexpr float padding_y = 11;
constexpr float least_choice = 104;
constexpr float box_gap = 10;

auto label_height(const Pen& pen, const Node& group, float width) -> float {
    if (group.name.empty()) return 0;
    return measure_lines(pen, type::body, group.name, width).height + label_gap;
}

// Where each choice of a group stands; `bottom` of the last is the height of all.
struct Grid {
    std::vector<Rect> cells;
    float height = 0;
};

auto columns_of(const Node& group, float width) -> int {
    int narrow_ones = 0;
    for (const Node& choice : group.children)
        narrow_ones += choice.wide ? 0 : 1;
    const int fitting = static_cast<int>((width + gap) / (least_choice + gap));
    int columns = std::clamp(fitting, 1, std::max(1, narrow_ones));
    // Four in three columns would leave one alone.
    if (columns < narrow_ones && narrow_ones % columns == 1 && columns > 2) --columns;
    return columns;
}

// One line of choices, all as high as the highest.
void add_line(const Pen& pen, const Node& group, Grid& grid, std::size_t first, std::size_t end,
              float width) {
    float height = 0;
    for (std::size_t i = first; i < end; ++i)
        height = std::max(height, measure(pen, group.children[i], width).height);
    if (grid.height > 0) grid.height += gap;
    for (std::size_t i = first; i < end; ++i) {
        const float x = static_cast<float>(i - first) * (width + gap);
        grid.cells.push_back({x, grid.height, width, height});
    }
    grid.height += height;
}

auto grid_of(const Pen& pen, const Node& group, float width) -> Grid {
    Grid grid;
    const auto columns = static_cast<std::size_t>(columns_of(group, width));
    const float count = static_cast<float>(columns);
    const float each = (width - gap * (count - 1)) / count;
    for (std::size_t i = 0; i < group.children.size();) {
        std::size_t end = i + 1;
        if (!group.children[i].wide)
            while (end < group.children.size() && end - i < columns && !group.children[end].wide)
                ++end;
        add_line(pen, group, grid, i, end, group.children[i].wide ? width : each);
        i = end;
    }
    return grid;
}

}  // namespace

auto measure_choice_group(const Pen& pen, const Node& node, float width) -> Size {
    return {width, label_height(pen, node, width) + grid_of(pen, node, width).height};
}

void draw_choice_group(const Pen& pen, const Node& node, const Rect& rect) {
    write_lines(pen, type::body, Role::Muted, rect.x, rect.y, node.name, rect.width);
    const float above = label_height(pen, node, rect.width);
    const Grid grid = grid_of(pen, node, rect.width);
    for (std::size_t i = 0; i < grid.cells.size(); ++i) {
        Rect cell = grid.cells[i];
        cell.x += rect.x;
        cell.y += rect.y + above;
        draw_child(pen, node.children, i, cell);
    }
}

auto measure_choice(const Pen& pen, const Node& node, float width) -> Size {
    const float room = width - 2 * padding_x;
    float height = measure_lines(pen, type::body_medium, node.name, room).height;
    if (!node.detail.empty()) height += measure_lines(pen, type::note, node.detail, room).height;
    return {width, touch_height(pen, height + 2 * padding_y)};
}

void draw_choice(const Pen& pen, const Node& node, const Rect& rect) {
    const Hit hit = press_node(pen, node, rect);
    const float room = rect.width - 2 * padding_x;
    const bool risky = node.tone == view::Tone::Warn;
    const Role rest = hit.hovered ? Role::PlainHover : Role::Raised;
    const Role soft = risky ? Role::WarnSoft : Role::AccentSoft;
    const Role line = risky ? Role::Warn : Role::Accent;
    fill(pen.list, rect, pen.ink(node.selected ? soft : rest), radius_card);
    outline(pen.list, rect, pen.ink(node.selected ? line : Role::Line), radius_card,
            node.selected ? 2 : 1);
    const float x = rect.x + padding_x;
    const float y = rect.y + padding_y;
    const Role words = node.disabled ? Role::Muted : Role::Text;
    write_lines(pen, type::body_medium, words, x, y, node.name, room);
    const float name = measure_lines(pen, type::body_medium, node.name, room).height;
    if (!node.detail.empty())
        write_lines(pen, type::note, Role::Muted, x, y + name, node.detail, room);
}

void draw_box(const Pen& pen, const Rect& box, view::Check check, bool hovered) {
    const bool off = check == view::Check::Off;
    const Role ground = hovered ? Role::PlainHover : Role::Surface;
    fill(pen.list, box, pen.ink(off ? ground : Role::Accent), 4);
    if (off)
        outline(pen.list, box, pen.ink(Role::Faint), 4);
    else if (check == view::Check::On)
        tick(pen.list, box, pen.ink(Role::OnAccent));
    else
        fill(pen.list, inset(box, 4, 8), pen.ink(Role::OnAccent), 1);
}

auto measure_checkbox(const Pen& pen, const Node& node, float width) -> Size {
    if (node.name.empty()) return {box_size, box_size};
    const Size words =
        measure_lines(pen, words_of(pen, node).type, node.name, width - box_size - box_gap);
    return {words.width + box_size + box_gap, touch_height(pen, std::max(words.height, box_size))};
}

void draw_checkbox(const Pen& pen, const Node& node, const Rect& rect) {
    const Rect area = node.name.empty() ? finger_area(pen, rect) : rect;
    pen.frame.placed[pen.self].rect = area;
    const Hit hit = press_node(pen, node, area);
    const view::Check check = node.selected ? view::Check::On : view::Check::Off;
    if (node.name.empty()) return draw_box(pen, rect, check, hit.hovered);
    const Words words = words_of(pen, node);
    const float room = rect.width - box_size - box_gap;
    const Size size = measure_lines(pen, words.type, node.name, room);
    const float top = middle(rect, size.height);
    const Rect box{rect.x, top + (words.type.line - box_size) / 2, box_size, box_size};
    draw_box(pen, box, check, hit.hovered);
    // One that cannot be changed is paler than its neighbours.
    if (node.disabled) fill(pen.list, box, pen.ink(Role::Raised, 0.5F), 4);
    write_lines(pen, words.type, node.disabled ? Role::Muted : words.role,
                rect.x + box_size + box_gap, top, node.name, room);
}

}  // namespace pcc::ui
