// Every kind of node: how it is measured and how it is drawn.
// Layer: web/ui. Declarations only; one small file for each family.
#pragma once

#include "web/ui/layout.hpp"

namespace pcc::ui {

#define PCC_KIND(name)                                                              \
    auto measure_##name(const Pen& pen, const view::Node& node, float width)->Size; \
    void draw_##name(const Pen& pen, const view::Node& node, const Rect& rect)

PCC_KIND(root);
PCC_KIND(banner);
PCC_KIND(sidebar);
PCC_KIND(brand);
PCC_KIND(org_card);
PCC_KIND(nav_group);
PCC_KIND(nav_link);
PCC_KIND(profile);
PCC_KIND(top_bar);
PCC_KIND(breadcrumb);
PCC_KIND(main);
PCC_KIND(toasts);
PCC_KIND(toast);
PCC_KIND(row);
PCC_KIND(column);
PCC_KIND(spacer);
PCC_KIND(heading);
PCC_KIND(text);
PCC_KIND(sentence);
PCC_KIND(chip);
PCC_KIND(dot);
PCC_KIND(bar);
PCC_KIND(button);
PCC_KIND(link);
PCC_KIND(text_field);
PCC_KIND(choice_group);
PCC_KIND(choice);
PCC_KIND(checkbox);
PCC_KIND(card);
PCC_KIND(card_header);
PCC_KIND(table);
PCC_KIND(facts);
PCC_KIND(fact);
PCC_KIND(notice);
PCC_KIND(empty);
PCC_KIND(skeleton);
PCC_KIND(code_box);
PCC_KIND(dialog);
PCC_KIND(actions);

#undef PCC_KIND

/// The type and the ink of words in a style, on the pen's ground.
struct Words {
    Type type;
    Role role;
};
auto words_of(const Pen& pen, view::TextStyle style, view::Tone tone) -> Words;
auto words_of(const Pen& pen, const view::Node& text) -> Words;

/// Left to right, centred on their line, wrapping; also the inside of banners and card headers.
auto measure_line(const Pen& pen, const std::vector<view::Node>& children, float width, float gap)
    -> Size;
void draw_line(const Pen& pen, const std::vector<view::Node>& children, const Rect& rect,
               float gap);

/// The box of a checkbox, with a tick, a dash or nothing in it.
void draw_box(const Pen& pen, const Rect& box, view::Check check, bool hovered);
constexpr float box_size = 18;  // Units: CSS px
/// Where a press counts: at least as large as a finger where fingers press.
auto finger_area(const Pen& pen, const Rect& rect) -> Rect;

/// Where the toasts lie over the page, which is `rect`, and where a dialog lies over the canvas.
auto toasts_box(const Pen& pen, const view::Node& node, const Rect& rect) -> Rect;
auto dialog_box(const Pen& pen, const view::Node& node, const Rect& rect) -> Rect;
/// Puts them where they do not lie over what has the keyboard's focus, for the next frame.
void keep_toasts_off_focus(const Pen& pen, const view::Node& node, const Rect& rect);
/// Tells once that the toasts are to stay, or may go.
void hold_toasts(const Pen& pen, bool held);

/// Where the columns of a table have no room side by side, each row becomes a card.
auto is_cards(const Pen& pen, const view::Node& table, float width) -> bool;
auto cards_height(const Pen& pen, const view::Node& node, float width) -> float;
void draw_cards(const Pen& pen, const view::Node& node, const Rect& rect);
/// Sends `on_near_end` once when the last row has come into sight.
void notice_end(const Pen& pen, const view::Node& node, bool last_in_sight);
auto memory_of(const Pen& pen, view::Key key) -> TableMemory&;
/// Picks the row: with Shift a range, with Ctrl or Command as well, else as `plain` says.
void pick_row(const Pen& pen, const view::Node& node, const view::TableRow& row, app::Pick plain);

/// The rows to be read: those in sight and two on either side.
struct Sight {
    std::size_t first = 0;
    std::size_t end = 0;
    bool last_in_sight = false;
};
auto rows_in_sight(const Rect& clip, float top, float pitch, std::size_t count) -> Sight;

}  // namespace pcc::ui
