// The rows of peers/shared/gen.js: the same values from the same 32-bit hashes, kept in columns.
// Layer: tests/bench. Words are made when a row is read; no search, no order, no screen.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/timestamp.hpp"

namespace pcc::bench {

/// The place of a row in the columns, and its number in gen.js; stays when others are deleted.
using RowNumber = std::uint32_t;

enum class Status : std::uint8_t { Active, Expired, Revoked };

constexpr std::size_t words_in_list = 20;
using WordList = std::array<std::string_view, words_in_list>;
auto adjectives() -> const WordList&;
auto nouns() -> const WordList&;
auto creators() -> const WordList&;

/// One vector for each column; all are of the same length.
struct Rows {
    Instant base;                          // what every time is counted from
    std::vector<std::uint32_t> id_high;    // the sixteen hex digits of the token ID
    std::vector<std::uint32_t> id_low;     //
    std::vector<std::uint16_t> heading;    // adjective and noun of the label: 20 * first + second
    std::vector<std::uint8_t> validity;    // place in the list of lengths
    std::vector<std::uint8_t> creator;     // place in creators()
    std::vector<std::uint32_t> last_used;  // Units: seconds before `base`
    std::vector<std::int64_t> generated;   // Units: milliseconds after `base`
    std::vector<std::int64_t> expires;     // Units: milliseconds after `base`
    std::vector<Status> status;

    auto count() const -> RowNumber { return static_cast<RowNumber>(status.size()); }
};

auto make_rows(RowNumber count, Instant base) -> Rows;

constexpr std::size_t token_id_length = 20;
constexpr std::size_t longest_base36 = 7;
/// Writes `pcc_` and sixteen hex digits.
void write_token_id(const Rows& rows, RowNumber row, char (&out)[token_id_length]);
/// Writes the number in base 36, and tells how many characters that took.
auto write_base36(RowNumber row, char (&out)[longest_base36]) -> std::size_t;

auto token_id(const Rows& rows, RowNumber row) -> std::string;
/// `amber-build-2s`
auto label(const Rows& rows, RowNumber row) -> std::string;
/// `8 h`, `30 d`
auto validity(const Rows& rows, RowNumber row) -> std::string;
/// `2026-11-23 19:22:05`, UTC.
auto generated_at(const Rows& rows, RowNumber row) -> std::string;
auto expires_at(const Rows& rows, RowNumber row) -> std::string;
auto last_used(const Rows& rows, RowNumber row) -> std::string;
/// `12d 03:10:59`, `00:00:01`; `expired`, `revoked`.
auto remaining(const Rows& rows, RowNumber row, Instant now) -> std::string;
/// Nothing left where it is not running. Units: milliseconds.
auto time_left(const Rows& rows, RowNumber row, Instant now) -> std::int64_t;
auto created_by(const Rows& rows, RowNumber row) -> std::string;
auto status_word(Status status) -> std::string;

}  // namespace pcc::bench
