// The store: where organizations, tokens and audit are kept, as transactions on a database.
// Layer: server. An interface; which database it is shows in the function that opened it.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/base/timestamp.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

/// How far behind the clock's high-water mark a start is still allowed.
inline constexpr std::chrono::seconds clock_tolerance{5};

class Store {
  public:
    Store() = default;
    Store(const Store&) = delete;
    auto operator=(const Store&) -> Store& = delete;
    virtual ~Store() = default;

    /// Who is told of each transaction from now on; lives longer than the store. Before threads.
    void observe(TransactionObserver* observer) { observer_ = observer; }

    /// A view of what was committed last, the same for the whole transaction.
    virtual auto read() -> Result<std::unique_ptr<Transaction>, StoreError> = 0;
    /// The same for a request that came at that moment: where beginning is dear beside what is
    /// asked, it sees what another one saw that began since, and leaves its own view to the next.
    /// All that was committed before it came is in either. `let_views_go` has to follow.
    virtual auto read_since(SteadyTime) -> Result<std::unique_ptr<Transaction>, StoreError> {
        return read();
    }
    /// Ends the views that were left, so that the database can tidy up behind them.
    virtual void let_views_go() {}
    /// One that may write. Others wait for it to go, or for the rows that it holds.
    virtual auto write() -> Result<std::unique_ptr<Transaction>, StoreError> = 0;
    /// How many threads it lets read at once: more would only wait for each other.
    virtual auto most_readers() const -> std::size_t = 0;
    /// Whether it can be read and written now. For `/readyz`; commits nothing.
    virtual auto check() -> Result<void, StoreError> = 0;

    /// `now`, or the latest instant that was ever told here when the clock has gone back since:
    /// time that has passed does not come again. Called from several threads at once.
    auto steady(Instant now) -> Instant;
    /// The instant at which a transaction decides what has ended: the database's own, where several
    /// servers share it, else `told`; steady in either case.
    virtual auto decide_at(Transaction& transaction, Instant told) -> Instant;
    /// The same without asking the database: for what is shown, not for what is decided.
    virtual auto about(Instant told) -> Instant { return steady(told); }
    /// From now on, transactions that write have their ends kept there before they commit.
    void keep_ends_with(std::shared_ptr<EndKeeper> keeper) { keeper_ = std::move(keeper); }

    /// Whether the kept mark is so old that the next write should move it.
    auto mark_is_old(Instant now) const -> bool;
    /// Keeps the mark with this transaction, where it moved by a second or more.
    void keep_mark(Transaction& transaction, Instant now);

  protected:
    using Began = Result<std::unique_ptr<Transaction>, StoreError>;
    /// What `begin` made, watched by whoever observes the store; its failure is told as well.
    template <class Begin>
    auto watched(bool writes, Begin begin) -> Began {
        const SteadyTime asked = std::chrono::steady_clock::now();
        Began began = begin(asked);
        watch(began, writes, asked);
        return began;
    }
    /// Takes over the kept mark at the start. Errors: ClockBehind.
    auto adopt_mark(Transaction& transaction, Instant now) -> Result<void, StoreError>;
    auto keeper() const -> EndKeeper* { return keeper_.get(); }

  private:
    void watch(Began& began, bool writes, SteadyTime asked);

    TransactionObserver* observer_ = nullptr;
    std::shared_ptr<EndKeeper> keeper_;
    std::atomic<long long> latest_{0};  // Units: milliseconds since the epoch
    std::atomic<long long> kept_{0};
};

struct SqliteOptions {
    std::size_t readers = 0;  // connections that read at once; 0: as many as there are processors
    bool synchronous = true;  // off only where a crash may lose everything: in tests
    bool only_reads = false;  // beside a server that has it open; nothing can be written then
    bool upgrade = true;      // off: a database of another version is refused, not changed
};

/// Opens or creates the database file, brings its schema up to date, and holds it: a second server
/// on the same file is refused. Errors: InUse, NewerSchema, OlderSchema, ClockBehind, Unavailable.
auto open_sqlite_store(const std::string& path, Instant now, SqliteOptions options = {})
    -> Result<std::unique_ptr<Store>, StoreError>;

struct PostgresOptions {
    std::size_t connections = 13;  // at most, opened as they are needed
    /// Off only in tests: instants are then those that are told, not the database's own.
    bool database_time = true;
    bool only_reads = false;  // leaves the schema as it is, so this program has to know it
    /// For commands of the operator: statements may take long.
    bool patient = false;
};

/// Connects to `postgresql://...`, brings the schema up to date, and shares it with other servers.
/// Errors: NewerSchema, ClockBehind, Unavailable (also where the account would pass the wall
/// between organizations).
auto open_postgres_store(const std::string& url, Instant now, PostgresOptions options = {})
    -> Result<std::unique_ptr<Store>, StoreError>;

}  // namespace pcc::server
