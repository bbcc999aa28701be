#include "server/call.hpp"

#include <utility>

#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

constexpr std::chrono::seconds touch_interval{60};

auto begin(const Exchange& exchange, Mode mode)
    -> Result<std::unique_ptr<Transaction>, StoreError> {
    return mode == Mode::Write ? exchange.store.write() : exchange.store.read();
}

auto fault(const StoreError& error) -> Outcome {
    return {failed(unavailable(error)), {}, {}};
}

auto wants_touch(const Caller& caller, Instant now) -> bool {
    return now - caller.session.last_seen_at >= touch_interval;
}

/// Notes that the session, and the token it acts under, are in use.
void touch(Transaction& tx, const Caller& caller, Instant now) {
    touch_session(tx, caller.session, now);
    if (!caller.assumption) return;
    const auto& assumption = caller.assumption->assumption;
    touch_token(tx, assumption.organization, assumption.token, now);
}

/// The same after a call that only read. That it fails costs the session a minute, no more.
void touch_afterwards(const Exchange& exchange, const Caller& caller) {
    auto tx = exchange.store.write();
    if (!tx) return;
    touch(**tx, caller, exchange.now);
    exchange.store.keep_mark(**tx, exchange.now);
    (void)(*tx)->finish();
}

auto check_caller(Call& call, Assuming assuming) -> Checked<void> {
    const auto& exchange = call.exchange;
    auto caller = authenticate(call.tx, exchange.arrival, exchange.world, exchange.now);
    if (!caller) return failed(std::move(caller.error()));
    call.caller = std::move(*caller);
    if (call.request().method != api::Method::Get) {
        if (auto checked = check_csrf(call.request(), call.caller); !checked) return checked;
    }
    auto taken = take_up_assumption(call.tx, call.request(), call.caller, call.now());
    if (!taken && assuming == Assuming::MustLive) return taken;
    return {};
}

}  // namespace

auto run_open(const Exchange& exchange, Mode mode, const CallBody& body) -> Outcome {
    auto tx = begin(exchange, mode);
    if (!tx) return fault(tx.error());
    Call call{exchange, **tx, {}, {}, {}, false};
    auto answer = body(call);
    const bool keeps = answer.has_value() || call.keeps_refusal || (*tx)->has_failed();
    if (keeps) {
        if (mode == Mode::Write) exchange.store.keep_mark(**tx, exchange.now);
        if (auto finished = (*tx)->finish(); !finished) return fault(finished.error());
    }
    if (!answer) return {std::move(answer), {}, {}};
    return {std::move(answer), std::move(call.notices), std::move(call.subscription)};
}

auto run_signed_in(const Exchange& exchange, Mode mode, Assuming assuming, const CallBody& body)
    -> Outcome {
    std::optional<Caller> read_by;
    auto outcome = run_open(exchange, mode, [&](Call& call) -> Answer {
        if (auto checked = check_caller(call, assuming); !checked) {
            return failed(std::move(checked.error()));
        }
        if (mode == Mode::Write && wants_touch(call.caller, call.now())) {
            touch(call.tx, call.caller, call.now());
        }
        auto answer = body(call);
        if (mode == Mode::Read) read_by = call.caller;
        return answer;
    });
    if (read_by &&
        (wants_touch(*read_by, exchange.now) || exchange.store.mark_is_old(exchange.now))) {
        touch_afterwards(exchange, *read_by);
    }
    return outcome;
}

auto audit_entry(const Call& call, const Act& act) -> AuditEntry {
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
