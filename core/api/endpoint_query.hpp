// The query part of the contract's paths: strict reading and the one way of writing.
// Layer: api. Knows nothing of paths and methods; used by endpoint.cpp alone.
#pragma once

#include <string>
#include <string_view>

#include "core/api/endpoint.hpp"

namespace pcc::api {

/// Fills the endpoint's query from the text after `?`. False for an unknown, repeated or ill-typed
/// parameter, and for any parameter where the endpoint takes none.
auto read_query(Endpoint& endpoint, std::string_view query) -> bool;
/// `?state=active&limit=100`, or empty where the endpoint takes no query.
auto write_query(const Endpoint& endpoint) -> std::string;

}  // namespace pcc::api
