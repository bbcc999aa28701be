// What every page may look at besides its own model.
// Layer: app. Read only, and valid for one update.
#pragma once

#include <optional>

#include "core/access/assumption.hpp"
#include "core/access/policy.hpp"
#include "core/api/types.hpp"
#include "core/base/timestamp.hpp"

namespace pcc::app {

struct Context {
    Instant now;  // the server's clock
    const Zone& zone;
    const api::Session& session;
    const std::optional<access::Assumption>& assumption;
};

/// Who asks, in the terms the rules are written in. The console knows no list of selected networks:
/// the server sends only what is in reach.
auto actor_of(const api::Session& session, const std::optional<access::Assumption>& assumption)
    -> access::Actor;

}  // namespace pcc::app
