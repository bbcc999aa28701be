// Pictures as the console makes them, with invented people: what the ui tests draw.
// Layer: tests. Made by hand, so that drawing is tested without pages or a server.
#pragma once

#include "core/view/node.hpp"

namespace pcc::sample {

using view::Node;
using view::Picture;

auto node(view::Kind kind, std::string name = {}, std::vector<Node> children = {}) -> Node;
auto text(std::string words, view::TextStyle style = view::TextStyle::Body) -> Node;
auto button(std::string id, std::string name, app::Msg msg,
            view::ButtonStyle style = view::ButtonStyle::Plain) -> Node;

/// A page around `body`; a dialog on top where one is given. Narrow pages carry a menu button.
auto page(std::vector<std::string> steps, std::vector<Node> body, bool narrow,
          std::optional<Node> dialog = {}) -> Picture;
/// Acting for another organization: banner, violet.
void act(Picture& picture);

auto tokens(bool narrow, std::optional<Node> dialog = {}) -> Picture;
auto generate_dialog() -> Node;
auto generated_dialog() -> Node;
auto assume(bool narrow) -> Picture;
auto assumed(bool narrow) -> Picture;
auto ended(bool narrow) -> Picture;
/// Every kind of node there is, in states that are rare: long words, errors, nothing, loading.
auto rich(bool narrow) -> Picture;
/// A table of so many rows that counts each row it is asked for in `reads`.
auto long_table(std::size_t rows, std::size_t& reads) -> Node;

}  // namespace pcc::sample
