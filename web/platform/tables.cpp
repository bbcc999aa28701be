// Hears the keys of tables, whose JavaScript half is tables.js; brought in by keys.js.
// Layer: web/platform. Which row or cell is meant is in the mirror's elements.
#include <emscripten.h>

#include "core/view/copied.hpp"
#include "web/platform/frames.hpp"
#include "web/platform/mirror.hpp"

using namespace pcc;

extern "C" {

/// `key` is that of a row; `how` an app::Pick.
EMSCRIPTEN_KEEPALIVE void pcc_table_picked(std::uint32_t key, int how) {
    const auto* row = platform::standing_element(key);
    if (!row || !row->placed || !row->placed->row) return;
    const auto* table = row->placed->node->table.get();
    if (table->on_pick) {
        platform::post(table->on_pick(static_cast<app::Pick>(how), row->placed->row->id));
    }
}

/// `key` is that of a cell. Works at once, while the browser still counts the key as the person's.
EMSCRIPTEN_KEEPALIVE void pcc_table_copied(std::uint32_t key) {
    const auto* cell = platform::standing_element(key);
    if (!cell || !cell->placed || !cell->placed->row) return;
    platform::post(app::AskedToCopy{view::copied_words(*cell->placed->row, cell->placed->index)});
    platform::work_at_once(1);
}

}  // extern "C"
