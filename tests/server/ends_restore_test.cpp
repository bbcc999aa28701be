// An older copy of the database revives nothing that has ended, and where it cannot be known what a
// copy would revive, nothing is served.
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "server/ends/unseen.hpp"
#include "server/store/end_marks.hpp"
#include "server/store/organizations.hpp"
#include "server/store/users.hpp"
#include "tests/server/kept.hpp"

using namespace pcc;
using namespace pcc::test;

namespace {

const auto of_sqlite = doctest::skip(on_postgres());

/// An end that the file knows, and the database, an older one, does not.
void end_one_then_go_back(Kept& kept) {
    kept.start();
    const auto scene = begin(kept);
    kept.copy();
    kept.backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    kept.put_copy_back();
    kept.backend.restart();
}

}  // namespace

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
    // It knows of all of them now: a file that lacks the last is noticed.
    const auto whole = kept.text();
    kept.write(whole.substr(0, whole.rfind('\n', whole.size() - 2) + 1));
    CHECK(kept.start().lock.has_value());
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
    end_one_then_go_back(kept);
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

TEST_CASE("what another start told the database while the file was read is not told again" *
          of_sqlite) {
    Kept kept;
    end_one_then_go_back(kept);
    auto unseen = server::read_unseen(*kept.backend.store, kept.backend.keys, kept.place.file);
    REQUIRE(unseen.has_value());
    REQUIRE(unseen->lines.size() == 1);
    auto same = *unseen;
    {
        const auto tx = look(*kept.backend.store);
        server::leave_out_seen(*tx, same);
        CHECK(same.lines.size() == 1);
    }
    CHECK(kept.start().ended == 1);
    const auto tx = look(*kept.backend.store);
    server::leave_out_seen(*tx, *unseen);
    CHECK(unseen->lines.empty());
}

TEST_CASE("a line that says the same in other words is damaged" * of_sqlite) {
    Kept kept;
    kept.start();
    end_all(kept, begin(kept));
    const auto whole = kept.text();
    const auto line = whole.find('\n') + 1;
    const auto space = whole.find(' ', line);
    const auto end = whole.find('\n', line);
    const auto put = [&](std::size_t at, std::size_t instead_of, const std::string& text) {
        return std::string(whole).replace(at, instead_of, text);
    };
    const auto version = whole.rfind(' ', whole.rfind(' ', end) - 1) + 1;
    for (const auto& text : {put(space, 0, " "), put(space, 1, "\t"), put(end, 0, " "),
                             put(end, 0, "\r"), put(line, 0, " "), put(line, 0, "0"),
                             put(line, 0, "+"), put(version, 0, "0"), put(version, 0, "+")}) {
        INFO(text.substr(line));
        kept.write(text);
        const auto standing = kept.start();
        CHECK(standing.lock.has_value());
    }
    kept.write(whole);
    CHECK_FALSE(kept.start().lock.has_value());
}

TEST_CASE("with an older database a file is not whole that breaks off after ends it lacks" *
          of_sqlite) {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    kept.copy();
    kept.backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    kept.backend.ask(scene.ana, api::ExpireToken{scene.second.token.handle});
    const auto whole = kept.text();
    const auto last = whole.rfind('\n', whole.size() - 2) + 1;
    kept.put_copy_back();
    kept.write(whole.substr(0, last + 20));
    const auto standing = kept.start();
    REQUIRE(standing.lock.has_value());
    CHECK(standing.lock->find("its last line is not whole") != std::string::npos);
    kept.write(whole);
    CHECK(kept.start().ended == 2);
}

TEST_CASE("unlocking ends all that lived, on record, and begins a new file") {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    auto& backend = kept.backend;
    backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    const auto old_text = kept.text();
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
    // The file from before is none of this server's any more.
    kept.write(old_text);
    CHECK(kept.start().lock.value_or("").find("it is another one") != std::string::npos);
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
    const auto torn = kept.folder.path() / "torn.ends";
    std::ofstream(torn, std::ios::binary) << kept.text() << "2 1763888400000 token.exp";
    struct Given {
        std::vector<std::filesystem::path> files;
        const char* words;
    };
    for (const auto& [files, words] :
         {Given{{}, "was not among those given"},
          Given{{kept.folder.path() / "nothing.ends"}, "it is missing"},
          Given{{torn}, "its last line is not whole"}}) {
        const auto standing = server::apply_after_restore(kept.work(), files);
        REQUIRE(standing.has_value());
        REQUIRE(standing->lock.has_value());
        CHECK_MESSAGE(standing->lock->find(words) != std::string::npos, *standing->lock);
        // It stays locked, whatever file is there at the start.
        CHECK(kept.start().lock == standing->lock);
        REQUIRE(server::unlock(kept.work(), kept.place).has_value());
        CHECK_FALSE(kept.start().lock.has_value());
    }
}

TEST_CASE(
    "a backup of which nobody said what ended since locks, until that is said or all is ended" *
    doctest::skip(!on_postgres())) {
    Kept kept;
    kept.start();
    const auto scene = begin(kept);
    kept.backend.ask(scene.ana, api::ExpireToken{scene.first.token.handle});
    for (const bool unlocked : {false, true}) {
        kept.backend.change(server::begin_restore);
        const auto standing = kept.start();
        REQUIRE(standing.lock.has_value());
        CHECK(standing.lock->find("restore was cut short") != std::string::npos);
        kept.backend.restart();
        if (unlocked) {
            REQUIRE(server::unlock(kept.work(), kept.place).has_value());
        } else {
            const auto told = server::apply_after_restore(kept.work(), {kept.place.file});
            REQUIRE(told.has_value());
            CHECK_FALSE(told->lock.has_value());
        }
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
