#include "core/view/copied.hpp"

namespace pcc::view {

namespace {

void add(std::string& words, const std::string& more, const char* between) {
    if (!more.empty()) {
        words += (words.empty() ? "" : between) + more;
    }
}

}  // namespace

auto words_of_cell(const Node& cell) -> std::string {
    switch (cell.kind) {
        case Kind::Text:
        case Kind::Chip:
        case Kind::Link: return cell.name;
        default: break;
    }
    std::string words;
    for (const auto& child : cell.children) {
        add(words, words_of_cell(child), ", ");
    }
    return words;
}

auto copied_words(const TableRow& row, std::size_t column) -> std::string {
    auto words = column < row.cells.size() ? words_of_cell(row.cells[column]) : std::string();
    if (words.empty()) {
        for (const auto& cell : row.cells) {
            add(words, words_of_cell(cell), "\t");
        }
    }
    return words;
}

}  // namespace pcc::view
