#include "tests/server/kept.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

#include <doctest/doctest.h>

#include "server/audit/verify.hpp"
#include "server/store/sqlite_copy.hpp"

namespace pcc::test {

using server::EndLine;
using server::EndsStanding;

auto Kept::try_start() -> Result<EndsStanding, server::StoreError> {
    backend.restart();
    return server::take_up_ends(work(), place);
}

auto Kept::start() -> EndsStanding {
    auto standing = try_start();
    REQUIRE_MESSAGE(standing.has_value(), standing.error().message);
    return std::move(*standing);
}

void Kept::copy() {
    const auto done = server::back_up_sqlite(backend.database.file(), folder.file("copy"));
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
}

void Kept::put_copy_back() {
    backend.store.reset();
    const auto done = server::restore_sqlite(folder.file("copy"), backend.database.file(),
                                             [](const server::KeyPrints&) { return std::nullopt; });
    REQUIRE_MESSAGE(done.has_value(), done.error().message);
}

auto Kept::text() const -> std::string {
    std::ifstream in(place.file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void Kept::write(const std::string& text) const {
    std::ofstream(place.file, std::ios::binary | std::ios::trunc) << text;
}

auto Kept::lines() const -> std::vector<EndLine> {
    std::vector<EndLine> all;
    std::istringstream in(text());
    const auto file =
        server::read_ends(in, *ring.now(), [&](const EndLine& line) { all.push_back(line); });
    CHECK(file.fault.empty());
    return all;
}

auto Kept::is_whole() -> bool {
    const auto tx = look(*backend.store);
    return !server::find_broken_link(*tx, backend.keys, backend.demo.aurora).has_value();
}

auto begin(Kept& kept) -> Scene {
    auto& backend = kept.backend;
    Scene scene;
    scene.ana = backend.sign_in("ana@aurora.example");
    scene.sam = backend.sign_in("sam@netcare.example");
    scene.first = backend.generate(scene.ana, access::Validity::lifetime());
    scene.second = backend.generate(scene.ana, access::Validity::of_hours(8));
    scene.third = backend.generate(scene.ana, access::Validity::of_hours(8));
    scene.acting = backend.assume(scene.sam, scene.third.token_id);
    return scene;
}

void end_all(Kept& kept, const Scene& scene) {
    auto& backend = kept.backend;
    CHECK(backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle}).response.status ==
          200);
    CHECK(backend.ask(scene.ana, api::DeleteToken{scene.second.token.handle}).response.status ==
          204);
    CHECK(
        backend.ask(scene.acting, api::DeleteAssumption{scene.acting.assumption}).response.status ==
        204);
    CHECK(backend.ask(scene.sam, api::DeleteSession{}).response.status == 204);
}

auto assume_code(Kept& kept, const Secret& token_id) -> std::string {
    const auto eva = kept.backend.sign_in("eva@netcare.example");
    return code_of(kept.backend.ask(eva, api::PostAssumption{}, api::encode_token_id(token_id)));
}

}  // namespace pcc::test
