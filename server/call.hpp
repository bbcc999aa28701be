// One call under way: its transaction, who makes it, and what is to be told once it is committed.
// Layer: server. Opens and closes transactions around a call; knows no route.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/crypto/keys.hpp"
#include "server/guard.hpp"
#include "server/handle.hpp"
#include "server/problem.hpp"
#include "server/store/audit.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

using Answer = Checked<api::HttpResponse>;

/// A request with all that answers it.
struct Exchange {
    const Arrival& arrival;
    Store& store;
    const World& world;
};

struct Call {
    const Exchange& exchange;
    Transaction& tx;
    Instant at;  // when it is decided; never goes back, whatever the clock does
    Caller caller;
    std::vector<Notice> notices;
    std::optional<Subscription> subscription;
    bool keeps_refusal = false;          // what was written is kept although the call is refused
    std::vector<std::string> acts = {};  // put on record so far
    bool may_write = true;
    bool has_to_write = false;  // and so has to be run again in a transaction that may

    auto now() const -> Instant { return at; }
    auto request() const -> const api::HttpRequest& { return exchange.arrival.http; }
    auto keys() const -> const Keys& { return exchange.world.keys; }
    auto random() const -> RandomSource& { return exchange.world.random; }
};
using CallBody = std::function<Answer(Call&)>;
/// Says what the body will ask, as soon as it is known as whom.
using CallForesight = std::function<void(const Call&, const access::Actor&)>;

/// What came of a call. Notices only where it was committed.
struct Outcome {
    Answer answer;
    std::vector<Notice> notices;
    std::optional<Subscription> subscription;
    Noted noted = {};
    bool has_to_write = false;
};

/// `ReadFirst`: as one that reads, which holds nothing and waits for nobody; only where the body
/// finds that it has to write, once more as one that writes.
enum class Mode { Read, Write, ReadFirst };

/// Runs a call that nobody in particular makes. A refusal keeps nothing, unless the call says so; a
/// failure of the store is answered with `unavailable`, whatever the call would have said. Where
/// another transaction came between, the body runs again, so it keeps nothing from before.
auto run_open(const Exchange& exchange, Mode mode, const CallBody& body) -> Outcome;

/// What to make of an assumption that the request names and that has ended.
enum class Assuming { MustLive, MayHaveEnded };

/// Runs a call for whoever is signed in, all checks of server/guard.hpp made in its own
/// transaction; in one that may write, after the organization it acts for was held.
auto run_signed_in(const Exchange& exchange, Mode mode, Assuming assuming, const CallBody& body,
                   const CallForesight& foresight = nullptr) -> Outcome;

/// What is written into the audit.
struct Act {
    std::string action;
    std::string target;
    std::string summary;
    TokenHandle token;  // the assumption's own where none is given
};

/// An entry in the audit of the organization that the caller acts for.
auto audit_entry(Call& call, const Act& act) -> AuditEntry;
void record(Call& call, const Act& act);
/// The same for a change of the network, which counts for the assumption it is made under.
void record_change(Call& call, const Act& act);

/// An event for the admins of an organization.
void tell_admins(Call& call, const OrganizationId& organization, std::string name,
                 const TokenHandle& token, const AssumptionId& assumption = {});

}  // namespace pcc::server
