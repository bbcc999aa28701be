// Rows: left to right, centred on their line, wrapping when too narrow; and spacers and columns.
// Layer: web/ui. One family of kinds.
#include <algorithm>

#include "web/ui/kinds/kinds.hpp"

namespace pcc::ui {

namespace {

using view::Kind;
using view::Node;

// Units: CSS px.
constexpr float line_gap = 8;
constexpr float least_words = 200;
constexpr float least_in_cell = 24;
constexpr float least_field = 140;

struct Item {
    std::size_t index = 0;
    float natural = 0;
    float least = 0;
    float width = 0;
    float height = 0;
    bool spacer = false;
    bool grows = false;
};
using Items = std::vector<Item>;

// What it is for is read in it.
auto least_search(const Pen& pen, const Node& node) -> float {
    const float words = text_width(pen.fonts, type::table, node.field->placeholder);
    return std::max(least_field, words + 2 * field_padding + field_hint_room);
}

auto least_width(const Pen& pen, const Node& node, float natural) -> float {
    if (node.kind == Kind::TextField) return std::min(natural, least_search(pen, node));
    // Buttons that belong together stay on one line as long as they can.
    if (node.kind == Kind::Row && !pen.in_cell()) return natural;
    if (pen.in_cell() && node.kind == Kind::Chip) return std::min(natural, least_in_cell * 2);
    if (!rules_of(node.kind).shrinks) return natural;
    return std::min(natural, pen.in_cell() ? least_in_cell : least_words);
}

auto item_of(const Pen& pen, const Node& node, std::size_t index, float width) -> Item {
    Item item;
    item.index = index;
    item.spacer = node.kind == Kind::Spacer;
    item.grows = node.kind == Kind::TextField && (pen.narrow || node.width <= 0);
    item.natural = item.spacer ? 0 : measure(pen, node, width).width;
    item.least = least_width(pen, node, item.natural);
    return item;
}

auto sum_of(const Items& items, float Item::*part, float gap) -> float {
    float sum = gap * static_cast<float>(items.size() > 0 ? items.size() - 1 : 0);
    for (const Item& item : items)
        sum += item.*part;
    return sum;
}

// Takes what is missing from those that can give, in proportion to what they can give.
void shrink(Items& items, float missing) {
    float spare = 0;
    for (const Item& item : items)
        spare += item.natural - item.least;
    const float share = spare > 0 ? std::min(1.F, missing / spare) : 0;
    for (Item& item : items) {
        item.width = item.natural - (item.natural - item.least) * share;
        item.width = static_cast<float>(static_cast<int>(item.width));
    }
}

void grow(Items& items, float extra) {
    int fields = 0;
    int spacers = 0;
    for (const Item& item : items) {
        fields += item.grows ? 1 : 0;
        spacers += item.spacer ? 1 : 0;
    }
    for (Item& item : items) {
        item.width = item.natural;
        if (fields > 0 ? item.grows : item.spacer)
            item.width += extra / static_cast<float>(fields > 0 ? fields : spacers);
    }
}

void fit(const Pen& pen, const std::vector<Node>& children, Items& items, float width, float gap) {
    const float extra = width - sum_of(items, &Item::natural, gap);
    if (extra < 0)
        shrink(items, -extra);
    else
        grow(items, extra);
    for (Item& item : items)
        if (!item.spacer) item.height = measure(pen, children[item.index], item.width).height;
}

// The plain page lays everything: its style sheet knows where rows are cards.
auto is_left_out(const Pen& pen, const Node& node) -> bool {
    return node.over_cards && !pen.cards && !pen.picture.plain;
}

// A choice does not stand alone below the others it is chosen from: the one before it comes down,
// too.
void keep_company(const std::vector<Node>& children, std::vector<Items>& lines) {
    if (lines.size() < 2) return;
    Items& last = lines.back();
    Items& above = lines[lines.size() - 2];
    const auto is_button = [&](const Item& item) {
        return children[item.index].kind == Kind::Button;
    };
    if (last.size() > 1 || above.size() < 3) return;
    if (!is_button(last.front()) || !std::all_of(above.begin(), above.end(), is_button)) return;
    last.insert(last.begin(), above.back());
    above.pop_back();
}

// As many lines as it takes; within a table's cell always one.
auto lines_of(const Pen& pen, const std::vector<Node>& children, float width, float gap)
    -> std::vector<Items> {
    std::vector<Items> lines(1);
    float used = 0;
    for (std::size_t i = 0; i < children.size(); ++i) {
        if (is_left_out(pen, children[i])) continue;
        const Item item = item_of(pen, children[i], i, width);
        const float more = item.least + (lines.back().empty() ? 0 : gap);
        if (!lines.back().empty() && !pen.in_cell() && used + more > width) {
            lines.emplace_back();
            used = item.least;
        } else {
            used += more;
        }
        lines.back().push_back(item);
    }
    keep_company(children, lines);
    for (Items& items : lines)
        fit(pen, children, items, width, gap);
    return lines;
}

auto height_of(const Items& items) -> float {
    float height = 0;
    for (const Item& item : items)
        height = std::max(height, item.height);
    return height;
}

}  // namespace

auto measure_line(const Pen& pen, const std::vector<Node>& children, float width, float gap)
    -> Size {
    Size size;
    for (const Items& items : lines_of(pen, children, width, gap)) {
        size.width = std::max(size.width, std::min(width, sum_of(items, &Item::natural, gap)));
        size.height += height_of(items) + (size.height > 0 ? line_gap : 0);
    }
    return size;
}

void draw_line(const Pen& pen, const std::vector<Node>& children, const Rect& rect, float gap) {
    float y = rect.y;
    for (const Items& items : lines_of(pen, children, rect.width, gap)) {
        const float height = height_of(items);
        float x = rect.x;
        for (const Item& item : items) {
            const float top = middle({x, y, item.width, height}, item.height);
            draw_child(pen, children, item.index, {x, top, item.width, item.height});
            x += item.width + gap;
        }
        y += height + line_gap;
    }
}

auto measure_row(const Pen& pen, const Node& node, float width) -> Size {
    return measure_line(pen, node.children, width, node.gap);
}

void draw_row(const Pen& pen, const Node& node, const Rect& rect) {
    draw_line(pen, node.children, rect, node.gap);
}

auto measure_column(const Pen& pen, const Node& node, float width) -> Size {
    return {stack_width(pen, node.children, width),
            stack_height(pen, node.children, width, {node.gap, 0, 0})};
}

void draw_column(const Pen& pen, const Node& node, const Rect& rect) {
    draw_stack(pen, node.children, rect, {node.gap, 0, 0});
}

auto measure_spacer(const Pen&, const Node&, float) -> Size {
    return {};
}

void draw_spacer(const Pen&, const Node&, const Rect&) {}

}  // namespace pcc::ui
