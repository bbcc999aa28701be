#include "server/audit/verify.hpp"

#include <limits>
#include <vector>

#include "core/api/text.hpp"
#include "server/audit/checkpointing.hpp"
#include "server/store/audit.hpp"

namespace pcc::server {
namespace {

constexpr int events_at_once = 500;
constexpr auto before_all = std::numeric_limits<long long>::min();

/// The checkpoints of one chain, one after another; each looked at before it is handed out.
class CheckpointReader {
  public:
    CheckpointReader(Transaction& tx, const Keys& keys, const OrganizationId& organization)
        : tx_(tx), keys_(keys), organization_(organization) {
        advance();
    }
    auto now() const -> const Checkpoint* { return current_ ? &*current_ : nullptr; }
    auto count() const -> long long { return count_; }
    auto fault() const -> std::optional<BrokenLink> { return fault_; }
    void advance() {
        if (next_ == page_.size()) load();
        current_.reset();
        if (next_ == page_.size() || fault_) return;
        const auto& read = page_[next_++];
        if (!is_signed(read, keys_)) return note(read, LinkFault::CheckpointForged);
        if (read.number != count_ + 1) return note(read, LinkFault::CheckpointMissing);
        if (read.sequence <= last_) return note(read, LinkFault::CheckpointMisfit);
        ++count_;
        last_ = read.sequence;
        current_ = read;
    }

  private:
    void load() {
        page_ =
            checkpoints_after(tx_, organization_, page_.empty() ? before_all : page_.back().number);
        next_ = 0;
    }
    void note(const Checkpoint& read, LinkFault fault) {
        fault_ = BrokenLink{organization_, read.sequence, {}, fault};
    }

    Transaction& tx_;
    const Keys& keys_;
    OrganizationId organization_;
    std::vector<Checkpoint> page_;
    std::size_t next_ = 0;
    std::optional<Checkpoint> current_;
    std::optional<BrokenLink> fault_;
    long long count_ = 0;
    long long last_ = 0;
};

/// One chain, read from its first event to its head.
class ChainReader {
  public:
    ChainReader(Transaction& tx, const Keys& keys, const OrganizationId& organization)
        : tx_(tx), organization_(organization), checkpoints_(tx, keys, organization) {}

    auto find_fault() -> std::optional<BrokenLink> {
        long long after = before_all;
        while (true) {
            const auto links = audit_links(tx_, organization_, after, events_at_once);
            for (const auto& link : links) {
                if (auto fault = follow(link)) return fault;
            }
            if (links.empty()) return find_fault_at_end();
            after = links.back().sequence;
        }
    }

  private:
    auto broken(LinkFault fault, const AuditEventId& event = {}) const -> BrokenLink {
        return {organization_, sequence_ + 1, event, fault};
    }

    /// What is wrong with an event that has the next place.
    auto fault_of(const AuditLink& link) const -> std::optional<LinkFault> {
        const auto& event = link.entry.event;
        if (link.sequence > sequence_ + 1) return LinkFault::EventMissing;
        if (link.sequence <= sequence_) return LinkFault::EventOutOfOrder;
        const bool follows = event.prev_hash == previous_;
        const bool whole = event.hash == audit_hash(link.entry, link.sequence) &&
                           link.actor_folded == api::fold_case(event.actor.name);
        if (whole && follows) return std::nullopt;
        if (whole) return LinkFault::EventOutOfOrder;
        return LinkFault::EventChanged;
    }

    auto follow(const AuditLink& link) -> std::optional<BrokenLink> {
        const auto& event = link.entry.event;
        if (const auto fault = fault_of(link)) {
            const bool is_there = *fault != LinkFault::EventMissing;
            return broken(*fault, is_there ? event.id : AuditEventId());
        }
        const auto* checkpoint = checkpoints_.now();
        if (checkpoint != nullptr && checkpoint->sequence == link.sequence) {
            if (checkpoint->hash != event.hash) {
                return broken(LinkFault::CheckpointMisfit, event.id);
            }
            checkpoints_.advance();
        }
        sequence_ = link.sequence;
        previous_ = event.hash;
        // With the events that it was made of, so that the first fault is the one that is named.
        const auto fault = checkpoints_.fault();
        return fault && fault->sequence <= sequence_ ? fault : std::nullopt;
    }

    auto find_fault_at_end() -> std::optional<BrokenLink> {
        const auto head = find_audit_head(tx_, organization_);
        // Each organization has at least the event of its creation.
        if (!head || sequence_ == 0) return broken(LinkFault::EventMissing);
        // Events cut off at the end leave a head that nothing leads to.
        if (head->sequence > sequence_) return broken(LinkFault::EventMissing);
        if (head->sequence < sequence_ || head->hash != previous_) {
            return broken(LinkFault::HeadMisfit);
        }
        if (auto fault = checkpoints_.fault()) return fault;
        if (checkpoints_.now() != nullptr) return broken(LinkFault::CheckpointMisfit);
        if (head->checkpoints != checkpoints_.count()) return broken(LinkFault::CheckpointMissing);
        return std::nullopt;
    }

    Transaction& tx_;
    OrganizationId organization_;
    CheckpointReader checkpoints_;
    long long sequence_ = 0;
    std::string previous_ = AuditHead::first_prev_hash();
};

auto look_at(Store& store, const Keys& keys, const OrganizationId& organization)
    -> Result<std::optional<BrokenLink>, StoreError> {
    auto tx = store.read();
    if (!tx) return failed(std::move(tx.error()));
    (*tx)->enter_all();
    auto broken = find_broken_link(**tx, keys, organization);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return broken;
}

auto next_in(Store& store, const OrganizationId& after)
    -> Result<std::optional<OrganizationId>, StoreError> {
    auto tx = store.read();
    if (!tx) return failed(std::move(tx.error()));
    (*tx)->enter_all();
    auto next = next_organization(**tx, after);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return next;
}

auto words_of(LinkFault fault) -> std::string {
    switch (fault) {
        case LinkFault::EventChanged: return "the event was changed";
        case LinkFault::EventMissing: return "the event is missing";
        case LinkFault::EventOutOfOrder: return "the event does not follow on the one before";
        case LinkFault::HeadMisfit: return "the head of the chain is not where the chain ends";
        case LinkFault::CheckpointForged:
            return "the signature of its checkpoint is not of these keys";
        case LinkFault::CheckpointMissing: return "a checkpoint is missing";
        case LinkFault::CheckpointMisfit:
            return "the chain is another one than was signed in its checkpoint";
    }
    return {};
}

}  // namespace

auto explain(const BrokenLink& broken) -> std::string {
    return broken.organization.value + ", event " + std::to_string(broken.sequence) +
           (broken.event.empty() ? std::string() : " (" + broken.event.value + ")") + ": " +
           words_of(broken.fault);
}

auto find_broken_link(Transaction& tx, const Keys& keys, const OrganizationId& organization)
    -> std::optional<BrokenLink> {
    return ChainReader(tx, keys, organization).find_fault();
}

auto next_organization(Transaction& tx, const OrganizationId& after)
    -> std::optional<OrganizationId> {
    const auto first_of = [](const std::string& column, const std::string& table) {
        return "(SELECT MIN(" + column + ") FROM " + table + " WHERE " + column + " > $1)";
    };
    const auto sql = "SELECT " + first_of("id", "organizations") + ", " +
                     first_of("organization_id", "audit_heads") + ", " +
                     first_of("organization_id", "audit_events") + ", " +
                     first_of("organization_id", "audit_checkpoints");
    const auto row = tx.query_one(sql, {after.value});
    std::optional<OrganizationId> next;
    for (std::size_t column = 0; row && column < row->size(); ++column) {
        if (row->is_null(column)) continue;
        const auto id = row->id<OrganizationId>(column);
        if (!next || id < *next) next = id;
    }
    return next;
}

auto verify_audit(Store& store, const Keys& keys,
                  const std::function<void(const BrokenLink&)>& found)
    -> Result<AuditTotals, StoreError> {
    AuditTotals totals;
    auto next = next_in(store, OrganizationId());
    for (; next && *next; next = next_in(store, **next)) {
        const auto broken = look_at(store, keys, **next);
        if (!broken) return failed(broken.error());
        ++totals.organizations;
        if (!*broken) continue;
        ++totals.broken;
        found(**broken);
    }
    if (!next) return failed(next.error());
    return totals;
}

}  // namespace pcc::server
