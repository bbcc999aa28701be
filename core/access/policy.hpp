// Who may do what: one question per act, answered the same in console and server.
// Layer: access. Finds nobody's role out; it is given an Actor and answers.
#pragma once

#include "core/base/id.hpp"
#include "core/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pcc::access {

enum class Role { Admin, NetworkAdmin, Guest };

auto role_wire(Role role) -> std::string;                             // `network_admin`
auto role_label(Role role) -> std::string;                            // `Network Admin`
auto parse_role(std::string_view wire) -> std::optional<Role>;

/// What of an organization's network a person reaches.
struct NetworkReach {
    bool all = false;
    std::vector<NetworkId> selected;  // where not all
    bool may_write = false;
};

/// Whoever is asking, as established by the session and, where one is named, by the assumption.
struct Actor {
    UserId user;
    OrganizationId home;
    Role role = Role::Guest;  // in the home organization
    NetworkReach home_reach;
    std::optional<OrganizationId> assumed;  // set while acting for another organization

    auto is_assuming() const -> bool { return assumed.has_value(); }
    /// The organization that requests of this actor touch.
    auto organization() const -> const OrganizationId& { return assumed ? *assumed : home; }
};

enum class Refusal {
    AdminsOnly,
    ForbiddenWhileAssuming,
    ReadOnly,
    OutOfReach,  // told as "not found": a network that was not selected does not exist for them
};

using Verdict = Result<void, Refusal>;

auto can_list_tokens(const Actor& actor) -> Verdict;
auto can_generate(const Actor& actor) -> Verdict;
auto can_reveal(const Actor& actor) -> Verdict;
auto can_expire(const Actor& actor) -> Verdict;
auto can_delete(const Actor& actor) -> Verdict;
/// Anyone signed in may assume, but not from within an assumption.
auto can_assume(const Actor& actor) -> Verdict;
auto can_list_audit(const Actor& actor) -> Verdict;
auto can_rename_organization(const Actor& actor) -> Verdict;
auto can_read_policy(const Actor& actor) -> Verdict;
/// Ending somebody else's assumption of one's organization.
auto can_end_assumptions_of(const Actor& actor, const OrganizationId& organization) -> Verdict;

/// All networks for an admin or an assumption, the selected ones otherwise.
auto network_reach(const Actor& actor) -> NetworkReach;
auto can_read_network(const Actor& actor, const NetworkId& network) -> Verdict;
auto can_change_network(const Actor& actor, const NetworkId& network) -> Verdict;

/// A sentence: what is refused, why, and what to do.
auto explain(Refusal refusal) -> std::string;

}  // namespace pcc::access
