// The event stream: who hears what, and when a stream may not go on.
// Layer: server. Opens no connection; the transport asks here and does as it is told.
#include <algorithm>
#include <utility>

#include "server/guard.hpp"
#include "server/routes/routes.hpp"

namespace pcc::server {
namespace {

auto last_event(const char* name, const Subscription& stream, Instant now) -> api::Event {
    api::Event event;
    event.name = name;
    event.assumption = stream.assumption;
    event.at = now;
    return event;
}

/// A look is taken at least this often: not all that ends a right is an act on record.
constexpr std::chrono::seconds longest_unseen{15};

auto over(api::Event last) -> Standing {
    return {std::move(last), {}};
}

auto check(const Subscription& stream, Transaction& tx, Instant now) -> Standing {
    tx.enter(stream.organization.value);
    const auto session = find_session(tx, stream.organization, stream.session);
    if (!session || !is_live(*session, now)) return over(last_event("session.ended", stream, now));
    const auto user = find_user(tx, session->organization, session->user);
    if (!user) return over(last_event("session.ended", stream, now));
    if (stream.is_admin && user->role != access::Role::Admin) return over(ask_again(stream, now));
    const auto ends = std::min(session->expires_at, session->last_seen_at + session_idle);
    Standing standing{std::nullopt, std::min<Instant>(ends, now + longest_unseen)};
    if (stream.assumption.empty()) return standing;
    const auto stored = current_assumption(tx, stream.assumption, now);
    if (stored && access::is_live(stored->assumption, now)) {
        standing.good_until = std::min(standing.good_until, stored->assumption.ends_at);
        return standing;
    }
    auto event = last_event("assumption.ended", stream, now);
    if (stored) {
        event.token = stored->assumption.token;
        event.ended_assumption = stored->assumption;
    }
    return over(std::move(event));
}

}  // namespace

auto answer(Call& call, const api::GetEvents&) -> Answer {
    const auto& caller = call.caller;
    Subscription stream;
    stream.session = caller.session.id;
    stream.organization = caller.user.organization;
    stream.is_admin = caller.user.role == access::Role::Admin && !caller.assumption;
    stream.ends_at = caller.session.expires_at;
    if (caller.assumption) {
        stream.assumption = caller.assumption->assumption.id;
        stream.acting_for = caller.assumption->assumption.organization;
        stream.ends_at = std::min(stream.ends_at, caller.assumption->assumption.ends_at);
    }
    const auto& home = stream.organization;
    stream.audit_length = audit_lengths(call.tx, {home})[home];
    call.subscription = stream;
    auto response = json_response(200, {});
    response.headers.front().second = "text/event-stream";
    return response;
}

auto hears(const Subscription& stream, const Notice& notice) -> bool {
    const bool to_nobody =
        notice.admins_of.empty() && notice.assumption.empty() && notice.session.empty();
    if (to_nobody) return false;
    if (!notice.assumption.empty() && stream.assumption != notice.assumption) return false;
    if (!notice.session.empty() && stream.session != notice.session) return false;
    if (notice.admins_of.empty()) return true;
    return stream.is_admin && stream.organization == notice.admins_of;
}

auto closes(const Subscription& stream, const Notice& notice) -> bool {
    const auto& name = notice.event.name;
    if (name == "session.ended") return !notice.session.empty() && stream.session == notice.session;
    return name == "assumption.ended" && !notice.assumption.empty() &&
           stream.assumption == notice.assumption;
}

auto check_stream(const Subscription& stream, Store& store, Instant now) -> Standing {
    auto tx = store.read();
    if (!tx) return over(ask_again(stream, store.about(now)));
    auto standing = check(stream, **tx, store.decide_at(**tx, now));
    if (!(*tx)->finish()) return over(ask_again(stream, store.about(now)));
    return standing;
}

/// With no more than the time, the console asks again, and learns why.
auto ask_again(const Subscription& stream, Instant now) -> api::Event {
    auto event = last_event("ping", stream, now);
    event.assumption = {};
    return event;
}

}  // namespace pcc::server
