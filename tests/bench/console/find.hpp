// Which rows hold the words that were searched for.
// Layer: tests/bench. Knows columns, no list and no screen.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "tests/bench/console/rows.hpp"

namespace pcc::bench {

/// Words to be found in a row's token ID, label or creator; upper and lower case are the same.
/// Creators and the words of labels are searched once for the list they come from, so that of most
/// rows no text is made at all.
class Finder {
  public:
    explicit Finder(std::string_view words);
    auto finds(const Rows& rows, RowNumber row) const -> bool;

  private:
    auto finds_in_label_end(const Rows& rows, RowNumber row) const -> bool;
    auto finds_in_token_id(const Rows& rows, RowNumber row) const -> bool;

    std::string words_;
    std::array<bool, words_in_list> in_creator_{};
    std::array<bool, words_in_list * words_in_list> in_heading_{};
    /// Where a heading ends in the first part of the words: as much of its end as can matter.
    std::array<std::string, words_in_list * words_in_list> heading_end_;
    bool ends_as_label_ = false;  // the last character is one that a number in base 36 may have
    bool may_be_in_id_ = false;   // no character but those of token IDs
};

}  // namespace pcc::bench
