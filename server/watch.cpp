#include "server/watch.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "server/store/assumptions.hpp"
#include "server/store/audit.hpp"
#include "server/store/store.hpp"

namespace pcc::server {
namespace {

using Lengths = std::map<OrganizationId, long long>;

/// The acts that open tabs hear of, by the same names.
auto is_told(const std::string& action) -> bool {
    constexpr std::array<std::string_view, 5> told{"token.generated", "token.expired",
                                                   "token.deleted", "assumption.started",
                                                   "assumption.ended"};
    return std::find(told.begin(), told.end(), action) != told.end();
}

constexpr long long unknown = -1;

/// Up to where all of its own streams know each audit. Of organizations that are only acted for
/// nothing has to be told, so it is unknown.
auto known_to_all(const std::vector<Subscription>& streams) -> Lengths {
    Lengths lengths;
    for (const auto& stream : streams) {
        const auto [home, added] = lengths.emplace(stream.organization, stream.audit_length);
        if (!added) home->second = std::min(home->second, stream.audit_length);
    }
    for (const auto& stream : streams) {
        if (!stream.acting_for.empty()) lengths.emplace(stream.acting_for, unknown);
    }
    return lengths;
}

auto notice_of(Transaction& tx, const OrganizationId& organization, const AuditEntry& entry,
               Instant now) -> Notice {
    Notice notice;
    notice.admins_of = organization;
    notice.event.name = entry.event.action;
    notice.event.token = entry.token;
    notice.event.assumption = entry.event.assumption;
    notice.event.at = entry.event.at;
    if (entry.event.action != "assumption.ended") return notice;
    if (auto stored = find_assumption(tx, entry.event.assumption, now)) {
        notice.event.ended_assumption = std::move(stored->assumption);
    }
    return notice;
}

/// The rest at the next look, where there are more than are read at once.
void tell(Transaction& tx, const OrganizationId& organization, long long since, Instant now,
          Watch::Seen& seen) {
    auto sequence = since;
    for (const auto& entry : audit_since(tx, organization, since)) {
        ++sequence;
        if (!is_told(entry.event.action)) continue;
        auto notice = notice_of(tx, organization, entry, now);
        notice.act = act_of(entry.event.request_id, notice.event);
        notice.sequence = sequence;
        seen.notices.push_back(std::move(notice));
    }
    seen.told[organization] = {since, sequence};
}

}  // namespace

auto Watch::look(const std::vector<Subscription>& streams, Store& store, Instant now)
    -> Result<Seen, StoreError> {
    Seen seen;
    const auto heard = known_to_all(streams);
    if (heard.empty()) return seen;
    auto tx = store.read();
    if (!tx) return failed(std::move(tx.error()));
    std::vector<OrganizationId> organizations;
    for (const auto& [organization, length] : heard) {
        (*tx)->enter(organization.value);
        organizations.push_back(organization);
    }
    auto lengths = audit_lengths(**tx, organizations);
    for (const auto& [organization, length] : lengths) {
        const auto since = heard.at(organization);
        const auto before = known_.find(organization);
        if (length != (before == known_.end() ? since : before->second))
            seen.moved.insert(organization);
        if (since == unknown || length == since) continue;
        tell(**tx, organization, since, now, seen);
    }
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    known_ = std::move(lengths);
    return seen;
}

}  // namespace pcc::server
