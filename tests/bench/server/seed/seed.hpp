// A database as the server's benchmark wants it: two organizations, twelve networks, any number of
// tokens, and sessions whose cookies are known. Layer: bench. Writes through the store, so that
// rows are what the server itself would have written.
#pragma once

#include <string>
#include <vector>

#include "core/base/secret.hpp"
#include "server/handle.hpp"
#include "server/store/store.hpp"

namespace pcc::bench {

inline constexpr const char* admin_email = "ana.reis@aurora-hotels.example";
inline constexpr const char* engineer_email = "sam.ortiz@netcare.example";
inline constexpr const char* bench_password = "measured and then thrown away";
inline constexpr std::size_t most_known = 200;  // Token IDs that are told

/// What requests have to carry.
struct Seeded {
    Secret admin_cookie;
    Secret engineer_cookie;       // of the session that acts for Aurora Hotels
    Secret idle_engineer_cookie;  // of one that acts for nobody, for preflights
    AssumptionId assumption;
    std::vector<Secret> token_ids;  // of active tokens
};

/// Errors: a sentence for the person at the terminal.
auto seed(server::Store& store, const server::World& world, long long tokens)
    -> Result<Seeded, std::string>;

}  // namespace pcc::bench
