// The event stream: who hears what, and when a stream may not go on.
// Layer: server. Opens no connection; the transport asks here and does as it is told.
#include <algorithm>

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

/// A stream closed with no more than the time makes the console ask again, and learn why.
auto ask_again(const Subscription& stream, Instant now) -> api::Event {
    auto event = last_event("ping", stream, now);
    event.assumption = {};
    return event;
}

auto check(const Subscription& stream, Transaction& tx, Instant now) -> std::optional<api::Event> {
    tx.enter(stream.organization.value);
    const auto session = find_session(tx, stream.organization, stream.session);
    if (!session || !is_live(*session, now)) return last_event("session.ended", stream, now);
    const auto user = find_user(tx, session->organization, session->user);
    if (!user) return last_event("session.ended", stream, now);
    if (stream.is_admin && user->role != access::Role::Admin) return ask_again(stream, now);
    if (stream.assumption.empty()) return std::nullopt;
    const auto stored = current_assumption(tx, stream.assumption, now);
    if (stored && access::is_live(stored->assumption, now)) return std::nullopt;
    auto event = last_event("assumption.ended", stream, now);
    if (stored) {
        event.token = stored->assumption.token;
        event.ended_assumption = stored->assumption;
    }
    return event;
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
        stream.ends_at = std::min(stream.ends_at, caller.assumption->assumption.ends_at);
    }
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

auto check_stream(const Subscription& stream, Store& store, Instant now)
    -> std::optional<api::Event> {
    auto tx = store.read();
    if (!tx) return ask_again(stream, store.about(now));
    auto over = check(stream, **tx, store.decide_at(**tx, now));
    if (!(*tx)->finish()) return ask_again(stream, store.about(now));
    return over;
}

}  // namespace pcc::server
