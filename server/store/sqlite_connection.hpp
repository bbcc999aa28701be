// One connection to a SQLite file: statements prepared once, parameters bound by name, typed rows.
// Layer: server. With sqlite_*.cpp the only code that knows SQLite; used by one thread at a time.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.hpp"
#include "server/store/transaction.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace pcc::server {

class SqliteConnection {
  public:
    static auto open(const std::string& path)
        -> Result<std::unique_ptr<SqliteConnection>, StoreError>;
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    auto operator=(const SqliteConnection&) -> SqliteConnection& = delete;

    /// Runs one statement; puts its rows where they are wanted. Returns how many rows it
    /// touched.
    auto run(std::string_view sql, ValuesView parameters, Rows* rows)
        -> Result<long long, StoreError>;
    /// Runs one statement without parameters or rows, prepared like any other.
    auto command(const char* sql) -> Result<void, StoreError>;
    /// Runs a script without parameters.
    auto script(const char* sql) -> Result<void, StoreError>;
    auto is_in_transaction() const -> bool;
    /// Its end does not write the log into the file, also where it is the last to go.
    void leave_log();

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;
    struct Prepared {
        Statement statement;
        std::vector<int> places;  // SQLite's own numbers of $1, $2, ...
    };
    struct Hash {
        using is_transparent = void;
        /// Their ends and lengths tell statements apart, hardly ever not.
        auto operator()(std::string_view sql) const -> std::size_t {
            const auto length = sql.size();
            if (length > 64) sql.remove_prefix(length - 64);
            return std::hash<std::string_view>{}(sql) + length;
        }
    };

    explicit SqliteConnection(sqlite3* database) : database_(database) {}
    auto prepare(std::string_view sql) -> Result<const Prepared*, StoreError>;
    auto error(int code) const -> StoreError;

    sqlite3* database_;
    std::unordered_map<std::string, Prepared, Hash, std::equal_to<>> prepared_;
};

}  // namespace pcc::server
