#include "server/keys/fingerprints.hpp"

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

using Prints = std::map<int, std::string>;  // by version

auto prints_of(const Keys& keys) -> Prints {
    Prints own;
    for (const auto& [version, fingerprint] : keys.fingerprints())
        own.emplace(version, fingerprint);
    return own;
}

auto known_prints(Transaction& tx) -> Prints {
    Prints known;
    for (const auto& row : tx.query("SELECT version, fingerprint FROM key_versions"))
        known.emplace(static_cast<int>(row.number(0)), row.text(1));
    return known;
}

}  // namespace

auto meet_keys(Store& store, const Keys& keys, int newest)
    -> Result<std::optional<std::string>, StoreError> {
    auto tx = store.write();
    if (!tx) return failed(std::move(tx.error()));
    const auto known = known_prints(**tx);
    auto fault = fault_of_keys(known, keys);
    if (!fault) {
        for (const auto& [version, fingerprint] : prints_of(keys)) {
            if (version > newest || known.count(version) > 0) continue;
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
    auto fault = fault_of_keys(known_prints(**tx), keys);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return fault;
}

auto fault_of_keys(const std::map<int, std::string>& known, const Keys& keys)
    -> std::optional<std::string> {
    const auto own = prints_of(keys);
    for (const auto& [version, fingerprint] : known) {
        const auto found = own.find(version);
        if (found == own.end()) return missing_key(version);
        if (found->second != fingerprint) return other_keys(version);
    }
    return std::nullopt;
}

}  // namespace pcc::server
