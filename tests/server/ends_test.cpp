// Ends are kept apart from the database: an older copy of it revives nothing, and where it cannot
// be known what a copy would revive, nothing is served.
#include <atomic>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>

#include "server/audit/verify.hpp"
#include "server/ends/reconcile.hpp"
#include "server/store/organizations.hpp"
#include "server/store/sqlite_copy.hpp"
#include "server/store/users.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using server::End;
using server::EndLine;
using server::EndsStanding;
using server::StoreError;

namespace {

/// A server with its file of ends, and a copy of its database to go back to.
class Kept {
  public:
    Kept() : ring(backend.keys), place{folder.file("pcc.ends"), {}} {}

    auto work() -> server::EndsWork { return {*backend.store, ring, backend.random, backend.now}; }
    auto try_start() -> Result<EndsStanding, StoreError> {
        backend.restart();
        return server::take_up_ends(work(), place);
    }
    auto start() -> EndsStanding {
        auto standing = try_start();
        REQUIRE_MESSAGE(standing.has_value(), standing.error().message);
        return std::move(*standing);
    }
    void copy() {
        const auto done = server::back_up_sqlite(backend.database.file(), folder.file("copy"));
        REQUIRE_MESSAGE(done.has_value(), done.error().message);
    }
    /// By hand: nothing is said of ends.
    void put_copy_back() {
        backend.store.reset();
        const auto done = server::restore_sqlite(folder.file("copy"), backend.database.file());
        REQUIRE_MESSAGE(done.has_value(), done.error().message);
    }
    auto text() const -> std::string {
        std::ifstream in(place.file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(const std::string& text) const {
        std::ofstream(place.file, std::ios::binary | std::ios::trunc) << text;
    }
    auto lines() const -> std::vector<EndLine> {
        std::vector<EndLine> all;
        std::istringstream in(text());
        const auto file =
            server::read_ends(in, *ring.now(), [&](const EndLine& line) { all.push_back(line); });
        CHECK(file.fault.empty());
        return all;
    }
    auto is_whole() -> bool {
        const auto tx = look(*backend.store);
        return !server::find_broken_link(*tx, backend.keys, backend.demo.aurora).has_value();
    }

    Backend backend;
    Folder folder;
    server::KeyRing ring;
    server::EndsPlace place;
};

/// Fails as a full disk does.
class FullDisk final : public server::EndKeeper {
  public:
    auto keep(const std::vector<End>&) -> Result<long long, StoreError> override {
        return failed(StoreError{StoreError::Kind::Unavailable, "No space left."});
    }
    auto name() const -> const std::string& override { return name_; }

  private:
    std::string name_ = "full";
};

/// Asks, at the moment of keeping, what the database shows to others.
class Witness final : public server::EndKeeper {
  public:
    explicit Witness(Backend& backend) : backend_(backend) {}
    auto keep(const std::vector<End>& ends) -> Result<long long, StoreError> override {
        kept += static_cast<int>(ends.size());
        ended_before =
            backend_.rows("SELECT COUNT(*) FROM tokens WHERE ended_at IS NOT NULL")[0].number(0);
        return failed(StoreError{StoreError::Kind::Unavailable, "Seen enough."});
    }
    auto name() const -> const std::string& override { return name_; }
    int kept = 0;
    long long ended_before = -1;

  private:
    Backend& backend_;
    std::string name_ = "witness";
};

struct Scene {
    Tab ana;
    Tab sam;
    api::GeneratedToken first;
    api::GeneratedToken second;
    api::GeneratedToken third;
    Tab acting;  // under the third
};

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

const auto of_sqlite = doctest::skip(on_postgres());

}  // namespace

TEST_CASE("each end stands in the file: of tokens, assumptions, sign-ins, people, organizations") {
    Kept kept;
    CHECK_FALSE(kept.start().lock.has_value());
    const auto scene = begin(kept);
    CHECK(kept.lines().empty());
    end_all(kept, scene);
    auto& backend = kept.backend;
    const auto sam = backend.rows("SELECT id FROM users WHERE name = 'Sam Ortiz'")[0].id<UserId>(0);
    const auto tx = change(*backend.store);
    server::disable_user(*tx, backend.demo.netcare, sam, backend.now);
    server::disable_organization(*tx, backend.demo.netcare, backend.now);
    REQUIRE(tx->finish().has_value());
    std::map<std::string, int> seen;
    long long number = 0;
    for (const auto& line : kept.lines()) {
        ++seen[line.end.what];
        CHECK(line.number >= number);
        number = line.number;
        CHECK(line.end.at == backend.now);
        CHECK_FALSE(line.end.id.empty());
    }
    CHECK(seen["token.expired"] == 1);
    CHECK(seen["token.deleted"] >= 1);
    CHECK(seen["assumption.went_back"] == 1);
    CHECK(seen["session.ended"] == 1);
    CHECK(seen["user.disabled"] == 1);
    CHECK(seen["organization.disabled"] == 1);
    CHECK(number == 5);
    for (const auto& secret : {scene.first.token_id, scene.second.token_id, scene.third.token_id})
        CHECK(kept.text().find(std::string(secret.reveal().substr(4))) == std::string::npos);
}

TEST_CASE("an end is kept before the database has it, and refused where it cannot be kept") {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    auto& backend = kept.backend;
    const auto before = backend.state();
    const auto witness = std::make_shared<Witness>(backend);
    backend.store->keep_ends_with(witness);
    const auto reply = backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    CHECK(reply.response.status == 503);
    CHECK(witness->kept == 1);
    CHECK(witness->ended_before == 0);
    backend.store->keep_ends_with(std::make_shared<FullDisk>());
    CHECK(backend.ask(scene.ana, api::DeleteToken{scene.third.token.handle}).response.status ==
          503);
    CHECK(backend.ask(scene.sam, api::DeleteSession{}).response.status == 503);
    CHECK(backend.state() == before);
    // What ends nothing needs no file.
    CHECK(backend.ask(scene.ana, api::GetTokens{}).response.status == 200);
    backend.generate(scene.ana);
}

TEST_CASE("those who end something at once share the disk, and each has a line of its own") {
    Kept kept;
    kept.start();
    server::SystemRandom random;
    const auto path = kept.folder.file("shared.ends");
    const auto ledger = server::EndLedger::create(path, kept.ring, random);
    REQUIRE(ledger.has_value());
    std::vector<std::thread> threads;
    std::atomic<int> failures{0};
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            for (int k = 0; k < 50; ++k) {
                const End end{"token.expired", OrganizationId("org_a"),
                              "tok_" + std::to_string(i * 50 + k), UserId("usr_a"),
                              kept.backend.now};
                if (!(*ledger)->keep({end, end})) ++failures;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    CHECK(failures == 0);
    std::map<std::string, int> seen;
    std::ifstream in(path, std::ios::binary);
    const auto file =
        server::read_ends(in, *kept.ring.now(), [&](const EndLine& line) { ++seen[line.end.id]; });
    CHECK(file.fault.empty());
    CHECK(file.newest == 400);
    CHECK(seen.size() == 400);
    for (const auto& [id, times] : seen)
        CHECK(times == 2);
    const auto again = server::EndLedger::resume(path, kept.ring, file);
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().kind == StoreError::Kind::InUse);
}

TEST_CASE("what ended after a copy of the database was made stays ended with the copy" *
          of_sqlite) {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    kept.copy();
    end_all(kept, scene);
    auto& backend = kept.backend;
    kept.put_copy_back();
    backend.restart();
    CHECK(backend.rows("SELECT COUNT(*) FROM tokens WHERE ended_at IS NULL")[0].number(0) == 3);
    const auto standing = kept.start();
    CHECK_FALSE(standing.lock.has_value());
    CHECK(standing.ended == 4);
    CHECK(assume_code(kept, scene.first.token_id) == "token_ended");
    CHECK(assume_code(kept, scene.second.token_id) == "token_ended");
    CHECK(backend.ask(scene.acting, api::GetNetworks{}).response.status == 401);
    CHECK(backend.audit_rows("token.expired") == 1);
    CHECK(backend.audit_rows("token.deleted") == 1);
    CHECK(backend.audit_rows("assumption.ended") == 1);
    CHECK(backend.audit_rows("session.ended") == 1);
    CHECK(kept.is_whole());
    // Those that nobody ended live on, and no start does it twice.
    CHECK(backend.rows("SELECT COUNT(*) FROM tokens WHERE ended_at IS NULL")[0].number(0) == 1);
    CHECK(kept.start().ended == 0);
    CHECK(backend.audit_rows("token.expired") == 1);
}

TEST_CASE("people and organizations that were disabled after a copy are so with the copy" *
          of_sqlite) {
    Kept kept;
    kept.start();
    auto& backend = kept.backend;
    kept.copy();
    const auto sam = backend.rows("SELECT id FROM users WHERE name = 'Sam Ortiz'")[0].id<UserId>(0);
    {
        const auto tx = change(*backend.store);
        server::disable_user(*tx, backend.demo.netcare, sam, backend.now);
        server::disable_organization(*tx, backend.demo.aurora, backend.now);
        REQUIRE(tx->finish().has_value());
    }
    kept.put_copy_back();
    CHECK(kept.start().ended == 2);
    CHECK(backend.try_sign_in("sam@netcare.example").response.status == 401);
    CHECK(backend.try_sign_in("ana@aurora.example").response.status == 401);
    CHECK(backend.try_sign_in("eva@netcare.example").response.status == 200);
}

TEST_CASE("a file of ends with any byte changed, its end cut off, or gone locks everything" *
          of_sqlite) {
    Kept kept;
    kept.start();
    end_all(kept, begin(kept));
    const auto whole = kept.text();
    kept.backend.restart();
    const auto before = kept.backend.state();
    const auto locks = [&](const std::string& text) {
        kept.write(text);
        const auto standing = server::take_up_ends(kept.work(), kept.place);
        return standing.has_value() && standing->lock.has_value();
    };
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto changed = whole;
        changed[at] = changed[at] == 'b' ? 'c' : 'b';
        INFO("at " << at);
        CHECK(locks(changed));
        if (at % 37 == 0) CHECK(locks(whole.substr(0, at)));
    }
    const auto last = whole.rfind('\n', whole.size() - 2) + 1;
    CHECK(locks(whole.substr(0, last)));
    std::filesystem::remove(kept.place.file);
    const auto standing = kept.start();
    REQUIRE(standing.lock.has_value());
    CHECK(standing.lock->find("it is missing") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(kept.place.file));
    CHECK(kept.backend.state() == before);
    kept.write(whole);
    CHECK_FALSE(kept.start().lock.has_value());
}

TEST_CASE("with an older database no byte of the file may differ either" * of_sqlite) {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    kept.copy();
    kept.backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    kept.put_copy_back();
    kept.backend.restart();
    const auto whole = kept.text();
    const auto before = kept.backend.state();
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto changed = whole;
        changed[at] = changed[at] == 'b' ? 'c' : 'b';
        kept.write(changed);
        const auto standing = server::take_up_ends(kept.work(), kept.place);
        INFO("at " << at);
        REQUIRE(standing.has_value());
        CHECK(standing->lock.has_value());
    }
    CHECK(kept.backend.state() == before);
    kept.write(whole);
    CHECK(kept.start().ended == 1);
}

TEST_CASE("a line that a crash left half written is dropped: nobody was told of it" * of_sqlite) {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    kept.backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    kept.backend.restart();
    const auto whole = kept.text();
    kept.write(whole + "2 1763888400000 token.exp");
    CHECK_FALSE(kept.start().lock.has_value());
    CHECK(kept.text() == whole);
    CHECK(kept.backend.ask(scene.ana, api::ExpireToken{scene.third.token.handle}).response.status ==
          200);
    CHECK(kept.lines().back().number == 2);
}

TEST_CASE("an end that was kept, but whose commit nobody saw, is written at the next start") {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    auto& backend = kept.backend;
    backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    // As if the process had been killed in between.
    backend.restart();
    {
        std::istringstream in(kept.text());
        const auto file = server::read_ends(in, *kept.ring.now(), [](const EndLine&) {});
        const auto ledger = server::EndLedger::resume(kept.place.file.string(), kept.ring, file);
        REQUIRE(ledger.has_value());
        REQUIRE((*ledger)->keep({{"token.expired", backend.demo.aurora,
                                  scene.second.token.handle.value, UserId("usr_x"), backend.now}}));
    }
    const auto standing = kept.start();
    CHECK_FALSE(standing.lock.has_value());
    CHECK(standing.ended == 1);
    CHECK(assume_code(kept, scene.second.token_id) == "token_ended");
    CHECK(assume_code(kept, scene.third.token_id).empty());
}

TEST_CASE("unlocking ends all that lived, on record, and begins a new file") {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    auto& backend = kept.backend;
    backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    std::filesystem::remove(kept.place.file);
    REQUIRE(kept.start().lock.has_value());
    const auto rows = backend.audit_rows("token.expired");
    const auto ended = server::unlock(kept.work(), kept.place);
    REQUIRE_MESSAGE(ended.has_value(), ended.error().message);
    CHECK(*ended == 5);  // two tokens, one assumption, two sign-ins
    CHECK(backend.audit_rows("token.expired") == rows + 2);
    CHECK(kept.is_whole());
    const auto standing = kept.start();
    CHECK_FALSE(standing.lock.has_value());
    CHECK(standing.ended == 0);
    CHECK(assume_code(kept, scene.second.token_id) == "token_ended");
    CHECK(backend.ask(scene.ana, api::GetTokens{}).response.status == 401);
    backend.generate(backend.sign_in("ana@aurora.example"));
    CHECK(kept.lines().size() == 5);
}

TEST_CASE("after a restore the files of all servers are needed, and one that is not given locks") {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    auto& backend = kept.backend;
    backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    backend.restart();
    const auto whole = server::apply_after_restore(kept.work(), {kept.place.file});
    REQUIRE(whole.has_value());
    CHECK_FALSE(whole->lock.has_value());
    for (const auto& files :
         {std::vector<std::filesystem::path>{}, {kept.folder.path() / "nothing.ends"}}) {
        const auto standing = server::apply_after_restore(kept.work(), files);
        REQUIRE(standing.has_value());
        REQUIRE(standing->lock.has_value());
        // It stays locked, whatever file is there at the start.
        CHECK(kept.start().lock == standing->lock);
        REQUIRE(server::unlock(kept.work(), kept.place).has_value());
        CHECK_FALSE(kept.start().lock.has_value());
    }
}

TEST_CASE("a second server of a shared database has a file of its own, and misses only its own" *
          doctest::skip(!on_postgres())) {
    Kept kept;
    kept.place.place = "one:/var/pcc.ends";
    kept.start();
    const auto scene = begin(kept);
    kept.backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    const server::EndsPlace other{kept.folder.file("other.ends"), "two:/var/pcc.ends"};
    kept.backend.restart();
    CHECK_FALSE(server::take_up_ends(kept.work(), other)->lock.has_value());
    kept.backend.ask(scene.ana, api::ExpireToken{scene.second.token.handle});
    CHECK_FALSE(kept.start().lock.has_value());
    std::filesystem::remove(other.file);
    kept.backend.restart();
    CHECK(server::take_up_ends(kept.work(), other)->lock.has_value());
    CHECK_FALSE(kept.start().lock.has_value());
}
