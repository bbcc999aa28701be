#include "core/access/policy.hpp"

#include <algorithm>

namespace pcc::access {
namespace {

auto refuse(Refusal refusal) -> Verdict {
    return failed(refusal);
}

/// What only an administrator may do, and only in their own organization's name.
auto administers_home(const Actor& actor) -> Verdict {
    if (actor.is_assuming()) return refuse(Refusal::ForbiddenWhileAssuming);
    if (actor.role != Role::Admin) return refuse(Refusal::AdminsOnly);
    return {};
}

auto reaches(const NetworkReach& reach, const NetworkId& network) -> bool {
    return reach.all ||
           std::find(reach.selected.begin(), reach.selected.end(), network) != reach.selected.end();
}

}  // namespace

auto role_wire(Role role) -> std::string {
    switch (role) {
        case Role::Admin: return "admin";
        case Role::NetworkAdmin: return "network_admin";
        case Role::Guest: return "guest";
    }
    return {};
}

auto role_label(Role role) -> std::string {
    switch (role) {
        case Role::Admin: return "Admin";
        case Role::NetworkAdmin: return "Network Admin";
        case Role::Guest: return "Guest";
    }
    return {};
}

auto parse_role(std::string_view wire) -> std::optional<Role> {
    for (const auto role : {Role::Admin, Role::NetworkAdmin, Role::Guest}) {
        if (role_wire(role) == wire) return role;
    }
    return std::nullopt;
}

auto can_list_tokens(const Actor& actor) -> Verdict {
    return administers_home(actor);
}

auto can_generate(const Actor& actor) -> Verdict {
    return administers_home(actor);
}

auto can_reveal(const Actor& actor) -> Verdict {
    return administers_home(actor);
}

auto can_expire(const Actor& actor) -> Verdict {
    return administers_home(actor);
}

auto can_delete(const Actor& actor) -> Verdict {
    return administers_home(actor);
}

auto can_assume(const Actor& actor) -> Verdict {
    if (actor.is_assuming()) return refuse(Refusal::ForbiddenWhileAssuming);
    return {};
}

auto can_list_audit(const Actor& actor) -> Verdict {
    return administers_home(actor);
}

auto can_rename_organization(const Actor& actor) -> Verdict {
    return administers_home(actor);
}

auto can_read_policy(const Actor& actor) -> Verdict {
    return administers_home(actor);
}

auto can_end_assumptions_of(const Actor& actor, const OrganizationId& organization) -> Verdict {
    if (actor.is_assuming()) return refuse(Refusal::ForbiddenWhileAssuming);
    if (actor.home != organization) return refuse(Refusal::OutOfReach);
    return administers_home(actor);
}

auto network_reach(const Actor& actor) -> NetworkReach {
    if (actor.is_assuming() || actor.role == Role::Admin) return {true, {}, true};
    return {false, actor.home_reach.selected,
            actor.role == Role::NetworkAdmin && actor.home_reach.may_write};
}

auto can_read_network(const Actor& actor, const NetworkId& network) -> Verdict {
    if (!reaches(network_reach(actor), network)) return refuse(Refusal::OutOfReach);
    return {};
}

auto can_change_network(const Actor& actor, const NetworkId& network) -> Verdict {
    const auto reach = network_reach(actor);
    if (!reaches(reach, network)) return refuse(Refusal::OutOfReach);
    if (!reach.may_write) return refuse(Refusal::ReadOnly);
    return {};
}

auto explain(Refusal refusal) -> std::string {
    switch (refusal) {
        case Refusal::AdminsOnly:
            return "Only an admin of the organization may do this. Ask one of your admins to do it "
                   "or to change your role.";
        case Refusal::ForbiddenWhileAssuming:
            return "This cannot be done while you act for another organization. Press Go Back "
                   "first, then try again.";
        case Refusal::ReadOnly:
            return "You may look at this network but not change it. Ask an admin of the "
                   "organization for write access.";
        case Refusal::OutOfReach:
            return "There is nothing here that you can reach. It may have been removed, or it was "
                   "not shared with you; ask an admin of the organization.";
    }
    return {};
}

}  // namespace pcc::access
