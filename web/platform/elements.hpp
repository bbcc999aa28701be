// The picture as semantic elements: what each drawn node is to somebody who cannot see the canvas.
// Layer: web/platform. Values only, no DOM and no Emscripten; mirror.cpp lays them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/view/placed.hpp"

namespace pcc::platform {

/// Container holds others and paints nothing; Leaf holds words, unseen; Control is unseen and takes
/// clicks and the focus; Field is an input that the browser itself draws over the canvas.
enum class Use { Container, Leaf, Control, Field };

/// `name` is a literal; one that mirror.js does not list is refused there.
struct Attribute {
    const char* name = "";
    std::string value;
    friend auto operator==(const Attribute& a, const Attribute& b) -> bool {
        return std::string_view(a.name) == b.name && a.value == b.value;
    }
};

struct Element {
    view::Key key = 0;
    view::Key parent = 0;  // 0: the mirror itself
    view::Key before = 0;  // the sibling it follows, or 0
    const char* tag = "div";
    Use use = Use::Container;
    std::string text;
    std::vector<Attribute> attributes;
    view::Rect rect;       // from its parent's corner, scrolled or not
    bool scrolls = false;  // its content is higher than itself, and stands at `scroll`
    float scroll = 0;
    const std::optional<app::Msg>* on_press = nullptr;  // of a Control that may be pressed
    const view::Field* field = nullptr;                 // of a Field
    std::string value;                                  // what a Field holds
    const view::Placed* placed = nullptr;               // of a table's row or cell
};

/// How far a node that scrolls was scrolled when it was drawn. Units: CSS px.
struct ScrollArea {
    view::Key key = 0;
    float offset = 0;
    float content = 0;
};

struct Elements {
    std::vector<Element> all;  // parents before children
    view::Key dialog = 0;      // the open dialog, or 0
    view::Key autofocus = 0;   // who takes the focus when it appears, or 0
};

/// Everything in a frame that has a meaning; layout alone has none. On the `plain` page layout
/// stands there as well, and everything says by `data-look` what it is dressed as.
auto elements_of(const view::Frame& frame, const std::vector<ScrollArea>& areas, bool plain)
    -> Elements;

}  // namespace pcc::platform
