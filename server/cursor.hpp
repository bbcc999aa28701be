// Cursors: where a list goes on, signed, so that none is made up or carried to another list.
// Layer: server. Reads no table; a cursor holds the last row's sort key and id, and lives an hour.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "core/api/types.hpp"
#include "server/crypto/keys.hpp"
#include "server/problem.hpp"
#include "server/store/sql.hpp"

namespace pcc::server {

inline constexpr std::chrono::hours cursor_lives{1};

/// The list a cursor belongs to: call, organization, person, and all that it is filtered by.
using CursorScope = std::vector<std::string>;

/// Empty where no page follows: for the start of the first.
auto make_cursor(const Keys& keys, const CursorScope& scope, const PageStart& start, Instant now)
    -> std::string;
/// The first page for an empty text. Errors: cursor_invalid for one that was changed, is too old,
/// or was made for another list.
auto read_cursor(const Keys& keys, const CursorScope& scope, std::string_view text, Instant now)
    -> Checked<PageStart>;

}  // namespace pcc::server
