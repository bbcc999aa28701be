// Notices, empty states, skeletons and the box of a Token ID.
// Layer: web/ui. One family of kinds.
#include "web/ui/kinds/kinds.hpp"
#include "web/ui/paint.hpp"

namespace pcc::ui {

namespace {

using view::Node;
using view::Tone;

// Units: CSS px.
constexpr float notice_x = 12;
constexpr float notice_y = 10;
constexpr float notice_gap = 8;
constexpr float empty_padding = 40;
constexpr float empty_width = 440;
constexpr float skeleton_row = 44;
constexpr int skeleton_rows = 3;
constexpr float code_x = 17;
constexpr float code_y = 15;
constexpr float code_gap = 12;

auto words_height(const Pen& pen, Type type, const std::string& words, float width) -> float {
    return words.empty() ? 0 : measure_lines(pen, type, words, width).height;
}

auto on_notice(const Pen& pen) -> Pen {
    Pen inner = pen;
    inner.ground = Ground::Surface;
    inner.dense = true;
    return inner;
}

}  // namespace

auto measure_notice(const Pen& pen, const Node& node, float width) -> Size {
    const float room = width - 2 * notice_x;
    float height = words_height(pen, type::table_strong, node.name, room) +
                   words_height(pen, type::table, node.detail, room);
    if (!node.children.empty())
        height += (height > 0 ? notice_gap : 0) +
                  stack_height(on_notice(pen), node.children, room, {notice_gap, 0, 0});
    return {width, height + 2 * notice_y};
}

void draw_notice(const Pen& pen, const Node& node, const Rect& rect) {
    const Role words = tone_text(node.tone);
    fill(pen.list, rect, pen.ink(tone_soft(node.tone)), radius_button);
    if (node.tone == Tone::Plain) outline(pen.list, rect, pen.ink(Role::Line), radius_button);
    const Rect body = inset(rect, notice_x, notice_y);
    const auto write_words = [&](Type type, float top, const std::string& text) -> Rect {
        if (text.empty()) return {body.x, top, body.width, 0};
        return write_lines(pen, type, words, body.x, top, text, body.width);
    };
    const Rect name = write_words(type::table_strong, body.y, node.name);
    const Rect detail = write_words(type::table, bottom(name), node.detail);
    name_stands_at(pen, name);
    detail_stands_at(pen, detail);
    float y = bottom(detail);
    if (y > body.y) y += notice_gap;
    draw_stack(on_notice(pen), node.children, {body.x, y, body.width, bottom(body) - y},
               {notice_gap, 0, 0});
}

namespace {

auto empty_room(float width) -> float {
    return std::min(empty_width, width - 32);
}

// Each line of words in the middle of the box; returns where they stand.
auto write_centred(const Pen& pen, Type type, Role role, const Rect& rect, float y,
                   const std::string& words) -> Rect {
    const float room = empty_room(rect.width);
    Rect written{rect.x + (rect.width - room) / 2, y, room, 0};
    if (words.empty()) return written;
    for (const auto line : break_lines(pen.fonts, type, words, room)) {
        const float width = text_width(pen.fonts, type, line);
        write(pen, type, role, rect.x + (rect.width - width) / 2, bottom(written), line);
        written.height += type.line;
    }
    return written;
}

}  // namespace

auto measure_empty(const Pen& pen, const Node& node, float width) -> Size {
    const float room = empty_room(width);
    float height = words_height(pen, type::card, node.name, room) + 4 +
                   words_height(pen, type::table, node.detail, room);
    if (!node.children.empty()) height += 16 + measure_line(pen, node.children, room, 12).height;
    return {width, height + 2 * empty_padding};
}

void draw_empty(const Pen& pen, const Node& node, const Rect& rect) {
    const Rect name =
        write_centred(pen, type::card, Role::Text, rect, rect.y + empty_padding, node.name);
    const Rect detail =
        write_centred(pen, type::table, Role::Muted, rect, bottom(name) + 4, node.detail);
    name_stands_at(pen, name);
    detail_stands_at(pen, detail);
    const float y = bottom(detail) + 16;
    const float room = empty_room(rect.width);
    const Size line = measure_line(pen, node.children, room, 12);
    const float x = static_cast<float>(static_cast<int>(rect.x + (rect.width - line.width) / 2));
    draw_line(pen, node.children, {x, y, line.width, line.height}, 12);
}

auto measure_skeleton(const Pen&, const Node&, float width) -> Size {
    return {width, skeleton_row * skeleton_rows + 16};
}

// Where words will be: two soft lines in each row, of lengths that do not look alike.
void draw_skeleton(const Pen& pen, const Node&, const Rect& rect) {
    constexpr float shares[skeleton_rows][2] = {{0.34F, 0.18F}, {0.26F, 0.24F}, {0.38F, 0.14F}};
    const float room = rect.width - 32;
    for (int row = 0; row < skeleton_rows; ++row) {
        const float y = rect.y + 8 + skeleton_row * static_cast<float>(row) + 16;
        fill(pen.list, {rect.x + 16, y, room * shares[row][0], 12}, pen.ink(Role::Line), 6);
        fill(pen.list, {rect.x + 16 + room * 0.55F, y, room * shares[row][1], 12},
             pen.ink(Role::Line), 6);
    }
}

auto measure_code_box(const Pen& pen, const Node& node, float width) -> Size {
    const float room = width - 2 * code_x;
    float height = words_height(pen, type::token_id, node.detail, room);
    if (!node.children.empty())
        height += code_gap + measure_line(on_notice(pen), node.children, room, code_gap).height;
    return {width, height + 2 * code_y};
}

void draw_code_box(const Pen& pen, const Node& node, const Rect& rect) {
    fill(pen.list, rect, pen.ink(Role::Background), radius_card);
    outline(pen.list, rect, pen.ink(Role::Line), radius_card);
    const Rect body = inset(rect, code_x, code_y);
    write_lines(pen, type::token_id, Role::Text, body.x, body.y, node.detail, body.width);
    const float y = body.y + words_height(pen, type::token_id, node.detail, body.width) + code_gap;
    Pen inner = on_notice(pen);
    inner.ground = Ground::Page;
    draw_line(inner, node.children, {body.x, y, body.width, bottom(body) - y}, code_gap);
}

}  // namespace pcc::ui
