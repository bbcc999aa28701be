// A table on a phone: each row a card, each cell beside its column's title, buttons at the bottom.
// Layer: web/ui. The narrow half of one kind.
#include <cmath>

#include "core/view/columns.hpp"
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::Node;
using view::Part;
using view::TableColumn;
using view::TableRow;

// Units: CSS px.
constexpr float padding = 16;
constexpr float line_gap = 8;
constexpr float most_spread = 8;  // what a line may stand further from the next
constexpr float least_line = 24;
constexpr float title_share = 0.36F;
constexpr float title_most = 130;
constexpr int lines_in_cell = 2;

auto title_room(float width) -> float {
    return std::floor(std::min(title_most, width * title_share));
}

auto is_bottom(const TableColumn& column) -> bool {
    return column.hidden_title;
}

auto cell_pen(const Pen& pen) -> Pen {
    Pen inner = pen;
    inner.dense = true;
    inner.lines = lines_in_cell;
    return inner;
}

// Where a cell's content stands within the card; x and y from the card's top left.
auto content_box(const Pen& pen, const Node& node, const TableRow& row, std::size_t column,
                 float width, float y) -> Rect {
    if (node.table->columns[column].check != view::Check::None)
        return {padding, y, box_size, 0};  // stands before the title of the line below it
    const bool whole = is_bottom(node.table->columns[column]);
    const float title = whole ? 0 : title_room(width);
    const Size size = measure(pen, row.cells[column], width - title);
    return {padding + title, y, width - title, std::max(least_line, size.height)};
}

// Goes through a row's cells from top to bottom, each `spread` further from the next than it need
// be; returns the height of the card.
template <class Visit>
auto walk(const Pen& pen, const Node& node, const TableRow& row, float card_width, float spread,
          Visit visit) -> float {
    const float width = card_width - 2 * padding;
    float y = padding + spread;
    for (std::size_t i = 0; i < row.cells.size() && i < node.table->columns.size(); ++i) {
        const Rect box = content_box(pen, node, row, i, width, y);
        visit(i, box);
        if (box.height > 0) y += box.height + line_gap + spread;
    }
    return y - line_gap + padding;
}

auto height_of(const Pen& cell, const Node& node, const TableRow& row, float width) -> float {
    return walk(cell, node, row, width, 0, [](std::size_t, const Rect&) {}) + 1;
}

// Cards are of one height: one with less to say shares what is over among its lines.
auto spread_of(const Pen& cell, const Node& node, const TableRow& row, const Rect& card) -> float {
    const auto lines = static_cast<float>(node.table->columns.size());
    const float over = card.height - height_of(cell, node, row, card.width);
    return std::clamp(std::floor(over / (lines + 1)), 0.F, most_spread);
}

void draw_cell(const Pen& pen, const Node& node, const TableRow& row, std::size_t column,
               const Rect& box, float left) {
    const TableColumn& about = node.table->columns[column];
    Pen cell = pen;
    cell.key = view::child_key(pen.key, about.id);
    cell.self = place(pen, node, Part::TableCell, column, cell.key, box);
    pen.frame.placed[cell.self].row = &row;
    if (box.height == 0)
        return draw_child(cell, row.cells, column,
                          {box.x, box.y + (least_line - box_size) / 2, box_size, box_size});
    if (column == 1 && node.table->on_pick) left += box_size + line_gap;
    const Node& content = row.cells[column];
    const Size size = measure(cell, content, box.width);
    if (!is_bottom(about)) {
        const float top = size.height < 30 ? middle(box, type::note.line) : box.y;
        write(pen, type::label, Role::Muted, left, top, about.title, box.x - left - 8);
    }
    const bool whole = rules_of(content.kind).stretches && content.width <= 0;
    draw_child(cell, row.cells, column,
               {box.x, middle(box, size.height), whole ? box.width : size.width, size.height});
}

void draw_card(const Pen& pen, const Node& node, const TableRow& row, std::size_t index,
               const Rect& rect) {
    Pen inner = cell_pen(pen);
    inner.key = view::child_key(pen.key, row.id);
    inner.self = place(pen, node, Part::TableRow, index, inner.key, rect);
    pen.frame.placed[inner.self].row = &row;
    const bool last = index + 1 == node.table->row_count;
    if (row.selected || row.picked)
        fill(pen.list, rect, pen.ink(Role::AccentSoft), last ? radius_card - 1 : 0,
             last ? ImDrawFlags_RoundCornersBottom : 0);
    const float spread = spread_of(inner, node, row, rect);
    walk(inner, node, row, rect.width, spread, [&](std::size_t i, Rect box) {
        box.x += rect.x;
        box.y += rect.y;
        draw_cell(inner, node, row, i, box, rect.x + padding);
    });
    if (!last) hairline(pen.list, rect.x, bottom(rect) - 1, rect.width, pen.ink(Role::Line));
}

// Column titles are drawn in each card; the head stays for those who hear the page.
void place_head(const Pen& pen, const Node& node, const Rect& rect) {
    Pen head = pen;
    head.key = view::child_key(pen.key, "head");
    head.self = place(pen, node, Part::TableHead, 0, head.key, rect);
    for (std::size_t i = 0; i < node.table->columns.size(); ++i)
        place(head, node, Part::TableColumn, i,
              view::child_key(head.key, node.table->columns[i].id), rect);
}

// Tables of the same columns have cards of the same height, so their columns name them.
auto shape_of(const Node& node) -> view::Key {
    view::Key key = view::child_key(0, node.id);
    for (const TableColumn& column : node.table->columns)
        key = view::child_key(key, column.id);
    return key;
}

// All cards of a table are as high as the highest seen so far; the first row starts it.
auto pitch_of(const Pen& pen, const Node& node, float width) -> float {
    TableMemory& memory = memory_of(pen, shape_of(node));
    if (memory.card_width != width) {
        memory.card_width = width;
        memory.card_height = height_of(cell_pen(pen), node, view::read_row(*node.table, 0), width);
    }
    return memory.card_height;
}

void raise_pitch(const Pen& pen, const Node& node, float height) {
    TableMemory& memory = memory_of(pen, shape_of(node));
    if (height <= memory.card_height) return;
    memory.card_height = height;
    pen.state.one_more = true;
}

}  // namespace

auto cards_height(const Pen& pen, const Node& node, float width) -> float {
    const std::size_t count = node.table->row_count;
    return count == 0 ? 0 : pitch_of(pen, node, width) * static_cast<float>(count);
}

void draw_cards(const Pen& pen, const Node& node, const Rect& rect) {
    place_head(pen, node, {rect.x, rect.y, rect.width, 0});
    Pen body = pen;
    body.key = view::child_key(pen.key, "body");
    body.self = place(pen, node, Part::TableBody, 0, body.key, rect);
    const std::size_t count = node.table->row_count;
    if (count == 0) return;
    const float pitch = pitch_of(pen, node, rect.width);
    const Sight sight = rows_in_sight(pen.clip, rect.y, pitch, count);
    for (std::size_t i = sight.first; i < sight.end; ++i) {
        const TableRow& row = pen.frame.rows.emplace_back(view::read_row(*node.table, i));
        raise_pitch(pen, node, height_of(cell_pen(body), node, row, rect.width));
        const float y = rect.y + pitch * static_cast<float>(i);
        draw_card(body, node, row, i, {rect.x, y, rect.width, pitch});
    }
    notice_end(pen, node, sight.last_in_sight);
}

}  // namespace pcc::ui
