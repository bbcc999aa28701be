// Another program run to its end, with additions to the environment.
// Layer: server/cli. Knows no program; what it prints goes where ours goes.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace pcc::server {

using Environment = std::vector<std::pair<std::string, std::string>>;

/// Its exit code; -1 where it could not be started, was not found, or died of a signal.
auto run_child(const std::vector<std::string>& command, const Environment& more) -> int;

}  // namespace pcc::server
