// An admin and a support engineer, for the tests of assuming.
// Layer: tests. Holds no test.
#pragma once

#include <string>
#include <utility>

#include "tests/server/backend.hpp"

namespace pcc::test {

/// An admin of the client and an engineer, both signed in.
struct AssumeCase {
    AssumeCase()
        : ana(backend.sign_in("ana@aurora.example")), sam(backend.sign_in("sam@netcare.example")) {}

    auto preflight(const Secret& id) -> server::Reply {
        return backend.ask(sam, api::PostPreflight{}, api::encode_token_id(id));
    }
    auto try_assume(const Secret& id) -> server::Reply {
        return backend.ask(sam, api::PostAssumption{}, api::encode_token_id(id));
    }
    /// The answer to an engineer's read and to a write.
    auto serves(const Tab& tab) -> std::pair<int, int> {
        const auto read = backend.ask(tab, api::GetNetworks{}).response.status;
        const auto name = "Porto " + std::to_string(++renamed);
        const auto write = backend.ask(tab, api::PatchNetwork{backend.demo.porto},
                                       api::encode_change_network({name, {}}));
        return {read, write.response.status};
    }
    auto network_name() -> std::string {
        return backend
            .rows("SELECT name FROM networks WHERE id = $1", {backend.demo.porto.value})[0]
            .text(0);
    }
    auto assumptions(const Tab& tab, api::AssumptionListState state)
        -> api::Page<access::Assumption> {
        api::AssumptionQuery query;
        query.state = state;
        return *api::decode_assumptions(backend.ask(tab, api::GetAssumptions{query}).response.body);
    }

    Backend backend;
    Tab ana, sam;
    int renamed = 0;
};

inline const std::pair<int, int> served{200, 200};
inline const std::pair<int, int> refused{410, 410};

inline auto unknown_id() -> Secret {
    RepeatingRandom other(99);
    return server::random_token_id(other).text();
}

}  // namespace pcc::test
