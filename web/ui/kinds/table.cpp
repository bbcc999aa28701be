// Tables: a head, and only the rows that are in sight.
// Layer: web/ui. One kind; on a phone its rows become cards (table_cards.cpp).
#include <cmath>

#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::Node;
using view::Part;
using view::Sort;
using view::Table;
using view::TableColumn;
using view::TableRow;

// Units: CSS px.
constexpr float padding = 16;
constexpr float column_gap = 16;
constexpr float head_height = 36;
constexpr float hairline_height = 1;
constexpr float row_height = 44;
constexpr float row_height_tall = 60;
constexpr float last_row_radius = radius_card - 1;
constexpr std::size_t rows_beyond = 2;

struct Span {
    float x = 0;
    float width = 0;
};

auto words_room(const Table& table, float width) -> float {
    return width - 2 * padding - column_gap * static_cast<float>(table.columns.size() - 1);
}

// Words may be shortened down to this share of their column's least width; buttons not at all.
constexpr float tightest = 0.7F;

auto least_width(const TableColumn& column) -> float {
    return column.at_end ? column.min_width : column.min_width * tightest;
}

struct Widths {
    float wanted = 0;
    float least = 0;
    float weight = 0;
};

auto widths_of(const Table& table) -> Widths {
    Widths widths;
    for (const TableColumn& column : table.columns) {
        widths.wanted += column.min_width;
        widths.least += least_width(column);
        widths.weight += column.weight;
    }
    return widths;
}

// Where the columns have no room side by side, each row becomes a card.
auto as_cards(const Pen& pen, const Table& table, float width) -> bool {
    return pen.narrow || widths_of(table).least > words_room(table, width);
}

// By weight beyond the minimum, never by content: what ticks moves no column.
auto columns_of(const Table& table, const Rect& rect) -> std::vector<Span> {
    const Widths widths = widths_of(table);
    const float room = words_room(table, rect.width);
    const float extra = std::max(0.F, room - widths.wanted);
    const float give = widths.wanted - widths.least;
    const float missing = give > 0 ? std::clamp((widths.wanted - room) / give, 0.F, 1.F) : 0;
    std::vector<Span> spans;
    float x = rect.x + padding;
    for (const TableColumn& column : table.columns) {
        const float share = widths.weight > 0 ? extra * column.weight / widths.weight : 0;
        const float least = column.min_width - (column.min_width - least_width(column)) * missing;
        const float width = least + share;
        spans.push_back({std::floor(x), std::floor(x + width) - std::floor(x)});
        x += width + column_gap;
    }
    return spans;
}

auto pitch_of(const Pen& pen, const Table& table) -> float {
    const float row = table.tall ? row_height_tall : row_height;
    return (pen.finger ? std::max(row, 60.F) : row) + hairline_height;
}

void draw_title(const Pen& pen, const TableColumn& column, const Rect& rect, const Hit& hit) {
    if (column.hidden_title) return;
    const bool sorted = column.sort == Sort::Ascending || column.sort == Sort::Descending;
    const float mark = column.on_sort ? 14 : 0;
    const Role role = sorted || hit.hovered ? Role::Text : Role::Muted;
    const float words =
        std::min(text_width(pen.fonts, type::label, column.title), rect.width - mark);
    const float x = column.at_end ? right(rect) - words - mark : rect.x;
    write(pen, type::label, role, x, middle(rect, type::label.line), column.title,
          rect.width - mark);
    if (sorted || hit.hovered)
        arrow(pen.list, x + words + 9, rect.y + rect.height / 2, column.sort == Sort::Ascending,
              pen.ink(role));
}

void draw_head(const Pen& pen, const Node& node, const Rect& rect, const std::vector<Span>& spans) {
    Pen head = pen;
    head.key = view::child_key(pen.key, "head");
    head.self = place(pen, node, Part::TableHead, 0, head.key, rect);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const TableColumn& column = node.table->columns[i];
        const Rect cell{spans[i].x, rect.y, spans[i].width, rect.height};
        const view::Key key = view::child_key(head.key, column.id);
        place(head, node, Part::TableColumn, i, key, cell);
        const Hit hit = column.on_sort ? press_area(head, cell, key) : Hit{};
        if (hit.pressed) pen.inbox.push_back(*column.on_sort);
        draw_title(pen, column, cell, hit);
        if (pen.input.focus_visible && pen.input.focused == key)
            ring(pen.list, inset(cell, -2, 8),
                 pen.ink(pen.picture.assuming ? Role::ActingRing : Role::Ring), radius_small);
    }
    hairline(pen.list, rect.x, bottom(rect), rect.width, pen.ink(Role::Line));
}

void draw_cell(const Pen& pen, const Node& node, const TableRow& row, std::size_t column,
               const Rect& rect) {
    const TableColumn& about = node.table->columns[column];
    Pen cell = pen;
    cell.key = view::child_key(pen.key, about.id);
    cell.self = place(pen, node, Part::TableCell, column, cell.key, rect);
    if (column >= row.cells.size()) return;
    const Node& content = row.cells[column];
    const Size size = measure(cell, content, rect.width);
    const bool whole = rules_of(content.kind).stretches && content.width <= 0 && !about.at_end;
    const float width = whole ? rect.width : size.width;
    const float x = about.at_end ? right(rect) - width : rect.x;
    draw_child(cell, row.cells, column, {x, middle(rect, size.height), width, size.height});
}

void draw_row(const Pen& pen, const Node& node, std::size_t index, const Rect& rect,
              const std::vector<Span>& spans) {
    const TableRow& row = pen.frame.rows.emplace_back(node.table->row_at(index));
    Pen inner = pen;
    inner.key = view::child_key(pen.key, row.id);
    inner.self = place(pen, node, Part::TableRow, index, inner.key, rect);
    inner.dense = true;
    inner.lines = 1;
    const bool last = index + 1 == node.table->row_count;
    const bool hovered = hovers(pen, rect);
    if (row.selected || hovered)
        fill(pen.list, rect, pen.ink(row.selected ? Role::AccentSoft : Role::RowHover),
             last ? last_row_radius : 0, last ? ImDrawFlags_RoundCornersBottom : 0);
    for (std::size_t i = 0; i < spans.size(); ++i)
        draw_cell(inner, node, row, i, {spans[i].x, rect.y, spans[i].width, rect.height});
    if (!last) hairline(pen.list, rect.x, bottom(rect), rect.width, pen.ink(Role::Line));
}

void draw_rows(const Pen& pen, const Node& node, const Rect& rect, const std::vector<Span>& spans) {
    Pen body = pen;
    body.key = view::child_key(pen.key, "body");
    body.self = place(pen, node, Part::TableBody, 0, body.key, rect);
    const float pitch = pitch_of(pen, *node.table);
    const Sight sight = rows_in_sight(pen.clip, rect.y, pitch, node.table->row_count);
    for (std::size_t i = sight.first; i < sight.end; ++i) {
        const float y = rect.y + pitch * static_cast<float>(i);
        draw_row(body, node, i, {rect.x, y, rect.width, pitch - hairline_height}, spans);
    }
    notice_end(pen, node, sight.last_in_sight);
}

}  // namespace

auto memory_of(const Pen& pen, view::Key key) -> TableMemory& {
    for (TableMemory& memory : pen.state.tables)
        if (memory.key == key) return memory;
    return pen.state.tables.emplace_back(TableMemory{key, 0, 0, 0});
}

auto rows_in_sight(const Rect& clip, float top, float pitch, std::size_t count) -> Sight {
    const auto row_at = [&](float y) {
        const float row = std::floor((y - top) / pitch);
        return row <= 0 ? 0 : std::min(static_cast<std::size_t>(row), count);
    };
    Sight sight;
    const std::size_t first = row_at(clip.y);
    sight.first = first > rows_beyond ? first - rows_beyond : 0;
    const std::size_t seen = bottom(clip) <= top ? 0 : std::min(count, row_at(bottom(clip)) + 1);
    sight.end = std::min(count, seen + rows_beyond);
    sight.last_in_sight = count > 0 && seen == count;
    return sight;
}

void notice_end(const Pen& pen, const Node& node, bool last_in_sight) {
    TableMemory& memory = memory_of(pen, pen.key);
    const bool asked = memory.asked_at == node.table->row_count;
    memory.asked_at =
        last_in_sight && (asked || node.table->on_near_end) ? node.table->row_count : 0;
    if (last_in_sight && !asked && node.table->on_near_end && !pen.inert)
        pen.inbox.push_back(*node.table->on_near_end);
}

auto measure_table(const Pen& pen, const Node& node, float width) -> Size {
    if (as_cards(pen, *node.table, width)) return {width, cards_height(pen, node, width)};
    const float rows = pitch_of(pen, *node.table) * static_cast<float>(node.table->row_count);
    return {width, head_height + hairline_height + std::max(0.F, rows - hairline_height)};
}

void draw_table(const Pen& pen, const Node& node, const Rect& rect) {
    if (as_cards(pen, *node.table, rect.width)) return draw_cards(pen, node, rect);
    const std::vector<Span> spans = columns_of(*node.table, rect);
    draw_head(pen, node, {rect.x, rect.y, rect.width, head_height}, spans);
    const float top = rect.y + head_height + hairline_height;
    draw_rows(pen, node, {rect.x, top, rect.width, bottom(rect) - top}, spans);
}

}  // namespace pcc::ui
