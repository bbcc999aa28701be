// The networks of the demo organizations, their access points and SSIDs.
// Layer: server/demo. Invented places and devices only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "server/handle.hpp"

namespace pcc::server {

/// Adds the networks of the named demo organization; the answer is their ids, in the order of the
/// list. Errors: a sentence.
auto add_demo_networks(Store& store, const World& world, const OrganizationId& organization,
                       std::string_view name) -> Result<std::vector<NetworkId>, std::string>;

}  // namespace pcc::server
