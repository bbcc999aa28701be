// Which rows of a list are picked, by mouse and by keyboard.
// Layer: app. Knows rows by their place; what they are is for the page.
#pragma once

#include <cstddef>
#include <string>

namespace pcc::app {

enum class Pick {
    Only,    // this row and no other
    Toggle,  // this row as well, or no longer
    Range,   // all from the row picked last to this one
    All,     // every loaded row, or none where all are picked already
    None,
};

struct Selection {
    static constexpr char taken = 'x';
    static constexpr char left = ' ';
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

    std::string rows;  // `taken` or `left`, one for each row from the first on
    std::string before_range;
    std::size_t anchor = nowhere;  // where a range begins
    std::size_t taken_count = 0;   // kept, so that no frame counts the rows

    auto has(std::size_t row) const -> bool { return row < rows.size() && rows[row] == taken; }
    auto count() const -> std::size_t { return taken_count; }
};

/// `count` is that of the loaded rows; `row` may be nowhere for All and None.
void pick(Selection& selection, std::size_t count, Pick how, std::size_t row);

}  // namespace pcc::app
