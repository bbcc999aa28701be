// A file of ends has one server at a time, from before that reads it until it stops.
#include "server/ends/held_file.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <thread>
#include <vector>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tests/server/kept.hpp"

using namespace pcc;
using namespace pcc::test;
using server::HeldFile;
using server::StoreError;

namespace {

namespace fs = std::filesystem;

/// What this thread does between opening a file and holding it. The program's own `flock` is asked
/// before the C library's.
thread_local std::function<void()> before_holding;

auto text_of(const std::string& path) -> std::string {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

auto is_in_use(const StoreError& error) -> bool {
    return error.kind == StoreError::Kind::InUse &&
           error.message.find("Another server writes the file of ends") == 0;
}

auto files_in(const Folder& folder) -> long {
    return std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator());
}

}  // namespace

extern "C" auto flock(int file, int operation) -> int {
    if (before_holding) before_holding();
    return static_cast<int>(::syscall(SYS_flock, file, operation));
}

TEST_CASE("a file is held by one at a time, until that one lets it go") {
    const Folder folder;
    const auto path = folder.file("pcc.ends");
    REQUIRE(HeldFile::open(path).has_value());
    CHECK_FALSE(HeldFile::open(path)->has_value());
    {
        const auto made = HeldFile::create(path, "first\n");
        REQUIRE_MESSAGE(made.has_value(), made.error().message);
        CHECK(server::write_all(made->number(), "second\n"));
        const auto other = HeldFile::open(path);
        REQUIRE_FALSE(other.has_value());
        CHECK(is_in_use(other.error()));
    }
    const auto other = HeldFile::open(path);
    REQUIRE(other.has_value());
    REQUIRE(other->has_value());
    CHECK(server::write_all((*other)->number(), "third\n"));
    CHECK(text_of(path) == "first\nsecond\nthird\n");
    CHECK(fs::status(path).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(files_in(folder) == 1);
}

TEST_CASE("no file is made in place of one, nor where it cannot be") {
    const Folder folder;
    const auto path = folder.file("pcc.ends");
    std::ofstream(path) << "kept";
    const auto made = HeldFile::create(path, "other");
    REQUIRE_FALSE(made.has_value());
    CHECK(is_in_use(made.error()));
    CHECK(text_of(path) == "kept");
    CHECK(files_in(folder) == 1);
    const auto nowhere = HeldFile::create(folder.file("no/pcc.ends"), "text");
    REQUIRE_FALSE(nowhere.has_value());
    CHECK(nowhere.error().kind == StoreError::Kind::EndsNotKept);
    CHECK(nowhere.error().message.find("cannot be made: No such file") != std::string::npos);
    const auto below = HeldFile::open(path + "/pcc.ends");
    REQUIRE_FALSE(below.has_value());
    CHECK(below.error().message.find("cannot be opened: Not a directory") != std::string::npos);
}

TEST_CASE("a file that cannot be written whole is not there, keys neither") {
    const Folder folder;
    const auto before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit usual{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &usual) == 0);
    const rlimit few{20, usual.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &few) == 0);
    const auto ends = HeldFile::create(folder.file("pcc.ends"), std::string(50, 'x'));
    RepeatingRandom random;
    const auto keys = server::Keys::create(folder.file("pcc.keys"), random);
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &usual) == 0);
    std::signal(SIGXFSZ, before);
    REQUIRE_FALSE(ends.has_value());
    CHECK(ends.error().kind == StoreError::Kind::EndsNotKept);
    REQUIRE_FALSE(keys.has_value());
    CHECK(keys.error().fault == server::KeysError::Fault::NotWritable);
    CHECK(files_in(folder) == 0);
    CHECK(server::Keys::create(folder.file("pcc.keys"), random).has_value());
}

TEST_CASE("of those who make one file at once one has it, and the others are told") {
    const Folder folder;
    for (int round = 0; round < 50; ++round) {
        const auto path = folder.file("ends-" + std::to_string(round));
        std::atomic<bool> may_begin{false};
        std::array<std::optional<Result<HeldFile, StoreError>>, 4> made;
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < made.size(); ++i) {
            threads.emplace_back([&, i] {
                while (!may_begin)
                    std::this_thread::yield();
                made[i].emplace(HeldFile::create(path, "of " + std::to_string(i)));
            });
        }
        may_begin = true;
        for (auto& thread : threads)
            thread.join();
        int held = 0;
        for (std::size_t i = 0; i < made.size(); ++i) {
            if (made[i]->has_value()) {
                ++held;
                CHECK(text_of(path) == "of " + std::to_string(i));
            } else {
                CHECK(is_in_use(made[i]->error()));
            }
        }
        CHECK(held == 1);
    }
    CHECK(files_in(folder) == 50);
}

TEST_CASE("a file that was given another name before it was held is not the one") {
    const Folder folder;
    const auto path = folder.file("pcc.ends");
    REQUIRE(HeldFile::create(path, "old").has_value());
    for (const bool is_there_again : {false, true}) {
        before_holding = [&] {
            fs::rename(path, folder.file("before"));
            if (is_there_again) std::ofstream(path) << "new";
        };
        const auto held = HeldFile::open(path);
        before_holding = nullptr;
        REQUIRE_FALSE(held.has_value());
        CHECK(is_in_use(held.error()));
        if (!is_there_again) fs::rename(folder.file("before"), path);
    }
}

TEST_CASE("a server is told that its file of ends is another's, whatever stands in it by now") {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    auto& backend = kept.backend;
    CHECK(backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle}).response.status ==
          200);
    const auto whole = kept.text();
    const auto before = backend.state();
    // As it was read by one that starts when the last line was not in it yet.
    kept.write(whole.substr(0, whole.find('\n') + 1));
    const auto second = server::take_up_ends(kept.work(), kept.place);
    REQUIRE_FALSE(second.has_value());
    CHECK(is_in_use(second.error()));
    const auto unlocked = server::unlock(kept.work(), kept.place);
    REQUIRE_FALSE(unlocked.has_value());
    CHECK(is_in_use(unlocked.error()));
    CHECK(backend.state() == before);
    kept.write(whole);
    CHECK(files_in(kept.folder) == 1);
    // The first goes on, and what it ends is in the file.
    CHECK(backend.ask(scene.ana, api::ExpireToken{scene.second.token.handle}).response.status ==
          200);
    CHECK(kept.lines().size() == 2);
    CHECK_FALSE(kept.start().lock.has_value());
}
