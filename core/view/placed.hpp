// Where each node of a picture was drawn: the drawing side's answer, read by the DOM mirror.
// Layer: view. Values only; the frame that made them owns the rows that were read.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/view/node.hpp"

namespace pcc::view {

/// Units: CSS px from the canvas' top left.
struct Rect {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;
    friend auto operator==(const Rect&, const Rect&) -> bool = default;
};

/// Stable from frame to frame: a hash of the ids from the root down.
using Key = std::uint32_t;

/// What part of a table a Placed stands for; Whole for every node that is one.
enum class Part { Whole, TableHead, TableColumn, TableBody, TableRow, TableCell };

struct Placed {
    const Node* node = nullptr;  // of Part::TableRow and the like: the table's node
    Part part = Part::Whole;
    std::size_t index = 0;     // the row or column for table parts
    std::uint32_t parent = 0;  // its place in Frame::placed; the root is its own parent
    Key key = 0;
    Rect rect;
    Rect clip;                      // what of the canvas may show it
    const TableRow* row = nullptr;  // of Part::TableRow and Part::TableCell
};

/// Where a node that holds others has written its own name, or the detail below it.
struct Written {
    std::uint32_t placed = 0;  // its place in Frame::placed
    bool is_detail = false;
    Rect rect;
};

struct Frame {
    std::vector<Placed> placed;  // parents before children
    std::vector<Written> written;
    std::deque<TableRow> rows;  // rows that were read, so that `node` pointers stay valid
    float content_height = 0;   // of Main, for scrolling. Units: CSS px
};

auto child_key(Key parent, const std::string& id) -> Key;
auto child_key(Key parent, Kind kind, std::size_t position) -> Key;
/// The key of a child node: by its id where it has one, else by kind and position.
auto key_of(Key parent, const Node& node, std::size_t position) -> Key;

}  // namespace pcc::view
