// Measures and draws nodes by their kind, one below the other or on their own.
// Layer: web/ui. Knows how kinds are found, not how any of them looks.
#pragma once

#include "web/ui/pen.hpp"

namespace pcc::ui {

/// How a kind of node is measured within a width, and drawn into a box.
struct KindRules {
    Size (*measure)(const Pen& pen, const view::Node& node, float width) = nullptr;
    void (*draw)(const Pen& pen, const view::Node& node, const Rect& rect) = nullptr;
    bool stretches = false;  // takes the whole width of a stack
    bool shrinks = false;    // in a Row: may become narrower than its words would like
};
auto rules_of(view::Kind kind) -> const KindRules&;

/// The size a node takes within `width`, its own `width` respected.
auto measure(const Pen& pen, const view::Node& node, float width) -> Size;

/// Draws the child with this index into `rect`: places it, gives it its key and its focus ring.
void draw_child(const Pen& pen, const std::vector<view::Node>& children, std::size_t index,
                const Rect& rect);

/// One child below the other.
struct Stack {
    float gap = 8;
    std::size_t first = 0;     // children before are not part of it
    float before_actions = 0;  // what the gap before Actions is at least
};
auto stack_height(const Pen& pen, const std::vector<view::Node>& children, float width,
                  const Stack& stack) -> float;
/// The widest child. Units: CSS px.
auto stack_width(const Pen& pen, const std::vector<view::Node>& children, float width,
                 std::size_t first = 0) -> float;
void draw_stack(const Pen& pen, const std::vector<view::Node>& children, const Rect& rect,
                const Stack& stack);

}  // namespace pcc::ui
