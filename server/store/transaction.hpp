// One transaction: SQL with $1, $2, ... that SQLite and PostgreSQL both understand, and typed rows.
// Layer: server. Knows no table; a statement that failed is remembered, and nothing commits after
// it.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/timestamp.hpp"
#include "server/store/ends.hpp"
#include "server/store/rows.hpp"

namespace pcc::server {

/// Of the clock that is never set.
using SteadyTime = std::chrono::steady_clock::time_point;

struct StoreError {
    enum class Kind {
        Busy,         // another transaction came between; the whole of this one may succeed again
        Constraint,   // a key, unique or check constraint refused the statement
        Unavailable,  // the database cannot be read or written
        EndsNotKept,  // the file of ends cannot be, so nothing can be ended
        NewerSchema,  // it was written by a later version of this program
        OlderSchema,  // by an earlier one, and is not to be changed
        ClockBehind,  // the clock was set back by more than is allowed
        InUse,        // another server has it, or its file of ends, open
    };
    Kind kind = Kind::Unavailable;
    std::string message;  // for the operator; holds no value of a row
};

/// What is said differently: the schema's types, and what only PostgreSQL has.
enum class Dialect { Sqlite, Postgres };

/// How a transaction went, once it is over.
struct TransactionEnd {
    bool writes = false;
    std::chrono::microseconds took{};   // since it was asked for
    const StoreError* error = nullptr;  // the first one, if there was any
};

/// Is told of each transaction, whoever asked for it. Called from several threads.
class TransactionObserver {
  public:
    virtual ~TransactionObserver() = default;
    virtual void over(const TransactionEnd& end) = 0;
};

/// Rolled back when it goes, unless `finish` succeeded. Used by one thread.
///
/// A statement that fails answers with no rows and turns the whole transaction bad: `finish` then
/// reports the first error and nothing is kept. Whoever answers a request looks at `finish` before
/// anything is granted, so that a failure of the store never reads as "there is none".
class Transaction {
  public:
    Transaction() = default;
    Transaction(const Transaction&) = delete;
    auto operator=(const Transaction&) -> Transaction& = delete;
    virtual ~Transaction();

    /// Tells `observer`, where there is one, when this is over.
    void watched_by(TransactionObserver* observer, bool writes, SteadyTime asked);

    /// All rows of a SELECT; none when it failed.
    auto query(std::string_view sql, ValuesView parameters = {}) -> Rows;
    /// The first row, or nothing.
    auto query_one(std::string_view sql, ValuesView parameters = {}) -> std::optional<Row>;
    /// How many rows an INSERT, UPDATE or DELETE touched; 0 when it failed.
    auto execute(std::string_view sql, ValuesView parameters = {}) -> long long;
    /// Says that a SELECT will be asked in these words. Where asking takes a way to another machine
    /// and back, it goes along with what is asked next, and is answered when its turn comes; it is
    /// asked then elsewhere, in a transaction that writes, and where more was entered in between.
    virtual void foresee(std::string_view, ValuesView) {}
    /// Whether that gains anything here, and so is worth making the words for.
    virtual auto foresees() const -> bool { return false; }
    /// Makes the transaction bad from outside: a row that cannot be what it says.
    void fail(StoreError error);
    auto has_failed() const -> bool { return error_.has_value(); }

    /// An end by hand that this transaction writes: kept by whom it was told to, before it commits.
    void will_end(End end) { ends_.push_back(std::move(end)); }
    void keep_ends_with(EndKeeper* keeper) { keeper_ = keeper; }

    /// Commits. Errors: the first one of any statement, or the commit's own; nothing is kept then.
    auto finish() -> Result<void, StoreError>;

    /// Follows a SELECT whose row must not change before this transaction ends: empty where one
    /// writer holds the whole database, ` FOR UPDATE` elsewhere.
    virtual auto lock_clause() const -> std::string_view { return {}; }
    virtual auto dialect() const -> Dialect { return Dialect::Sqlite; }
    /// Before the rows of an organization are held: waits until no other transaction of this
    /// program holds them.
    virtual void take_turn(const std::string&) {}

    // Where the database itself keeps organizations apart, a statement sees and writes the rows of
    // those that were entered, and no others, whatever it asks for. Elsewhere these do nothing.

    /// Brings an organization's rows into sight until the transaction ends.
    virtual void enter(const std::string&) {}
    /// Brings into sight the row that is found by one of these: a session by the hash of its
    /// cookie, a person by e-mail, a token by its look-up.
    virtual void show_keys(const std::vector<std::string>&) {}
    /// All organizations: for commands of the operator, never for a request.
    virtual void enter_all() {}

  protected:
    virtual auto run(std::string_view sql, ValuesView parameters, Rows* rows)
        -> Result<long long, StoreError> = 0;
    virtual auto commit() -> Result<void, StoreError> = 0;

  private:
    auto query(std::string_view sql, ValuesView parameters, Rows rows) -> Rows;
    void keep_ends();

    std::optional<StoreError> error_;
    TransactionObserver* observer_ = nullptr;
    TransactionEnd end_;
    SteadyTime asked_;
    std::vector<End> ends_;
    EndKeeper* keeper_ = nullptr;
};

}  // namespace pcc::server
