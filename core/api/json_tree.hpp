// The one door to the JSON library: text in, tree or fault out.
// Layer: api. Used by json_reader.cpp alone.
#pragma once

#include <string_view>

#include "core/api/json_reader.hpp"

namespace pcc::api {

/// As parse_json, for a text known to be UTF-8 without byte order mark.
auto build_json_tree(std::string_view text) -> Decoded<JsonValue>;

}  // namespace pcc::api
