// A server with its file of ends, and an afternoon of people who use it; for the tests of ends.
// Layer: tests. Starts, copies and puts back; what has to come of it is in ends_test and
// ends_restore_test.
#pragma once

#include <string>
#include <vector>

#include "server/ends/reconcile.hpp"
#include "tests/server/backend.hpp"

namespace pcc::test {

/// A server with its file of ends, and a copy of its database to go back to.
class Kept {
  public:
    Kept() : ring(backend.keys), place{folder.file("pcc.ends"), {}} {}

    auto work() -> server::EndsWork { return {*backend.store, ring, backend.random, backend.now}; }
    auto try_start() -> Result<server::EndsStanding, server::StoreError>;
    auto start() -> server::EndsStanding;
    void copy();
    /// By hand: nothing is said of ends.
    void put_copy_back();
    auto text() const -> std::string;
    void write(const std::string& text) const;
    auto lines() const -> std::vector<server::EndLine>;
    auto is_whole() -> bool;

    Backend backend;
    Folder folder;
    server::KeyRing ring;
    server::EndsPlace place;
};

struct Scene {
    Tab ana;
    Tab sam;
    api::GeneratedToken first;
    api::GeneratedToken second;
    api::GeneratedToken third;
    Tab acting;  // under the third
};

auto begin(Kept& kept) -> Scene;
/// Of the first three, and of who acts under them, each in another way.
void end_all(Kept& kept, const Scene& scene);
auto assume_code(Kept& kept, const Secret& token_id) -> std::string;

}  // namespace pcc::test
