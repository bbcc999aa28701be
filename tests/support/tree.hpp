// Finds what a person would find in a picture: by role and name, tables and open dialog included.
// Layer: tests. Reads a whole table at once, which the console never does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/view/columns.hpp"
#include "core/view/node.hpp"

namespace pcc::testing {

using view::Kind;
using view::Node;
using view::Picture;

inline auto accessible_name(const Node& node) -> const std::string& {
    return node.label.empty() ? node.name : node.label;
}

inline void collect(const Node& node, std::vector<Node>& all) {
    all.push_back(node);
    all.back().children.clear();
    for (const auto& child : node.children) {
        collect(child, all);
    }
    if (!node.table) {
        return;
    }
    for (std::size_t i = 0; i < node.table->row_count; ++i) {
        for (const auto& cell : view::read_row(*node.table, i).cells) {
            collect(cell, all);
        }
    }
}

inline auto open_dialog(const Picture& picture) -> const Node* {
    for (const auto& child : picture.root.children) {
        if (child.kind == Kind::Dialog) {
            return &child;
        }
    }
    return nullptr;
}

/// Every node that can be reached: under an open dialog, its own alone.
inline auto reachable_nodes(const Picture& picture) -> std::vector<Node> {
    std::vector<Node> all;
    const auto* dialog = open_dialog(picture);
    collect(dialog ? *dialog : picture.root, all);
    return all;
}

inline auto find_node(const Picture& picture, Kind kind, const std::string& name)
    -> std::optional<Node> {
    for (const auto& node : reachable_nodes(picture)) {
        if (node.kind == kind && accessible_name(node) == name) {
            return node;
        }
    }
    return std::nullopt;
}

/// All words in sight, one piece a line.
inline auto words_of(const Picture& picture) -> std::string {
    std::vector<Node> all;
    collect(picture.root, all);
    std::string words;
    for (const auto& node : all) {
        for (const auto* piece : {&node.name, &node.detail}) {
            words += piece->empty() ? std::string() : *piece + "\n";
        }
        if (node.field) {
            words += node.field->value + "\n" + node.field->error + "\n" + node.field->hint + "\n";
        }
    }
    return words;
}

/// The words of one row of a table, one piece a line.
inline auto words_of_row(const view::Table& table, std::size_t index) -> std::string {
    std::vector<Node> all;
    for (const auto& cell : view::read_row(table, index).cells) {
        collect(cell, all);
    }
    std::string words;
    for (const auto& node : all) {
        words += node.name + "\n";
    }
    return words;
}

inline auto shows(const Picture& picture, const std::string& words) -> bool {
    return words_of(picture).find(words) != std::string::npos;
}

}  // namespace pcc::testing
