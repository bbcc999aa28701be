// A visitor: signs in and acts through handle() as a browser would, at whatever time it is told.
// Layer: server/demo. So that demo data is made by the same rules as real data, audit included.
#pragma once

#include <optional>
#include <string>

#include "core/api/endpoint.hpp"
#include "server/demo/demo_accounts.hpp"
#include "server/handle.hpp"

namespace pcc::server {

/// One invented moment, at which visitors act.
struct Moment {
    Store& store;
    World world;
};

class Visitor {
  public:
    explicit Visitor(const DemoAccount& account) : account_(account) {}

    /// Signs in with a new session. The calls below are of use only after this was true.
    auto sign_in(Moment& moment) -> bool;
    auto generate(Moment& moment, access::Validity validity) -> std::optional<api::GeneratedToken>;
    auto expire(Moment& moment, const TokenHandle& token) -> bool;
    auto assume(Moment& moment, const Secret& token_id) -> bool;
    auto go_back(Moment& moment) -> bool;
    auto sign_out(Moment& moment) -> bool;

  private:
    auto send(Moment& moment, const api::Endpoint& call, std::string body) -> api::HttpResponse;

    const DemoAccount& account_;
    std::string cookie_;
    std::string csrf_;
    AssumptionId assumption_;
};

}  // namespace pcc::server
