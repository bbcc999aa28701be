#include "core/app/context.hpp"

namespace pcc::app {

auto actor_of(const api::Session& session, const std::optional<access::Assumption>& assumption)
    -> access::Actor {
    access::Actor actor;
    actor.user = session.user.id;
    actor.home = session.organization.id;
    actor.role = session.role;
    if (assumption) {
        actor.assumed = assumption->organization;
    }
    return actor;
}

}  // namespace pcc::app
