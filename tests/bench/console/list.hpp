// What the benchmark's page knows: rows, search, filter, order and which rows are picked.
// Layer: tests/bench. Takes the console's own messages; draws nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/app/msg.hpp"
#include "tests/bench/console/order.hpp"
#include "tests/bench/console/rows.hpp"

namespace pcc::bench {

struct List {
    Rows rows;
    Instant now;
    std::string search;
    std::optional<Status> only;
    std::optional<Column> sorted_by;
    bool descending = false;
    std::vector<RowNumber> order;  // of all rows that are left
    std::vector<RowNumber> shown;  // those of them that are searched for
    std::vector<bool> picked;      // by RowNumber
    std::size_t picked_count = 0;
    std::size_t anchor = 0;  // the place in `shown` where a range begins
};

auto make_list(RowNumber count, Instant now) -> List;

/// Acts on a message that is for the page: those of the tokens page (search, order, picking,
/// ending) and the audit's choice of a subject, which stands for the choice of a status. Whether it
/// was one.
auto take(List& list, const app::Msg& msg) -> bool;

/// The messages that `take` understands.
auto order_msg(Column column) -> app::Msg;
auto filter_msg(std::optional<Status> only) -> app::Msg;
auto search_msg(std::string words) -> app::Msg;
/// `place` is that of a row in `shown`.
auto pick_msg(app::Pick how, const std::string& place) -> app::Msg;
/// `number` is a RowNumber; empty for all that are picked.
auto ending_msg(app::tokens::Ending ending, const std::string& number) -> app::Msg;

}  // namespace pcc::bench
