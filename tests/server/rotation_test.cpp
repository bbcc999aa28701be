// Keys rotated while people work: nobody is signed out, no token is lost, and keys of another
// installation are noticed.
#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "server/keys/fingerprints.hpp"
#include "server/keys/key_watch.hpp"
#include "server/keys/reseal.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using server::Keys;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

/// A backend whose keys stand in a file, and are looked at as a running server does.
class Rotated {
  public:
    Rotated() : path(folder.file("pcc.keys")), ring(make()), watch(ring, path) {
        backend.keys = *ring.now();
        REQUIRE_FALSE(look().has_value());
    }
    auto look() -> std::optional<std::string> {
        auto sentence = watch.look(*backend.store, backend.random, backend.now);
        backend.keys = *ring.now();
        return sentence;
    }
    void rotate(Millis wait) {
        REQUIRE(Keys::rotate(path, backend.random, backend.now + wait).has_value());
    }
    auto text() const -> std::string {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& text) const {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
        ::chmod(path.c_str(), 0600);
    }
    auto version_of(const api::GeneratedToken& made) -> long long {
        return backend
            .rows("SELECT key_version FROM tokens WHERE id = $1", {made.token.handle.value})[0]
            .number(0);
    }

    Backend backend;
    Folder folder;
    std::string path;
    server::KeyRing ring;
    server::KeyWatch watch;

  private:
    auto make() -> Keys {
        auto made = Keys::create(path, backend.random);
        REQUIRE(made.has_value());
        return *made;
    }
};

auto assume_status(Backend& backend, const Tab& engineer, const Secret& token_id) -> int {
    return backend.ask(engineer, api::PostPreflight{}, api::encode_token_id(token_id))
        .response.status;
}

}  // namespace

TEST_CASE("a version that was added is known at once, and current when its time has come") {
    Rotated rotated;
    auto& backend = rotated.backend;
    const auto old_text = rotated.text();
    rotated.rotate(seconds{60});
    CHECK(rotated.text().find(old_text) == 0);
    CHECK_FALSE(rotated.look().has_value());
    CHECK(backend.keys.current_version() == 1);
    CHECK(backend.keys.newest_version() == 2);
    // What another server made with it already is found.
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto sam = backend.sign_in("sam@netcare.example");
    backend.keys.use_as_of(backend.now + seconds{60});
    const auto early = backend.generate(ana);
    rotated.look();
    CHECK(rotated.version_of(early) == 2);
    CHECK(assume_status(backend, sam, early.token_id) == 200);
    backend.wait(seconds{60});
    rotated.look();
    CHECK(backend.keys.current_version() == 2);
    CHECK(Keys::load(rotated.path)->current_version() == 1);
}

TEST_CASE("a rotation signs nobody out, keeps every token and cursor, and forgets no failure") {
    Rotated rotated;
    auto& backend = rotated.backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto sam = backend.sign_in("sam@netcare.example");
    const auto before = backend.generate(ana);
    const auto ended = backend.generate(ana);
    backend.ask(ana, api::ExpireToken{ended.token.handle});
    const auto acting = backend.assume(sam, before.token_id);
    for (int i = 0; i < 10; ++i)
        backend.try_sign_in("nuno@aurora.example", "wrong");
    CHECK(backend.try_sign_in("nuno@aurora.example").response.status == 429);
    api::AuditQuery page;
    page.limit = 2;
    page.cursor = api::decode_audit(backend.ask(ana, api::GetAudit{page}).response.body)->next;

    rotated.rotate(seconds{0});
    rotated.look();
    REQUIRE(backend.keys.current_version() == 2);
    CHECK(backend.ask(ana, api::GetAudit{page}).response.status == 200);
    CHECK(backend.ask(ana, api::PatchOrganization{}, R"({"name":"Aurora"})").response.status ==
          200);
    CHECK(backend.ask(acting, api::GetNetworks{}).response.status == 200);
    CHECK(backend.ask(ana, api::RevealToken{before.token.handle}).response.status == 200);
    CHECK(assume_status(backend, sam, before.token_id) == 200);
    CHECK(assume_status(backend, sam, ended.token_id) == 410);
    CHECK(backend.try_sign_in("nuno@aurora.example").response.status == 429);
    const auto after = backend.generate(ana);
    CHECK(rotated.version_of(after) == 2);
    CHECK(assume_status(backend, sam, after.token_id) == 200);
    auto forged = ana;
    forged.csrf = backend.sign_in("ana@aurora.example").csrf;
    CHECK(code_of(backend.ask(forged, api::PostToken{}, R"({"validity":"2h"})")) == "csrf_failed");
}

TEST_CASE("after a rotation what lives is sealed anew, and then needs the old key no more") {
    Rotated rotated;
    auto& backend = rotated.backend;
    const auto ana = backend.sign_in("ana@aurora.example");
    const auto sam = backend.sign_in("sam@netcare.example");
    std::vector<api::GeneratedToken> made;
    for (int i = 0; i < 130; ++i)
        made.push_back(backend.generate(ana));
    backend.ask(ana, api::ExpireToken{made[0].token.handle});
    const auto sealed =
        backend.rows("SELECT sealed FROM tokens WHERE id = $1", {made[1].token.handle.value})[0]
            .text(0);
    rotated.rotate(seconds{0});
    rotated.look();
    CHECK(rotated.version_of(made[0]) == 1);
    long long more = 0;
    do {
        const auto some = server::reseal_some(*backend.store, backend.keys, backend.random);
        REQUIRE(some.has_value());
        more = *some;
    } while (more > 0);
    CHECK(backend.rows("SELECT COUNT(*) FROM tokens WHERE key_version = 1")[0].number(0) == 1);
    CHECK(backend.rows("SELECT sealed FROM tokens WHERE id = $1", {made[1].token.handle.value})[0]
              .text(0) != sealed);
    for (const auto index : {1U, 64U, 129U}) {
        CHECK(assume_status(backend, sam, made[index].token_id) == 200);
        const auto shown = backend.ask(ana, api::RevealToken{made[index].token.handle});
        REQUIRE(shown.response.status == 200);
        CHECK(shown.response.body.find(std::string(made[index].token_id.reveal())) !=
              std::string::npos);
    }
    CHECK(assume_status(backend, sam, made[0].token_id) == 410);

    rotated.write("pcc-keys 1\n" + rotated.text().substr(rotated.text().find("\n2 ") + 1));
    backend.keys = *Keys::load(rotated.path);
    const auto new_ana = backend.sign_in("ana@aurora.example");
    const auto new_sam = backend.sign_in("sam@netcare.example");
    for (const auto index : {1U, 64U, 129U}) {
        CHECK(assume_status(backend, new_sam, made[index].token_id) == 200);
        CHECK(backend.ask(new_ana, api::RevealToken{made[index].token.handle}).response.status ==
              200);
    }
}

TEST_CASE("a file that lacks keys in use, or cannot be read, is not taken up") {
    Rotated rotated;
    auto& backend = rotated.backend;
    rotated.rotate(seconds{0});
    rotated.look();
    const auto good = rotated.text();
    rotated.write("pcc-keys 1\n1 " + std::string(64, 'a') + "\n");
    const auto other = rotated.look();
    REQUIRE(other.has_value());
    CHECK(other->find("lacks keys that are in use") != std::string::npos);
    CHECK_FALSE(rotated.look().has_value());  // said once
    rotated.write("pcc-keys 1\n");
    CHECK(rotated.look().has_value());
    CHECK(backend.keys.current_version() == 2);
    rotated.write(good);
    CHECK_FALSE(rotated.look().has_value());
}

TEST_CASE("a running server notices that others use a version which it was not given") {
    Rotated rotated;
    auto& backend = rotated.backend;
    const auto old_text = rotated.text();
    CHECK_FALSE(rotated.watch.is_behind());
    rotated.rotate(seconds{60});
    REQUIRE(server::meet_keys(*backend.store, *Keys::load(rotated.path), 2).has_value());
    const auto new_text = rotated.text();
    rotated.write(old_text);
    std::string said;
    for (int i = 0; i < 30; ++i)
        said += rotated.look().value_or(std::string());
    CHECK(rotated.watch.is_behind());
    CHECK(said.find("lacks version 2") != std::string::npos);
    CHECK(said.find("lacks version 2") == said.rfind("lacks version 2"));
    rotated.write(new_text);
    for (int i = 0; i < 11; ++i)
        CHECK_FALSE(rotated.look().has_value());
    CHECK_FALSE(rotated.watch.is_behind());
}

TEST_CASE("a server has time to be given a version until right before it is current") {
    Rotated rotated;
    auto& backend = rotated.backend;
    const auto old_file = rotated.folder.file("old.keys");
    std::ofstream(old_file, std::ios::binary) << rotated.text();
    ::chmod(old_file.c_str(), 0600);
    server::KeyRing old_ring(*Keys::load(old_file));
    server::KeyWatch elsewhere(old_ring, old_file);
    const auto look_ten_times = [&] {
        for (int i = 0; i < 10; ++i) {
            CHECK_FALSE(rotated.look().has_value());
            elsewhere.look(*backend.store, backend.random, backend.now);
        }
    };
    rotated.rotate(std::chrono::hours{1});
    look_ten_times();
    backend.wait(std::chrono::minutes{59});
    look_ten_times();
    CHECK_FALSE(elsewhere.is_behind());
    backend.wait(seconds{40});
    look_ten_times();
    look_ten_times();
    CHECK(backend.keys.current_version() == 1);
    CHECK(elsewhere.is_behind());
    std::ofstream(old_file, std::ios::binary) << rotated.text();
    look_ten_times();
    look_ten_times();
    CHECK_FALSE(elsewhere.is_behind());
    CHECK_FALSE(rotated.watch.is_behind());
}

TEST_CASE("a server with other keys than the database was used with is told so at its start") {
    Rotated rotated;
    auto& backend = rotated.backend;
    const auto meet = [&](const Keys& keys) {
        const auto met = server::meet_keys(*backend.store, keys, keys.newest_version());
        REQUIRE(met.has_value());
        return met->value_or(std::string());
    };
    const auto first = *Keys::load(rotated.path);
    CHECK(meet(first).empty());
    RepeatingRandom random(99);
    CHECK(meet(Keys::in_memory(random)).find("other keys") != std::string::npos);
    rotated.rotate(seconds{60});
    CHECK(meet(*Keys::load(rotated.path)).empty());
    CHECK(meet(first).find("lacks version 2") != std::string::npos);
    CHECK(meet(*Keys::load(rotated.path)).empty());
}
