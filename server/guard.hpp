// What stands before every call: where the request comes from, whose session it is, and for which
// organization it acts, all asked of the database anew each time.
// Layer: server. Says who asks; what they may do is asked of core/access.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/access/policy.hpp"
#include "core/api/http.hpp"
#include "server/handle.hpp"
#include "server/problem.hpp"
#include "server/store/assumptions.hpp"
#include "server/store/sessions.hpp"
#include "server/store/users.hpp"

namespace pcc::server {

/// What a request says of who makes it, before anything of that was asked of the database.
struct Claim {
    Secret cookie;
    std::vector<std::string> session_hashes;  // what the cookie's session is found by
    std::optional<AssumptionId> assumption;   // empty where several are named: there is no such one
};

/// Whoever makes a call.
struct Caller {
    User user;
    SessionRow session;
    Secret cookie;
    access::Actor actor;
    std::optional<StoredAssumption> assumption;  // set while acting for another organization

    auto organization() const -> const OrganizationId& { return actor.organization(); }
    auto person() const -> access::Person { return {user.id, user.name}; }
};

/// The name of the session's cookie: `__Host-` where the connection is secure.
auto cookie_name(bool secure) -> std::string;
/// The session's cookie; empty where there is none. Errors: not_signed_in for two of them.
auto session_cookie(const api::HttpRequest& request, bool secure) -> Checked<Secret>;

/// Whether a changing request comes from the console's own page. Errors: csrf_failed.
auto check_origin(const api::HttpRequest& request, bool secure) -> Checked<void>;
/// Errors: media_type_not_supported for a body, or a body's type, that is not JSON.
auto check_media_type(const api::HttpRequest& request) -> Checked<void>;
/// What the console's own page sends with changing requests; of this session alone.
auto csrf_of(const Caller& caller, const Keys& keys) -> Secret;
auto check_csrf(const api::HttpRequest& request, const Caller& caller, const Keys& keys)
    -> Checked<void>;

/// Errors: not_signed_in where there is no cookie, or two.
auto claim_of(const api::HttpRequest& request, const World& world) -> Checked<Claim>;
/// Says that the claim will be looked into, in this transaction.
void foresee_claim(Transaction& tx, const Claim& claim);

/// Before anything is decided in a transaction that writes: holds the organization that the request
/// will act for. Whatever ends a right there (of the token, the assumption, the session) writes
/// that organization's audit, so it either came before and is seen, or waits until this is over.
void hold_acting_organization(Transaction& tx, const Claim& claim);

/// Who asks, in their own organization. Errors: not_signed_in.
auto authenticate(Transaction& tx, const Claim& claim, Instant now) -> Checked<Caller>;
/// Takes up the assumption that is named, where one is. Errors: assumption_unknown
/// for none of this session's; assumption_ended where it, its token or its organization has ended.
/// `about_to_act` hears as whom, while it is not sure yet that this may be.
auto take_up_assumption(Transaction& tx, const Claim& claim, Caller& caller, Instant now,
                        const std::function<void(const access::Actor&)>& about_to_act)
    -> Checked<void>;

/// How an assumption stands now, the life of its token and organization included.
auto current_assumption(Transaction& tx, const AssumptionId& id, Instant now)
    -> std::optional<StoredAssumption>;
/// Who ended it and when, and what it means for the engineer.
auto explain_end(const access::Assumption& assumption, Instant now) -> std::string;

}  // namespace pcc::server
