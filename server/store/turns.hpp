// Turns: of this server's transactions, one at a time waits for the rows of an organization.
// Layer: server. A server that is stopped then leaves one such transaction to the database, which
// ends it after a while, and no queue of them to be ended one after the other.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

namespace pcc::server {

class Turns {
  public:
    using Lane = std::timed_mutex;

    /// Adds the organization's turn to those that are held; it goes with them. Goes on without it
    /// after two seconds: the database still lets one transaction after the other.
    void take(const std::string& organization, std::vector<std::unique_lock<Lane>>& held);

  private:
    std::array<Lane, 64> lanes_;  // several organizations share one
};

}  // namespace pcc::server
