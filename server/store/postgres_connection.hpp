// One connection to PostgreSQL: statements prepared once, values as parameters, typed rows.
// Layer: server. With postgres_*.cpp the only code that knows libpq; used by one thread at a time.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "server/store/transaction.hpp"

struct pg_conn;
struct pg_result;

namespace pcc::server {

class PostgresParameters;

class PostgresConnection {
  public:
    /// Connects to whichever of the servers in the URL takes writes, or gives up after a few
    /// seconds: what a standby shows may be over already.
    static auto open(const std::string& url)
        -> Result<std::unique_ptr<PostgresConnection>, StoreError>;
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    auto operator=(const PostgresConnection&) -> PostgresConnection& = delete;

    /// A statement, and once it ran what came of it.
    struct Statement {
        std::string sql;
        Values values;
        Rows rows = {};
        long long touched = 0;  // how many rows it read or wrote
    };
    using Batch = std::vector<Statement>;

    /// Runs statements one after the other, on one way to the database and back. The first error is
    /// the error of all, and those after it do not run. A server that does not answer in time is
    /// given up, and the connection with it.
    auto run(Batch& batch) -> Result<void, StoreError>;
    /// The same with one; puts its rows where they are wanted, returns how many it touched.
    auto run(std::string_view sql, ValuesView parameters, Rows* rows)
        -> Result<long long, StoreError>;
    /// Runs a script without parameters.
    auto script(const char* sql) -> Result<void, StoreError>;
    /// Commits. One that PostgreSQL did only at home, without the standby that it should have
    /// waited for, or did not do, is an error: nothing is acknowledged that a failover could lose.
    auto commit() -> Result<void, StoreError>;
    /// Ends a transaction that only read, without waiting to hear of it.
    void leave();
    auto is_in_transaction() const -> bool;
    /// Whether it can be used again, as far as can be told without asking: what was not waited for
    /// came, and the server has not closed it.
    auto is_well() -> bool;
    /// Whether nothing more can come of it: lost, given up, or the server no longer takes writes.
    auto is_over() const -> bool;

    /// How long an answer is waited for. Longer only while the schema is brought up to date.
    void wait_for(std::chrono::seconds longest) { longest_wait_ = longest; }

  private:
    struct Close {
        void operator()(pg_conn* connection) const;
    };
    struct Clear {
        void operator()(pg_result* result) const;
    };
    using Answer = std::unique_ptr<pg_result, Clear>;

    using Prepared = std::map<std::string, std::string, std::less<>>;  // SQL to its name there
    /// How a statement was sent: by which name, and whether that was given to it on the way.
    struct Sent {
        Prepared::iterator prepared;
        bool is_new = false;
    };

    explicit PostgresConnection(pg_conn* connection) : connection_(connection) {}

    static void hear(void* self, const pg_result* notice);
    /// Forgets what was prepared where it has become very much.
    auto make_room() -> Result<void, StoreError>;
    auto send_one(const Statement& statement, const PostgresParameters& parameters,
                  std::vector<Sent>& sent) -> bool;
    auto receive_batch(Batch& batch, const std::vector<Sent>& sent) -> Result<void, StoreError>;
    auto send(const char* sql) -> Result<Answer, StoreError>;
    /// Takes in what was not waited for.
    auto settle() -> Result<void, StoreError>;
    /// The last result of what was sent, all others read past.
    auto receive() -> Result<Answer, StoreError>;
    auto checked(Answer answer) -> Result<Answer, StoreError>;
    auto lost(std::string words) -> StoreError;

    std::unique_ptr<pg_conn, Close> connection_;
    Prepared prepared_;
    unsigned long long named_ = 0;  // statements so far
    std::chrono::seconds longest_wait_{10};
    bool given_up_ = false;
    bool owes_ = false;    // an answer that was not waited for
    bool warned_ = false;  // by a notice since it was last reset
};

/// What an address says, as the environment variables by which the programs of PostgreSQL are told
/// the same: a password has no place in a command line. Empty where it cannot be read.
auto postgres_environment(const std::string& url)
    -> std::vector<std::pair<std::string, std::string>>;

}  // namespace pcc::server
