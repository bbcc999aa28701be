// What is no backup of this program is not put in the place of a database, which stays as it was.
#include "server/store/sqlite_copy.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "server/keys/fingerprints.hpp"
#include "server/store/migrations.hpp"
#include "tests/server/backend.hpp"

using namespace pcc;
using namespace pcc::test;
using server::StoreError;

namespace {

const auto of_sqlite = doctest::skip(on_postgres());

/// A backup of a database with people in it, and the database that nothing may happen to.
struct Both {
    Both() {
        backup([](Backend&) {}, "good");
        kept.change("UPDATE organizations SET name = name || ' as it was'");
        before = kept.state();
        kept.store.reset();
    }
    /// A backup of a database that was changed before.
    template <class Change>
    void backup(Change change, const char* name) {
        Backend other;
        change(other);
        REQUIRE(server::back_up_sqlite(other.database.file(), folder.file(name)).has_value());
    }
    auto restore(const char* name) const -> Result<void, StoreError> {
        const auto may = [this](const server::KeyPrints& known) {
            return server::fault_of_keys(known, kept.keys);
        };
        return server::restore_sqlite(folder.file(name), kept.database.file(), may);
    }
    auto is_as_before() -> bool {
        kept.restart();
        const bool same = kept.state() == before;
        kept.store.reset();
        return same;
    }

    Folder folder;
    Backend kept;
    std::string before;
};

}  // namespace

TEST_CASE("only a backup of this program, whole and not of a later one, is put back" * of_sqlite) {
    Both both;
    std::ofstream(both.folder.file("text")) << "no database";
    std::ofstream(both.folder.file("empty"));
    both.backup([](Backend& other) { other.change("DROP TABLE schema_migrations"); }, "other");
    both.backup(
        [](Backend& other) {
            other.change("INSERT INTO schema_migrations (number) VALUES (9999)");
        },
        "later");
    both.backup(
        [](Backend& other) {
            other.change("INSERT INTO schema_migrations (number, needs) VALUES (9999, $1)",
                         {server::migrations().back().number});
        },
        "later, but known");
    both.backup([](Backend&) {}, "damaged");
    std::fstream damaged(both.folder.file("damaged"),
                         std::ios::in | std::ios::out | std::ios::binary);
    damaged.seekp(3 * 4096);
    damaged << std::string(4096, 'x');
    damaged.close();
    both.backup(
        [](Backend& other) {
            RepeatingRandom elsewhere(7);
            const auto keys = server::Keys::in_memory(elsewhere);
            REQUIRE_FALSE(server::meet_keys(*other.store, keys, 1)->has_value());
        },
        "of other keys");
    for (const auto* name : {"text", "empty", "other", "damaged", "missing", "of other keys"}) {
        INFO(std::string(name));
        CHECK_FALSE(both.restore(name).has_value());
        CHECK(both.is_as_before());
    }
    const auto later = both.restore("later");
    REQUIRE_FALSE(later.has_value());
    CHECK(later.error().kind == StoreError::Kind::NewerSchema);
    CHECK(both.is_as_before());
    CHECK(both.restore("later, but known").has_value());
    CHECK(both.restore("good").has_value());
    CHECK_FALSE(both.is_as_before());
}

TEST_CASE("whatever state a database is in, a backup is put in its place, and it is kept" *
          of_sqlite) {
    const auto bytes_of = [](const std::string& file) {
        std::ifstream in(file, std::ios::binary);
        return std::string{std::istreambuf_iterator<char>(in), {}};
    };
    const auto write = [](const std::string& file, const std::string& bytes) {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    };
    Both both;
    const auto file = both.kept.database.file();
    const auto whole = bytes_of(file);
    int kept = 0;
    for (const auto& bytes :
         {std::string(4096, '\0') + whole.substr(4096), std::string(4096, 'x') + whole.substr(4096),
          whole.substr(0, 5000), whole.substr(0, 50), whole}) {
        write(file, bytes);
        const auto restored = both.restore("good");
        REQUIRE_MESSAGE(restored.has_value(), restored.error().message);
        both.kept.restart();
        CHECK(both.kept.rows("SELECT COUNT(*) FROM organizations WHERE name LIKE '%as it was'")[0]
                  .number(0) == 0);
        CHECK(both.kept.rows("SELECT COUNT(*) FROM organizations")[0].number(0) == 2);
        both.kept.store.reset();
        const auto name = file + ".replaced" + (++kept == 1 ? "" : "-" + std::to_string(kept));
        INFO(name);
        if (bytes != whole) CHECK(bytes_of(name) == bytes);
        REQUIRE(std::filesystem::exists(name));
        CHECK(std::filesystem::status(name).permissions() ==
              (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    }
    // The last one could still be read.
    std::filesystem::copy_file(file + ".replaced-5", both.folder.file("fifth"));
    REQUIRE(both.restore("fifth").has_value());
    CHECK(both.is_as_before());
}
