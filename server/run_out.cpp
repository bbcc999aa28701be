#include "server/run_out.hpp"

#include <vector>

#include "server/retry.hpp"
#include "server/store/organizations.hpp"
#include "server/store/tokens.hpp"

namespace pcc::server {
namespace {

auto find_due(Store& store, Instant now) -> Result<std::vector<OrganizationId>, StoreError> {
    auto tx = store.read();
    if (!tx) return failed(std::move(tx.error()));
    (*tx)->enter_all();  // nobody's request
    auto due = organizations_with_run_out(**tx, now);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return due;
}

auto write_one(Store& store, const OrganizationId& organization, Instant told)
    -> Result<void, StoreError> {
    auto tx = store.write();
    if (!tx) return failed(std::move(tx.error()));
    hold_organization(**tx, organization);
    const auto now = store.decide_at(**tx, told);
    write_run_out(**tx, organization, now);
    store.keep_mark(**tx, now);
    return (*tx)->finish();
}

}  // namespace

auto write_all_run_out(Store& store, RandomSource& random, Instant now) -> Result<int, StoreError> {
    const auto due = find_due(store, store.about(now));
    if (!due) return failed(due.error());
    for (const auto& organization : *due) {
        const auto written =
            with_retries(random, [&] { return write_one(store, organization, now); });
        if (!written) return failed(written.error());
    }
    return static_cast<int>(due->size());
}

}  // namespace pcc::server
