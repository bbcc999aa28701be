#include "server/keys/reseal.hpp"

#include <utility>
#include <vector>

#include "server/retry.hpp"
#include "server/store/organizations.hpp"

namespace pcc::server {
namespace {

using Place = std::pair<OrganizationId, TokenHandle>;

auto find_old(Store& store, const Keys& keys) -> Result<std::vector<Place>, StoreError> {
    auto tx = store.read();
    if (!tx) return failed(std::move(tx.error()));
    // Nobody's request: the server's own look after its keys.
    (*tx)->enter_all();
    std::vector<Place> places;
    const auto rows = (*tx)->query(
        "SELECT organization_id, id FROM tokens WHERE key_version < $1 AND sealed <> '' "
        "ORDER BY organization_id, id LIMIT 100",
        {keys.current_version()});
    for (const auto& row : rows)
        places.emplace_back(row.id<OrganizationId>(0), row.id<TokenHandle>(1));
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return places;
}

/// Whether it was: it may have ended, or been re-sealed by another server, a moment ago.
auto reseal_row(Transaction& tx, const Keys& keys, RandomSource& random, const Place& place)
    -> bool {
    const auto& [organization, handle] = place;
    const auto row = tx.query_one(
        "SELECT key_version, sealed FROM tokens WHERE organization_id = $1 AND id = $2" +
            std::string(tx.lock_clause()),
        {organization.value, handle.value});
    if (!row || row->text(1).empty() || row->number(0) >= keys.current_version()) return false;
    const auto opened =
        keys.open({static_cast<int>(row->number(0)), row->text(1)}, organization, handle);
    if (!opened) return false;
    const auto id = access::parse_token_id(opened->reveal());
    if (!id) return false;
    const auto sealed = keys.seal(*id, organization, handle, random);
    return tx.execute(
               "UPDATE tokens SET lookup = $3, key_version = $4, sealed = $5 "
               "WHERE organization_id = $1 AND id = $2",
               {organization.value, handle.value, keys.token_lookup(*id), sealed.key_version,
                sealed.sealed}) == 1;
}

auto reseal_one(Store& store, const Keys& keys, RandomSource& random, const Place& place)
    -> Result<bool, StoreError> {
    auto tx = store.write();
    if (!tx) return failed(std::move(tx.error()));
    hold_organization(**tx, place.first);
    const bool done = reseal_row(**tx, keys, random, place);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return done;
}

}  // namespace

auto reseal_some(Store& store, const Keys& keys, RandomSource& random)
    -> Result<long long, StoreError> {
    const auto places = find_old(store, keys);
    if (!places) return failed(places.error());
    long long count = 0;
    for (const auto& place : *places) {
        const auto done =
            with_retries(random, [&] { return reseal_one(store, keys, random, place); });
        if (!done) return failed(done.error());
        if (*done) ++count;
    }
    return count;
}

}  // namespace pcc::server
