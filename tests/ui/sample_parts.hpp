// Builders for sample pictures, shared by the files that make them.
// Layer: tests. Made by hand, so that drawing is tested without pages or a server.
#pragma once

#include "tests/ui/sample.hpp"

namespace pcc::sample {

using view::ButtonStyle;
using view::Field;
using view::FieldKind;
using view::Kind;
using view::Table;
using view::TableColumn;
using view::TableRow;
using view::TextStyle;
using view::Tone;

auto row(std::vector<Node> children, float gap = 8) -> Node;
auto column(std::vector<Node> children, float gap = 8) -> Node;
auto heading(int level, std::string words) -> Node;
auto chip(std::string word, Tone tone = Tone::Plain) -> Node;
auto spacer() -> Node;
auto small(Node made) -> Node;
auto field(std::string id, std::string label, FieldKind kind) -> Node;
auto search(std::string placeholder) -> Node;
auto titled(Kind kind, std::string name, std::string detail, std::vector<Node> children = {})
    -> Node;
/// The heading of a page, and what acts on the page at its right.
auto header(std::string title, std::string subtitle, std::vector<Node> extras) -> Node;
auto two_lines(std::string upper, std::string lower) -> Node;

auto table(std::vector<TableColumn> columns, std::vector<TableRow> rows, bool tall) -> Node;
auto column_of(std::string title, float min_width, float weight = 1) -> TableColumn;
auto buttons_column(float width) -> TableColumn;
/// The buttons at the end of a token's row.
auto ends(bool active) -> Node;

}  // namespace pcc::sample
