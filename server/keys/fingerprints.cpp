#include "server/keys/fingerprints.hpp"

#include <map>

namespace pcc::server {
namespace {

auto other_keys(int version) -> std::string {
    return "pcc.keys holds other keys than this database was used with (version " +
           std::to_string(version) +
           "). Copy pcc.keys from a server that uses it; with these, no token that is in it could "
           "be found.";
}

auto missing_key(int version) -> std::string {
    return "pcc.keys lacks version " + std::to_string(version) +
           " of the keys, which this database was used with. Copy the newest pcc.keys from the "
           "server on which they were rotated.";
}

auto fault_of(const Rows& known, const std::map<int, std::string>& own)
    -> std::optional<std::string> {
    for (const auto& row : known) {
        const auto version = static_cast<int>(row.number(0));
        const auto found = own.find(version);
        if (found == own.end()) return missing_key(version);
        if (found->second != row.text(1)) return other_keys(version);
    }
    return std::nullopt;
}

auto by_version(const Keys& keys) -> std::map<int, std::string> {
    std::map<int, std::string> own;
    for (const auto& [version, fingerprint] : keys.fingerprints())
        own.emplace(version, fingerprint);
    return own;
}

auto known_versions(Transaction& tx) -> Rows {
    return tx.query("SELECT version, fingerprint FROM key_versions ORDER BY version");
}

}  // namespace

auto meet_keys(Store& store, const Keys& keys) -> Result<std::optional<std::string>, StoreError> {
    auto tx = store.write();
    if (!tx) return failed(std::move(tx.error()));
    auto own = by_version(keys);
    const auto known = known_versions(**tx);
    auto fault = fault_of(known, own);
    if (!fault) {
        for (const auto& row : known)
            own.erase(static_cast<int>(row.number(0)));
        for (const auto& [version, fingerprint] : own) {
            (*tx)->execute(
                "INSERT INTO key_versions (version, fingerprint) VALUES ($1, $2) "
                "ON CONFLICT (version) DO NOTHING",
                {version, fingerprint});
        }
    }
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return fault;
}

auto missed_keys(Store& store, const Keys& keys) -> Result<std::optional<std::string>, StoreError> {
    auto tx = store.read();
    if (!tx) return failed(std::move(tx.error()));
    auto fault = fault_of(known_versions(**tx), by_version(keys));
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return fault;
}

}  // namespace pcc::server
