#include "server/audit/checkpointing.hpp"

#include <algorithm>
#include <set>

#include "server/crypto/digest.hpp"
#include "server/retry.hpp"
#include "server/store/audit.hpp"
#include "server/store/organizations.hpp"

namespace pcc::server {
namespace {

auto find_due(Store& store, Instant now, CheckpointsOf which)
    -> Result<std::vector<OrganizationId>, StoreError> {
    auto tx = store.read();
    if (!tx) return failed(std::move(tx.error()));
    // Nobody's request: the one look of the server over all chains, at where they end.
    (*tx)->enter_all();
    auto due = organizations_without_checkpoint(**tx, now, which == CheckpointsOf::AllChains);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return due;
}

/// The checkpoint that follows on the last one; nothing where the chain has not grown since.
auto next_checkpoint(Transaction& tx, const OrganizationId& organization)
    -> std::optional<Checkpoint> {
    const auto head = find_audit_head(tx, organization);
    const auto last = last_checkpoint(tx, organization);
    if (!head || head->sequence <= (last ? last->sequence : 0)) return std::nullopt;
    Checkpoint next;
    next.organization = organization;
    // Above both, so that one that was taken away leaves a gap.
    next.number = std::max(head->checkpoints, last ? last->number : 0) + 1;
    next.sequence = head->sequence;
    next.hash = head->hash;
    return next;
}

auto make_one(Store& store, const Keys& keys, const OrganizationId& organization, Instant now)
    -> Result<bool, StoreError> {
    auto tx = store.write();
    if (!tx) return failed(std::move(tx.error()));
    hold_organization(**tx, organization);
    auto next = next_checkpoint(**tx, organization);
    if (!next && !(*tx)->has_failed()) return false;
    if (!next) return failed((*tx)->finish().error());
    next->at = store.decide_at(**tx, now);
    next->signature.key_version = keys.current_version();
    next->signature = keys.sign(checkpoint_text(*next));
    insert_checkpoint(**tx, *next);
    store.keep_mark(**tx, next->at);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return true;
}

}  // namespace

auto checkpoint_text(const Checkpoint& checkpoint) -> std::string {
    return canonical_text({"pcc audit checkpoint", checkpoint.organization.value,
                           std::to_string(checkpoint.number), std::to_string(checkpoint.sequence),
                           checkpoint.hash, std::to_string(millis_since_epoch(checkpoint.at)),
                           std::to_string(checkpoint.signature.key_version)});
}

auto is_signed(const Checkpoint& checkpoint, const Keys& keys) -> bool {
    return keys.is_signed(checkpoint_text(checkpoint), checkpoint.signature);
}

auto make_checkpoints(Store& store, const Keys& keys, RandomSource& random, Instant now,
                      CheckpointsOf which) -> Result<int, StoreError> {
    int made = 0;
    std::set<OrganizationId> signed_now;  // others may go on writing them
    while (true) {
        const auto due = find_due(store, now, which);
        if (!due) return failed(due.error());
        int more = 0;
        for (const auto& organization : *due) {
            if (!signed_now.insert(organization).second) continue;
            const auto one =
                with_retries(random, [&] { return make_one(store, keys, organization, now); });
            if (!one) return failed(one.error());
            if (*one) ++more;
        }
        made += more;
        if (more == 0) return made;
    }
}

}  // namespace pcc::server
