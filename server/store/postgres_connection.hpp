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

class PostgresConnection {
  public:
    /// Connects to whichever of the servers in the URL takes writes, or gives up after a few
    /// seconds: what a standby shows may be over already.
    static auto open(const std::string& url)
        -> Result<std::unique_ptr<PostgresConnection>, StoreError>;
    ~PostgresConnection();
    PostgresConnection(const PostgresConnection&) = delete;
    auto operator=(const PostgresConnection&) -> PostgresConnection& = delete;

    /// Runs one statement; puts its rows where they are wanted. Returns how many rows it
    /// touched. A server that does not answer in time is given up, and the connection with it.
    auto run(std::string_view sql, ValuesView parameters, Rows* rows)
        -> Result<long long, StoreError>;
    /// Keeps a statement whose rows nobody wants, to be sent with the next one: a way to the
    /// database and back is spared. Should it fail, the next one fails for it.
    void run_ahead(std::string_view sql, Values values);
    /// Runs a script without parameters; what was to be sent ahead is forgotten.
    auto script(const char* sql) -> Result<void, StoreError>;
    /// Commits. One that PostgreSQL did only at home, without the standby that it should have
    /// waited for, or did not do, is an error: nothing is acknowledged that a failover could lose.
    auto commit() -> Result<void, StoreError>;
    auto is_in_transaction() const -> bool;
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

    explicit PostgresConnection(pg_conn* connection) : connection_(connection) {}
    struct Statement {
        std::string sql;
        Values values;
    };

    static void hear(void* self, const pg_result* notice);
    auto prepare(const Statement& statement) -> Result<void, StoreError>;
    /// Forgets what was prepared where it has become very much.
    auto make_room() -> Result<void, StoreError>;
    auto send_batch(const std::vector<Statement>& batch) -> bool;
    auto send(const char* sql) -> Result<Answer, StoreError>;
    /// The last one's answer, or the first error.
    auto receive_batch(std::size_t count) -> Result<Answer, StoreError>;
    /// The last result of what was sent, all others read past.
    auto receive() -> Result<Answer, StoreError>;
    auto checked(Answer answer) -> Result<Answer, StoreError>;
    auto lost(std::string words) -> StoreError;

    std::unique_ptr<pg_conn, Close> connection_;
    std::map<std::string, std::string, std::less<>> prepared_;  // SQL to its name there
    std::vector<Statement> ahead_;
    std::chrono::seconds longest_wait_{10};
    bool given_up_ = false;
    bool warned_ = false;  // by a notice since it was last reset
};

/// What an address says, as the environment variables by which the programs of PostgreSQL are told
/// the same: a password has no place in a command line. Empty where it cannot be read.
auto postgres_environment(const std::string& url)
    -> std::vector<std::pair<std::string, std::string>>;

}  // namespace pcc::server
