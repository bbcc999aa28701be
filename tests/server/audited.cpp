#include "tests/server/audited.hpp"

#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "server/audit/checkpointing.hpp"

namespace pcc::test {

using server::BrokenLink;

Audited::Audited() {
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto sam = backend.sign_in("sam@netcare.example");
    for (int round = 0; round < 4; ++round) {
        const auto made = backend.generate(ana);
        const auto tab = backend.assume(sam, made.token_id);
        backend.ask(tab, api::PatchNetwork{backend.demo.porto},
                    R"({"name":"Porto )" + std::to_string(round) + "\"}");
        backend.ask(sam, api::PatchNetwork{backend.demo.office},
                    R"({"name":"Office )" + std::to_string(round) + "\"}");
        backend.ask(ana, api::ExpireToken{made.token.handle});
        backend.wait(std::chrono::seconds{61});
        make();
    }
}

auto Audited::make() -> int {
    const auto made = server::make_checkpoints(*backend.store, backend.keys, backend.random,
                                               backend.now, server::CheckpointsOf::DueChains);
    REQUIRE(made.has_value());
    return *made;
}

auto Audited::find(server::Transaction& tx) const -> std::optional<BrokenLink> {
    for (const auto& organization : {backend.demo.aurora, backend.demo.netcare}) {
        if (auto broken = server::find_broken_link(tx, backend.keys, organization)) return broken;
    }
    return std::nullopt;
}

auto Audited::find() -> std::optional<BrokenLink> {
    const auto tx = look(*backend.store);
    auto found = find(*tx);
    REQUIRE(tx->finish().has_value());
    return found;
}

}  // namespace pcc::test
