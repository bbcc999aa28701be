// What ends is kept in the file of ends before the database has it, one synced line for each.
#include <atomic>
#include <cerrno>
#include <chrono>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>

#include <doctest/doctest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "server/store/organizations.hpp"
#include "server/store/users.hpp"
#include "tests/server/kept.hpp"

using namespace pcc;
using namespace pcc::test;
using server::End;
using server::EndLine;
using server::StoreError;

namespace {

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

/// From here on each sync fails, until this goes.
class BadDisk {
  public:
    BadDisk() { is_bad = true; }
    ~BadDisk() { is_bad = false; }
    BadDisk(const BadDisk&) = delete;
    auto operator=(const BadDisk&) -> BadDisk& = delete;
    static std::atomic<bool> is_bad;
};

std::atomic<bool> BadDisk::is_bad{false};

/// From here on each sync takes a moment and is counted, until this goes.
class SlowDisk {
  public:
    SlowDisk() { is_slow = true; }
    ~SlowDisk() { is_slow = false; }
    SlowDisk(const SlowDisk&) = delete;
    auto operator=(const SlowDisk&) -> SlowDisk& = delete;
    static std::atomic<bool> is_slow;
    static std::atomic<int> syncs;
};

std::atomic<bool> SlowDisk::is_slow{false};
std::atomic<int> SlowDisk::syncs{0};

const auto of_sqlite = doctest::skip(on_postgres());

}  // namespace

/// The program's own is asked before the C library's.
extern "C" auto fdatasync(int file) -> int {
    if (BadDisk::is_bad) {
        errno = EIO;
        return -1;
    }
    if (SlowDisk::is_slow) {
        ++SlowDisk::syncs;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}

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

TEST_CASE("after a sync that failed nothing is ended until the file was read anew" * of_sqlite) {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    auto& backend = kept.backend;
    const auto before = backend.state();
    const auto expire = [&] {
        return backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle}).response.status;
    };
    {
        const BadDisk bad;
        CHECK(expire() == 503);
        server::SystemRandom random;
        const auto ledger =
            server::EndLedger::create(kept.folder.file("bad.ends"), kept.ring, random);
        REQUIRE(ledger.has_value());
        const auto told = (*ledger)->keep({});
        REQUIRE_FALSE(told.has_value());
        CHECK(told.error().kind == StoreError::Kind::EndsNotKept);
        CHECK(told.error().message.find("cannot be written, so nothing is ended: Input/output") !=
              std::string::npos);
    }
    CHECK(expire() == 503);
    CHECK(backend.state() == before);
    CHECK(assume_code(kept, scene.first.token_id).empty());
    // It may have reached the disk, so it counts.
    CHECK(kept.start().ended == 1);
    CHECK(assume_code(kept, scene.first.token_id) == "token_ended");
    CHECK(backend.ask(scene.ana, api::ExpireToken{scene.second.token.handle}).response.status ==
          200);
}

TEST_CASE("those who end something at once share the disk, and each has a line of its own") {
    Kept kept;
    kept.start();
    server::SystemRandom random;
    const auto path = kept.folder.file("shared.ends");
    const auto ledger = server::EndLedger::create(path, kept.ring, random);
    REQUIRE(ledger.has_value());
    const SlowDisk slow;
    SlowDisk::syncs = 0;
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
    CHECK(SlowDisk::syncs < 200);  // of 400; all eight wait for one and the same
    CHECK(SlowDisk::syncs >= 50);
    std::map<std::string, int> seen;
    std::ifstream in(path, std::ios::binary);
    const auto file =
        server::read_ends(in, *kept.ring.now(), [&](const EndLine& line) { ++seen[line.end.id]; });
    CHECK(file.fault.empty());
    CHECK(file.newest == 400);
    CHECK(seen.size() == 400);
    for (const auto& [id, times] : seen)
        CHECK(times == 2);
    const auto again = server::HeldFile::open(path);
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().kind == StoreError::Kind::InUse);
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

TEST_CASE("an end that failed long ago does not make a torn last line a loss" * of_sqlite) {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    auto& backend = kept.backend;
    // The first is kept and not committed, the second is both.
    backend.change(
        "CREATE TRIGGER full BEFORE INSERT ON end_marks BEGIN SELECT RAISE(ABORT, 'no'); END");
    CHECK(backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle}).response.status !=
          200);
    backend.change("DROP TRIGGER full");
    CHECK(backend.ask(scene.ana, api::ExpireToken{scene.second.token.handle}).response.status ==
          200);
    const auto numbers = kept.lines().size();
    CHECK(numbers == 2);
    backend.restart();
    kept.write(kept.text() + "9 1763888400000 token.exp");
    const auto standing = kept.start();
    CHECK_MESSAGE(!standing.lock.has_value(), standing.lock.value_or(""));
    CHECK(kept.lines().size() == numbers);
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
        auto held = server::HeldFile::open(kept.place.file.string());
        REQUIRE(held.has_value());
        const auto ledger = server::EndLedger::resume(std::move(**held), kept.ring, file);
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
