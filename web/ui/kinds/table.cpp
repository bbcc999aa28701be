// Tables: a head that stays in sight, and only the rows that are in sight.
// Layer: web/ui. One kind; on a phone its rows become cards (table_cards.cpp).
#include <cmath>

#include "core/view/columns.hpp"
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
constexpr float room_around = 16;  // at both ends, and between columns
constexpr float room_around_fine = 8;
constexpr float least_head = 36;
constexpr float hairline_height = 1;
constexpr float row_height = 44;
constexpr float row_height_fine = 31;
constexpr float row_height_tall = 60;
constexpr float last_row_radius = radius_card - 1;
constexpr std::size_t rows_beyond = 2;

constexpr float narrowest = 56;
constexpr float grip_width = 12;

struct Span {
    float x = 0;
    float width = 0;
    float own = 0;   // its width before the person drew it wider
    float most = 0;  // what the columns after it could give
};

auto gap_of(const Table& table) -> float {
    return table.fine ? room_around_fine : room_around;
}

auto words_room(const Table& table, float width) -> float {
    return width - gap_of(table) * static_cast<float>(table.columns.size() + 1);
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

// What one column takes, those after it give, each as far as it can; the last takes what is over.
void widen(const Table& table, std::vector<Span>& spans, std::size_t column) {
    Span& span = spans[column];
    span.own = span.width;
    for (std::size_t i = column + 1; i < spans.size(); ++i)
        span.most += std::max(0.F, spans[i].width - least_width(table.columns[i]));
    const float by =
        std::clamp(table.columns[column].wider, std::min(0.F, narrowest - span.width), span.most);
    span.width += by;
    for (std::size_t i = column + 1; by > 0 && i < spans.size(); ++i) {
        const float give = std::max(0.F, spans[i].width - least_width(table.columns[i]));
        spans[i].width -= by * give / span.most;
    }
    if (by < 0) spans.back().width -= by;
}

// By weight beyond the minimum, never by content: what ticks moves no column.
auto columns_of(const Table& table, const Rect& rect) -> std::vector<Span> {
    const Widths widths = widths_of(table);
    const float room = words_room(table, rect.width);
    const float extra = std::max(0.F, room - widths.wanted);
    const float give = widths.wanted - widths.least;
    const float missing = give > 0 ? std::clamp((widths.wanted - room) / give, 0.F, 1.F) : 0;
    std::vector<Span> spans;
    for (const TableColumn& column : table.columns) {
        const float share = widths.weight > 0 ? extra * column.weight / widths.weight : 0;
        const float least = column.min_width - (column.min_width - least_width(column)) * missing;
        spans.push_back({0, least + share, 0, 0});
    }
    for (std::size_t i = 0; i + 1 < spans.size(); ++i)
        widen(table, spans, i);
    const float gap = gap_of(table);
    float x = rect.x + gap;
    for (Span& span : spans) {
        span.x = std::floor(x);
        x += span.width + gap;
        span.width = std::floor(x - gap) - span.x;
    }
    return spans;
}

auto pitch_of(const Pen& pen, const Table& table) -> float {
    const float one_line = table.fine ? row_height_fine : row_height;
    const float row = table.tall ? row_height_tall : one_line;
    return (pen.finger ? std::max(row, 60.F) : row) + hairline_height;
}

auto head_height(const Pen& pen) -> float {
    return touch_height(pen, least_head);
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

// From the edge of the row to the next column: as wide as a finger.
auto around_box(const Table& table, const Rect& row, const Span& box) -> Rect {
    return {row.x, row.y, box.x + box.width + gap_of(table) - row.x, row.height};
}

// The gap after a column: drawing it moves the border.
void draw_grip(const Pen& head, const Node& node, std::size_t column, const Span& span,
               const Rect& rect) {
    const Rect grip{span.x + span.width + (gap_of(*node.table) - grip_width) / 2, rect.y,
                    grip_width, rect.height};
    const TableColumn& about = node.table->columns[column];
    const int cursor = head.state.cursor;
    const Hit hit = press_area(head, grip, view::child_key(head.key, about.id + " border"));
    head.state.cursor = hit.hovered || hit.held ? 3 : cursor;
    if (hit.hovered || hit.held || hovers(head, rect))
        fill(head.list, {grip.x + grip_width / 2, rect.y + 10, 1, rect.height - 20},
             head.ink(hit.hovered || hit.held ? Role::Accent : Role::Line));
    const ImGuiIO& io = ImGui::GetIO();
    if (!hit.held || io.MouseDelta.x == 0) return;
    const float wanted = io.MousePos.x - grip_width / 2 - span.x - span.own;
    const float wider = std::clamp(wanted, std::min(0.F, narrowest - span.own), span.most);
    head.inbox.push_back(node.table->on_widen(view::column_key(node.name),
                                              view::column_key(about.id), wider - about.wider));
}

void draw_head(const Pen& pen, const Node& node, const Rect& rect, const std::vector<Span>& spans) {
    if (rect.y > pen.frame.placed[pen.self].rect.y) fill(pen.list, rect, pen.ink(Role::Surface));
    Pen head = pen;
    head.key = view::child_key(pen.key, "head");
    head.self = place(pen, node, Part::TableHead, 0, head.key, rect);
    for (std::size_t i = 0; i < spans.size(); ++i) {
        const TableColumn& column = node.table->columns[i];
        const Rect cell{spans[i].x, rect.y, spans[i].width, rect.height};
        const view::Key key = view::child_key(head.key, column.id);
        const bool checks = column.check != view::Check::None;
        const Rect area = checks ? around_box(*node.table, rect, spans[i]) : cell;
        place(head, node, Part::TableColumn, i, key, area);
        const Hit hit = column.on_sort ? press_area(head, area, key) : Hit{};
        if (hit.pressed) pen.inbox.push_back(*column.on_sort);
        if (checks)
            draw_box(pen, {cell.x, middle(cell, box_size), box_size, box_size}, column.check,
                     hit.hovered);
        draw_title(pen, column, cell, hit);
        if (node.table->on_widen && i + 1 < spans.size() && !column.at_end)
            draw_grip(head, node, i, spans[i], rect);
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
    pen.frame.placed[cell.self].row = &row;
    if (pen.input.focus_visible && pen.input.focused == cell.key)
        ring(pen.list, inset(rect, -4, 6),
             pen.ink(pen.picture.assuming ? Role::ActingRing : Role::Ring), radius_small);
    if (column >= row.cells.size()) return;
    const Node& content = row.cells[column];
    const Size size = measure(cell, content, rect.width);
    const bool whole = rules_of(content.kind).stretches && content.width <= 0 && !about.at_end;
    const float width = whole ? rect.width : size.width;
    const float x = about.at_end ? right(rect) - width : rect.x;
    draw_child(cell, row.cells, column, {x, middle(rect, size.height), width, size.height});
}

// All around the box counts, with the keys that are held: asked first, the box itself never hears.
void press_checkbox(const Pen& pen, const Node& node, const TableRow& row, const Rect& rect,
                    const Span& box) {
    if (press_area(pen, around_box(*node.table, rect, box), view::child_key(pen.key, "box"))
            .pressed)
        pick_row(pen, node, row, app::Pick::Toggle);
}

// Whatever of the row nothing else has claimed. Not by finger: a tap too many would select.
void press_row(const Pen& pen, const Node& node, const TableRow& row, const Rect& rect) {
    if (pen.input.touch) return;
    const int cursor = pen.state.cursor;
    if (press_area(pen, rect, view::child_key(pen.key, "row")).pressed)
        pick_row(pen, node, row, app::Pick::Only);
    pen.state.cursor = cursor;
}

void draw_row(const Pen& pen, const Node& node, std::size_t index, const Rect& rect,
              const std::vector<Span>& spans) {
    const TableRow& row = pen.frame.rows.emplace_back(view::read_row(*node.table, index));
    Pen inner = pen;
    inner.key = view::child_key(pen.key, row.id);
    inner.self = place(pen, node, Part::TableRow, index, inner.key, rect);
    pen.frame.placed[inner.self].row = &row;
    inner.dense = true;
    inner.fine = node.table->fine;
    inner.lines = 1;
    const bool last = index + 1 == node.table->row_count;
    const bool hovered = hovers(pen, rect);
    const bool strong = row.selected || row.picked;
    if (strong || hovered)
        fill(pen.list, rect, pen.ink(strong ? Role::AccentSoft : Role::RowHover),
             last ? last_row_radius : 0, last ? ImDrawFlags_RoundCornersBottom : 0);
    if (node.table->on_pick) press_checkbox(inner, node, row, rect, spans[0]);
    for (std::size_t i = 0; i < spans.size(); ++i)
        draw_cell(inner, node, row, i, {spans[i].x, rect.y, spans[i].width, rect.height});
    if (node.table->on_pick) press_row(inner, node, row, rect);
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

void pick_row(const Pen& pen, const Node& node, const TableRow& row, app::Pick plain) {
    const app::Pick with_command = pen.input.command ? app::Pick::Toggle : plain;
    const app::Pick how = pen.input.shift ? app::Pick::Range : with_command;
    pen.inbox.push_back(node.table->on_pick(how, row.id));
}

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

auto is_cards(const Pen& pen, const Node& node, float width) -> bool {
    return pen.narrow || widths_of(*node.table).least > words_room(*node.table, width);
}

auto measure_table(const Pen& pen, const Node& node, float width) -> Size {
    if (is_cards(pen, node, width)) return {width, cards_height(pen, node, width)};
    const float rows = pitch_of(pen, *node.table) * static_cast<float>(node.table->row_count);
    return {width, head_height(pen) + hairline_height + std::max(0.F, rows - hairline_height)};
}

void draw_table(const Pen& pen, const Node& node, const Rect& rect) {
    if (is_cards(pen, node, rect.width)) return draw_cards(pen, node, rect);
    const std::vector<Span> spans = columns_of(*node.table, rect);
    const float below = head_height(pen) + hairline_height;
    // Stays in sight for as long as one row stands below it.
    const float lowest = bottom(rect) - below - pitch_of(pen, *node.table);
    const float y = std::clamp(pen.clip.y, rect.y, std::max(rect.y, lowest));
    draw_head(pen, node, {rect.x, y, rect.width, head_height(pen)}, spans);
    const float top = rect.y + below;
    const Rect rows{rect.x, top, rect.width, bottom(rect) - top};
    if (y == rect.y) return draw_rows(pen, node, rows, spans);
    draw_rows(clipped(pen, {rect.x, y + below, rect.width, bottom(rect) - y - below}), node, rows,
              spans);
    unclip(pen);
}

}  // namespace pcc::ui
