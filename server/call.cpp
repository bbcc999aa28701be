#include "server/call.hpp"

#include <utility>

#include "server/retry.hpp"
#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

constexpr std::chrono::seconds touch_interval{60};

auto begin(const Exchange& exchange, Mode mode)
    -> Result<std::unique_ptr<Transaction>, StoreError> {
    if (mode == Mode::Write) return exchange.store.write();
    const auto& came = exchange.arrival.came;
    return came ? exchange.store.read_since(*came) : exchange.store.read();
}

auto fault(const StoreError& error) -> Outcome {
    return {failed(unavailable(error)), {}, {}};
}

auto wants_touch(const Caller& caller, Instant now) -> bool {
    return now - caller.session.last_seen_at >= touch_interval;
}

/// Notes that the session, and the token it acts under, are in use.
void touch(Transaction& tx, const Caller& caller, Instant now) {
    // The token first, as wherever both are written: whoever holds one waits for the other.
    if (caller.assumption) {
        const auto& assumption = caller.assumption->assumption;
        touch_token(tx, assumption.organization, assumption.token, now);
    }
    touch_session(tx, caller.session, now);
}

/// The same after a call that only read. That it fails costs the session a minute, no more.
void touch_afterwards(Store& store, const Caller& caller, Instant now) {
    auto tx = store.write();
    if (!tx) return;
    (*tx)->enter(caller.user.organization.value);
    (*tx)->enter(caller.organization().value);
    touch(**tx, caller, now);
    store.keep_mark(**tx, now);
    (void)(*tx)->finish();
}

auto check_caller(Call& call, const Claim& claim, Assuming assuming, const CallForesight& foresight)
    -> Checked<void> {
    auto caller = authenticate(call.tx, claim, call.now());
    if (!caller) return failed(std::move(caller.error()));
    call.caller = std::move(*caller);
    if (call.request().method != api::Method::Get) {
        if (auto checked = check_csrf(call.request(), call.caller, call.keys()); !checked)
            return checked;
    }
    const auto about_to_act = [&](const access::Actor& actor) {
        if (foresight && call.tx.foresees()) foresight(call, actor);
    };
    auto taken = take_up_assumption(call.tx, claim, call.caller, call.now(), about_to_act);
    if (!taken && assuming == Assuming::MustLive) return taken;
    return {};
}

auto noted_of(Call& call, bool kept) -> Noted {
    Noted noted;
    noted.actor = call.caller.user.id;
    noted.organization = call.caller.organization();
    if (call.caller.assumption) noted.assumption = call.caller.assumption->assumption.id;
    if (kept) noted.acts = std::move(call.acts);
    return noted;
}

/// What is done in a transaction before the time is asked at which all is decided.
using Before = std::function<void(Transaction& tx)>;

auto run_once(const Exchange& exchange, Mode mode, const Before& before, const CallBody& body)
    -> Result<Outcome, StoreError> {
    auto tx = begin(exchange, mode);
    if (!tx) return failed(std::move(tx.error()));
    if (before) before(**tx);
    // After what had to be waited for, so that the time of waiting counts.
    const auto at = exchange.store.decide_at(**tx, exchange.world.now);
    Call call{exchange, **tx, at, {}, {}, {}, false};
    call.may_write = mode == Mode::Write;
    auto answer = body(call);
    const bool keeps = answer.has_value() || call.keeps_refusal || (*tx)->has_failed();
    if (keeps) {
        if (mode == Mode::Write) exchange.store.keep_mark(**tx, at);
        if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    }
    auto noted = noted_of(call, keeps);
    if (!answer) return Outcome{std::move(answer), {}, {}, std::move(noted), call.has_to_write};
    return Outcome{std::move(answer), std::move(call.notices), std::move(call.subscription),
                   std::move(noted)};
}

auto run(const Exchange& exchange, Mode mode, const Before& before, const CallBody& body)
    -> Outcome {
    auto outcome =
        with_retries(exchange.world.random, [&] { return run_once(exchange, mode, before, body); });
    if (!outcome) return fault(outcome.error());
    return std::move(*outcome);
}

}  // namespace

auto run_open(const Exchange& exchange, Mode mode, const CallBody& body) -> Outcome {
    return run(exchange, mode, nullptr, body);
}

auto run_signed_in(const Exchange& exchange, Mode mode, Assuming assuming, const CallBody& body,
                   const CallForesight& foresight) -> Outcome {
    if (mode == Mode::ReadFirst) {
        auto outcome = run_signed_in(exchange, Mode::Read, assuming, body, foresight);
        if (!outcome.has_to_write) return outcome;
        mode = Mode::Write;
    }
    const auto claim = claim_of(exchange.arrival.http, exchange.world);
    if (!claim) return {failed(claim.error()), {}, {}};
    std::optional<Caller> to_touch;
    Instant read_at;
    const auto before = [&claim, mode](Transaction& tx) {
        mode == Mode::Write ? hold_acting_organization(tx, *claim) : foresee_claim(tx, *claim);
    };
    auto outcome = run(exchange, mode, before, [&](Call& call) -> Answer {
        to_touch.reset();
        read_at = call.now();
        if (auto checked = check_caller(call, *claim, assuming, foresight); !checked) {
            return failed(std::move(checked.error()));
        }
        if (mode == Mode::Write && wants_touch(call.caller, call.now())) {
            touch(call.tx, call.caller, call.now());
        }
        auto answer = body(call);
        if (mode == Mode::Read &&
            (wants_touch(call.caller, read_at) || exchange.store.mark_is_old(read_at))) {
            to_touch = call.caller;
        }
        return answer;
    });
    if (to_touch) {
        // A write may wait for a standby or a lock, which a read does not.
        const auto job = [&store = exchange.store, caller = *to_touch, read_at] {
            touch_afterwards(store, caller, read_at);
        };
        const auto& later = exchange.arrival.afterwards;
        later ? later(job) : job();
    }
    return outcome;
}

auto audit_entry(Call& call, const Act& act) -> AuditEntry {
    call.acts.push_back(act.action);
    const auto& caller = call.caller;
    AuditEntry entry;
    entry.organization = caller.organization();
    entry.token = act.token;
    auto& event = entry.event;
    event.id = random_id<AuditEventId>(call.random(), "evt_");
    event.at = call.now();
    event.actor = {caller.user.id, caller.user.name, caller.user.organization_name};
    event.action = act.action;
    event.target = act.target;
    event.summary = act.summary;
    event.request_id = call.exchange.arrival.request_id;
    event.ip = call.exchange.arrival.ip;
    if (caller.assumption) {
        const auto& assumption = caller.assumption->assumption;
        event.on_behalf_of = assumption.organization_name;
        event.assumption = assumption.id;
        if (entry.token.empty()) entry.token = assumption.token;
    }
    return entry;
}

void record(Call& call, const Act& act) {
    append_audit(call.tx, audit_entry(call, act));
}

void record_change(Call& call, const Act& act) {
    record(call, act);
    if (call.caller.assumption) count_change(call.tx, call.caller.assumption->assumption);
}

void tell_admins(Call& call, const OrganizationId& organization, std::string name,
                 const TokenHandle& token, const AssumptionId& assumption) {
    Notice notice;
    notice.event.name = std::move(name);
    notice.event.token = token;
    notice.event.assumption = assumption;
    notice.event.at = call.now();
    notice.admins_of = organization;
    call.notices.push_back(std::move(notice));
}

}  // namespace pcc::server
