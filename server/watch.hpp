// A look at what happened in the organizations of open streams, whichever server it was done on.
// Layer: server. One short transaction for all streams together; opens and closes none of them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "server/handle.hpp"
#include "server/store/transaction.hpp"
#include "server/told.hpp"

namespace pcc::server {

class Watch {
  public:
    struct Seen {
        std::set<OrganizationId> moved;  // whose audit has grown since the last look
        std::vector<Notice> notices;     // of what was done there, by this server or another
        ToldByOrganization told;         // which part of each audit they are
    };

    /// `streams` with the length up to which each knows the audit of its home.
    auto look(const std::vector<Subscription>& streams, Store& store, Instant now)
        -> Result<Seen, StoreError>;

  private:
    std::map<OrganizationId, long long> known_;  // how long each audit was at the last look
};

}  // namespace pcc::server
