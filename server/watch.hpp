// A look at what happened in the organizations of open streams, whichever server it was done on.
// Layer: server. One short transaction for all streams together; opens and closes none of them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "server/handle.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

class Watch {
  public:
    struct Seen {
        std::set<OrganizationId> moved;  // whose audit has grown since the last look
        std::vector<Notice> notices;     // of what other servers did
    };

    /// Own requests begin with this: their notices were sent when they were answered.
    explicit Watch(std::string own_requests) : own_requests_(std::move(own_requests)) {}

    auto look(const std::vector<Subscription>& streams, Store& store, Instant now)
        -> Result<Seen, StoreError>;

  private:
    std::string own_requests_;
    std::map<OrganizationId, long long> known_;  // how long each audit was at the last look
};

}  // namespace pcc::server
