// Assume User: looking at what a Token ID opens, opening it, listing who did, and leaving.
// Layer: server. Rules are asked of core/access; guesses are counted before anything is said.
#include <algorithm>

#include "core/api/codec.hpp"
#include "server/cursor.hpp"
#include "server/endings.hpp"
#include "server/idempotency.hpp"
#include "server/routes/routes.hpp"
#include "server/store/organizations.hpp"
#include "server/store/throttles.hpp"
#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

namespace code = api::code;

constexpr std::string_view assume_call = "assumption.start";

/// A token somebody holds the secret of, and whose organization it opens.
struct Found {
    StoredToken stored;
    api::Organization organization;
};

struct Counters {
    std::string engineer;
    std::string address;
};

auto counters_of(const Call& call) -> Counters {
    const auto& keys = call.keys();
    return {keys.throttle_name("assume\n" + call.caller.user.id.value),
            keys.throttle_name("assume_from\n" + call.exchange.arrival.ip)};
}

auto refuse_unknown(Call& call, const Counters& counters) -> tl::unexpected<api::ApiError> {
    if (!call.may_write) {
        call.has_to_write = true;
        return refuse(code::token_unknown);
    }
    count_failure(call.tx, engineer_throttle, counters.engineer, call.now());
    count_failure(call.tx, address_throttle, counters.address, call.now());
    call.keeps_refusal = true;
    return refuse(code::token_unknown);
}

auto refuse_ended(const StoredToken& stored, const access::TokenEnd& end)
    -> tl::unexpected<api::ApiError> {
    const auto at = " on " + format_full(end.at, utc());
    auto how = "Its time ran out" + at + ".";
    if (end.reason == access::EndReason::Expired) how = "An admin expired it" + at + ".";
    if (end.reason == access::EndReason::Deleted) how = "An admin deleted it" + at + ".";
    return refuse(code::token_ended, "The token " + stored.token.hint + " has ended. " + how +
                                         " Ask the admin for a new one.");
}

auto token_id_in(const Call& call) -> Checked<access::TokenId> {
    const auto given = api::decode_token_id(call.request().body);
    if (!given) return refuse(given.error());
    auto parsed = access::parse_token_id(given->reveal());
    if (!parsed) {
        return refuse(code::token_id_malformed, access::explain(parsed.error()), "token_id");
    }
    return std::move(*parsed);
}

auto find_by_secret(Call& call) -> Checked<Found> {
    const auto id = token_id_in(call);
    if (!id) return failed(id.error());
    const auto counters = counters_of(call);
    const auto wait = std::max(blocked_for(call.tx, counters.engineer, call.now()),
                               blocked_for(call.tx, counters.address, call.now()));
    if (wait > Millis{0}) return refuse_for(code::rate_limited, wait);
    auto stored = find_token_by_lookup(call.tx, call.keys().token_lookups(*id), call.now());
    if (!stored) return refuse_unknown(call, counters);
    auto organization = find_organization(call.tx, stored->token.organization);
    if (!organization) return refuse_unknown(call, counters);
    if (organization->id == call.caller.user.organization) {
        return refuse(code::token_own_organization);
    }
    if (const auto end = access::end_of(stored->token, call.now())) {
        return refuse_ended(*stored, *end);
    }
    return Found{std::move(*stored), std::move(*organization)};
}

auto new_assumption(Call& call, const Found& found) -> StoredAssumption {
    const auto& user = call.caller.user;
    const auto& token = found.stored.token;
    StoredAssumption made;
    made.engineer_organization = user.organization;
    made.session = call.caller.session.id;
    auto& assumption = made.assumption;
    assumption.id = random_id<AssumptionId>(call.random(), "asm_");
    assumption.organization = found.organization.id;
    assumption.organization_name = found.organization.name;
    assumption.token = token.handle;
    assumption.engineer = {user.id, user.name, user.email, user.organization_name};
    assumption.started_at = call.now();
    assumption.ends_at =
        access::assumption_ends_at(token, call.now(), call.caller.session.expires_at);
    return made;
}

void record_start(Call& call, const access::Assumption& made) {
    auto entry = audit_entry(call, {"assumption.started", made.id.value,
                                    "Assumed " + made.organization_name, made.token});
    entry.organization = made.organization;
    entry.event.on_behalf_of = made.organization_name;
    entry.event.assumption = made.id;
    append_audit(call.tx, entry);
}

auto start(Call& call, const Repetition& repetition) -> Answer {
    const auto found = find_by_secret(call);
    if (!found) return failed(found.error());
    const auto made = new_assumption(call, *found);
    const auto& assumption = made.assumption;
    insert_assumption(call.tx, made);
    write_token_used(call.tx, found->stored.token,
                     assumption.engineer.name + ", " + assumption.engineer.organization,
                     call.now());
    keep_repetition(call, repetition, assume_call, assumption.id.value);
    record_start(call, assumption);
    tell_admins(call, assumption.organization, "assumption.started", assumption.token,
                assumption.id);
    return json_response(201, api::encode_assumption(assumption, call.now()));
}

/// The answer that the same request had before, as long as the assumption still lives.
auto started_before(Call& call, const AssumptionId& id) -> Answer {
    const auto stored = current_assumption(call.tx, id, call.now());
    if (!stored || stored->session != call.caller.session.id)
        return refuse(code::assumption_unknown);
    if (!access::is_live(stored->assumption, call.now())) {
        return refuse(code::assumption_ended, explain_end(stored->assumption, call.now()));
    }
    return json_response(201, api::encode_assumption(stored->assumption, call.now()));
}

auto owner_of_list(const Caller& caller) -> AssumptionOwner {
    AssumptionOwner owner;
    owner.engineer_organization = caller.user.organization;
    owner.engineer = caller.user.id;
    if (access::can_end_assumptions_of(caller.actor, caller.user.organization)) {
        owner.organization = caller.user.organization;
    }
    return owner;
}

auto is_own(const Caller& caller, const StoredAssumption& stored) -> bool {
    return stored.engineer_organization == caller.user.organization &&
           stored.assumption.engineer.id == caller.user.id;
}

}  // namespace

auto answer(Call& call, const api::PostPreflight&) -> Answer {
    if (const auto may = access::can_assume(call.caller.actor); !may) return refuse(may.error());
    const auto found = find_by_secret(call);
    if (!found) return failed(found.error());
    const auto& token = found->stored.token;
    api::Preflight preflight;
    preflight.organization = {found->organization.id, found->organization.name};
    preflight.token = token.handle;
    preflight.validity = token.validity;
    preflight.granted_by = token.generated_by;
    preflight.granted_at = token.generated_at;
    preflight.expires_at = token.expires_at;
    preflight.would_end_at =
        access::assumption_ends_at(token, call.now(), call.caller.session.expires_at);
    preflight.network_count = found->organization.network_count;
    return json_response(200, api::encode_preflight(preflight));
}

auto answer(Call& call, const api::PostAssumption&) -> Answer {
    if (const auto may = access::can_assume(call.caller.actor); !may) return refuse(may.error());
    const auto repetition = find_repetition(call, assume_call);
    if (!repetition) return failed(repetition.error());
    if (repetition->made_id) return started_before(call, AssumptionId(*repetition->made_id));
    return start(call, *repetition);
}

auto answer(Call& call, const api::GetAssumptions& ask) -> Answer {
    const auto owner = owner_of_list(call.caller);
    const CursorScope scope{"assumptions",
                            owner.organization.value,
                            owner.engineer_organization.value,
                            owner.engineer.value,
                            std::to_string(static_cast<int>(ask.query.state)),
                            std::to_string(static_cast<int>(ask.query.sort))};
    const auto start = read_cursor(call.keys(), scope, ask.query.cursor, call.now());
    if (!start) return failed(start.error());
    auto slice = list_assumptions(call.tx, owner, ask.query, *start, call.now());
    api::Page<access::Assumption> page;
    page.total = slice.total;
    page.next = make_cursor(call.keys(), scope, slice.next, call.now());
    page.items = std::move(slice.items);
    return json_response(200, api::encode_assumptions(page, call.now()));
}

auto answer(Call& call, const api::DeleteAssumption& ask) -> Answer {
    const auto whose = organization_of_assumption(call.tx, ask.id);
    if (!whose) return refuse(code::not_found);
    hold_organization(call.tx, *whose);
    const auto stored = find_assumption(call.tx, ask.id, call.now());
    if (!stored) return refuse(code::not_found);
    const bool own = is_own(call.caller, *stored);
    if (!own) {
        const auto may =
            access::can_end_assumptions_of(call.caller.actor, stored->assumption.organization);
        if (!may) return refuse(access::Refusal::OutOfReach);
    }
    end_assumptions(
        call, {*stored},
        own ? access::AssumptionEndReason::WentBack : access::AssumptionEndReason::EndedByAdmin);
    return no_content();
}

}  // namespace pcc::server
