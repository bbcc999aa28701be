// One request of the contract answered: a function of request, store, now and random bytes.
// Layer: server. Free of HTTP library, sockets and clocks, so that stories run it in one process.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/api/endpoint.hpp"
#include "core/api/http.hpp"
#include "core/api/types.hpp"
#include "core/base/id.hpp"
#include "core/base/timestamp.hpp"

namespace pcc::server {

class Store;
class Keys;
class RandomSource;
class PasswordHasher;

/// What the outside world is at the moment of one request.
struct World {
    Instant now;
    RandomSource& random;
    PasswordHasher& passwords;
    const Keys& keys;
    bool secure_cookies = false;  // `__Host-` name and Secure; off on plain http loopback only
};

/// A request as it arrived. `http.target` is the path and query as sent, not decoded.
struct Arrival {
    api::HttpRequest http;
    std::string ip;                        // of the peer, after trusted-proxy rules
    std::string request_id;                // made by the transport, unique
    std::optional<api::Asked> asked = {};  // what the target says, where it was read already
    /// When it came, where it may be answered from a view that another request had since.
    std::optional<std::chrono::steady_clock::time_point> came = {};
    /// Does what the answer need not wait for, some time later or never; at once where there is
    /// none.
    std::function<void(std::function<void()>)> afterwards = {};
};

/// An event and whose open tabs hear it: every condition that is set must match.
struct Notice {
    api::Event event;
    OrganizationId admins_of;  // admins of this organization, in their own organization
    AssumptionId assumption;   // the tab that acts under this assumption
    SessionId session;         // all tabs of this session
    std::string act;           // the same for the same act on record, whoever tells of it
    long long sequence = 0;    // its place in the audit, where that was read there
};

/// What tells an act from all others: the request that did it, and what the event is about.
auto act_of(const std::string& request_id, const api::Event& event) -> std::string;

/// An open event stream, as `GET /events` established it.
struct Subscription {
    SessionId session;
    OrganizationId organization;  // the home organization
    bool is_admin = false;        // of the home organization, and not assuming
    AssumptionId assumption;      // empty outside one
    OrganizationId acting_for;    // whom it opened; empty outside one
    Instant ends_at;              // the stream closes by then: session's or assumption's own end
    long long audit_length = 0;   // of the home organization, when the stream was opened
};

/// How an open stream stands.
struct Standing {
    std::optional<api::Event> last;  // the last event to send, where it may not go on
    Instant good_until;              // else: nothing but an act ends it before
};

/// Whether a stream hears a notice. A notice to an assumption or a session reaches just those.
auto hears(const Subscription& stream, const Notice& notice) -> bool;
/// Whether a notice closes the stream after it is sent (its session or its assumption has ended).
auto closes(const Subscription& stream, const Notice& notice) -> bool;

/// What the log and the counters may know of a request: identifiers and actions, nothing typed.
struct Noted {
    UserId actor;                 // empty where nobody was signed in
    OrganizationId organization;  // the one acted for
    AssumptionId assumption;
    std::vector<std::string> acts;  // put on record, as in the audit: `token.generated`
};

struct Reply {
    api::HttpResponse response;
    std::vector<Notice> notices;  // to be sent once the reply's transaction is committed: it is
    std::optional<Subscription> subscription;  // set when the answer is an event stream
    Noted noted;
    bool is_look = true;  // nothing was put on record, so that it says no more than what is now
};

/// What every answer of the contract carries: the request's ID, the server's time, and that it is
/// neither stored nor read as another type.
void put_stamp(api::HttpResponse& response, const std::string& request_id, Instant now);

/// The answer to one request. Every outcome is a Reply: refusals and faults are problem+json.
auto handle(const Arrival& arrival, Store& store, const World& world) -> Reply;

/// For the transport to call on an open stream before each event, when something happened in one of
/// its organizations, and when its time has come: whether it may go on, asked of the database.
auto check_stream(const Subscription& stream, Store& store, Instant now) -> Standing;
/// What is answered to a stream while the database cannot be asked: it closes, to be opened again.
auto ask_again(const Subscription& stream, Instant now) -> api::Event;

}  // namespace pcc::server
