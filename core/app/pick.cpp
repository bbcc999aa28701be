#include "core/app/pick.hpp"

#include <algorithm>

namespace pcc::app {

namespace {

void pick_rows(Selection& selection, std::size_t count, Pick how, std::size_t row) {
    auto& rows = selection.rows;
    const auto from = selection.anchor;
    if (how == Pick::Range && from < count) {
        rows = selection.before_range;
        rows.resize(count, Selection::left);
        for (auto i = std::min(from, row); i < count && i <= std::max(from, row); ++i) {
            rows[i] = Selection::taken;
        }
        return;
    }
    const bool takes_all = how == Pick::All && selection.count() < count;
    const bool takes_off = how == Pick::Toggle && selection.has(row);
    if (how != Pick::Toggle) {
        rows.clear();
    }
    rows.resize(count, takes_all ? Selection::taken : Selection::left);
    if (row < count) {
        rows[row] = takes_off ? Selection::left : Selection::taken;
    }
    selection.before_range = rows;
    selection.anchor = row;
}

}  // namespace

void pick(Selection& selection, std::size_t count, Pick how, std::size_t row) {
    pick_rows(selection, count, how, row);
    const auto& rows = selection.rows;
    selection.taken_count =
        static_cast<std::size_t>(std::count(rows.begin(), rows.end(), Selection::taken));
}

}  // namespace pcc::app
