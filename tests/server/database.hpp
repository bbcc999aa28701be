// The database of one test: a SQLite file, or on PostgreSQL a database of its own, gone with the
// test. Layer: tests. scripts/with-postgres says which of the two by PCC_TEST_POSTGRES.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/timestamp.hpp"
#include "server/store/store.hpp"

namespace pcc::test {

/// Whether the tests run on PostgreSQL.
auto on_postgres() -> bool;
/// A test of what is PostgreSQL's own.
#define PCC_POSTGRES_CASE(name) TEST_CASE(name* doctest::skip(!pcc::test::on_postgres()))

/// A folder of its own, gone with the test.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    auto operator=(const Folder&) -> Folder& = delete;
    auto file(std::string_view name) const -> std::string { return (path_ / name).string(); }
    auto path() const -> const std::filesystem::path& { return path_; }

  private:
    std::filesystem::path path_;
};

class Database {
  public:
    Database();
    ~Database();
    Database(const Database&) = delete;
    auto operator=(const Database&) -> Database& = delete;

    /// The store on it, with the test's clock.
    auto open(Instant now) const -> Result<std::unique_ptr<server::Store>, server::StoreError>;
    /// The same on PostgreSQL as servers open it, whose time is the database's.
    auto open_as_server() const -> std::unique_ptr<server::Store>;
    auto file() const -> std::string { return folder_.file("pcc.db"); }
    /// The address on PostgreSQL, of the account that the server has there.
    auto url() const -> std::string;
    /// Runs a script as the superuser, whom no wall stops.
    void as_superuser(const std::string& script) const;
    /// All bytes of all files of the database, logs included.
    auto bytes() const -> std::string;

  private:
    Folder folder_;
    std::string name_;
    mutable bool is_spoiled_ = false;  // no other test can use it
};

/// A transaction that sees all organizations, as no request does.
auto look(server::Store& store) -> std::unique_ptr<server::Transaction>;
auto change(server::Store& store) -> std::unique_ptr<server::Transaction>;

}  // namespace pcc::test
