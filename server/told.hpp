// What one open stream was told of already, so that nothing is missed and nothing told twice,
// whoever tells it first: the answer to a request, or the look at the audit. Layer: server. No
// sockets.
#pragma once

#include <deque>
#include <map>
#include <string>

#include "server/handle.hpp"

namespace pcc::server {

/// What a look read of the audit of an organization: all after `since`, up to `upto`.
struct Told {
    long long since = 0;
    long long upto = 0;
};
using ToldByOrganization = std::map<OrganizationId, Told>;

class Hearing {
  public:
    /// How long the audit of its home was when the stream was granted.
    explicit Hearing(long long length) : length_(length) {}

    auto knows(const Notice& notice) const -> bool;
    /// Notes that it was told.
    void hear(const Notice& notice);
    /// Notes that all of this was told to whom it concerned. Of what began after its own end, it
    /// missed something: that is left to the next look.
    void heard_all(const Told& told);
    /// Up to where it knows the audit of its home.
    auto length() const -> long long { return length_; }

  private:
    long long length_;
    std::deque<std::string> acts_;  // the newest, told before the look came to them
};

}  // namespace pcc::server
