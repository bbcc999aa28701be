// What a node is drawn with: the frame's shared things, and where in the picture the pen stands.
// Layer: web/ui. A copy of a pen is a place further in; the references are shared.
#pragma once

#include "web/ui/draw.hpp"
#include "web/ui/geometry.hpp"
#include "web/ui/text.hpp"

namespace pcc::ui {

/// What lies below the ink; decides which colours words and buttons have.
enum class Ground { Page, Surface, Raised, Sidebar, Banner };

struct Pen {
    const view::Picture& picture;
    const Fonts& fonts;
    const DrawInput& input;
    DrawState& state;
    std::vector<app::Msg>& inbox;
    view::Frame& frame;
    ImDrawList& list;

    view::Key key = 0;       // of the node being drawn
    std::uint32_t self = 0;  // its place in Frame::placed
    Rect clip = {};
    Rect cover = {};  // what lies above and takes what is pressed there
    Ground ground = Ground::Page;
    bool inert = false;   // below a dialog: drawn, but nothing reacts
    bool narrow = false;  // below narrow_width
    bool finger = false;  // everything that can be pressed is at least 44 high
    bool dense = false;   // body words are 13 px: tables, facts, dialogs, bars
    bool fine = false;    // they are 12 px: tables of small print
    bool cards = false;   // the table of the card is drawn as cards
    int lines = 0;        // in table cells: how many lines words may take; 0 elsewhere

    auto ink(Role role, float alpha = 1) const -> ImU32;
    auto in_cell() const -> bool { return lines > 0; }
    auto on_dark() const -> bool { return ground == Ground::Sidebar || ground == Ground::Banner; }
    /// The role of words that are quieter: faint ink is too light for the page's own ground.
    auto faint() const -> Role;
};

struct Hit {
    bool hovered = false;
    bool held = false;
    bool pressed = false;
};

/// Records where a node or a part of a table is; returns its place in Frame::placed.
auto place(const Pen& pen, const view::Node& node, view::Part part, std::size_t index,
           view::Key key, const Rect& rect) -> std::uint32_t;

/// A pen that draws and reacts within `rect` only, until unclip is called with the pen before.
auto clipped(const Pen& pen, const Rect& rect) -> Pen;
void unclip(const Pen& before);

/// Hover, press and release-inside over an area, as far as it is in sight and nothing lies above.
auto press_area(const Pen& pen, const Rect& rect, view::Key id) -> Hit;

/// The area of a node that can be pressed: raises `on_press`, unless the node is disabled or busy.
auto press_node(const Pen& pen, const view::Node& node, const Rect& rect) -> Hit;

/// True when the pointer is over `rect` and a soft hover is to be shown.
auto hovers(const Pen& pen, const Rect& rect) -> bool;

/// The least height of what can be pressed.
auto touch_height(const Pen& pen, float height) -> float;

/// Draws one line of words; shortened to `width` where that is given.
void write(const Pen& pen, Type type, Role role, float x, float y, std::string_view text,
           float width = 0);

/// Draws words line after line within `width`; returns where they stand.
auto write_lines(const Pen& pen, Type type, Role role, float x, float y, std::string_view text,
                 float width) -> Rect;

/// Records where the node that is being drawn has written its name, or its detail.
void name_stands_at(const Pen& pen, const Rect& rect);
void detail_stands_at(const Pen& pen, const Rect& rect);

/// The size words take within `width`.
auto measure_lines(const Pen& pen, Type type, std::string_view text, float width) -> Size;

}  // namespace pcc::ui
