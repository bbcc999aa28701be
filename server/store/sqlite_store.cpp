// The store on one SQLite file: one connection that writes and checkpoints, a few that read.
// Layer: server. Source: https://sqlite.org/wal.html; a single writer that alone checkpoints also
// keeps clear of the WAL-reset race of the versions before 3.51.3.
#include <algorithm>
#include <thread>

#include <sys/stat.h>

#include "server/store/migrations.hpp"
#include "server/store/sqlite_lock.hpp"
#include "server/store/sqlite_pool.hpp"
#include "server/store/store.hpp"

namespace pcc::server {
namespace {

/// A read waits for the processor, hardly ever for the disk.
auto reader_count(const SqliteOptions& options) -> std::size_t {
    if (options.readers > 0) return options.readers;
    return std::clamp(std::thread::hardware_concurrency(), 2U, 16U);
}

class SqliteTransaction final : public Transaction {
  public:
    SqliteTransaction(SqlitePool& pool, SqlitePool::Place& place, bool leaves_view)
        : pool_(pool), place_(place), leaves_view_(leaves_view) {}
    ~SqliteTransaction() override {
        if (!is_done_) end_view(place_);
        pool_.give_back(place_);
    }
    auto begin(const char* sql) -> Result<void, StoreError> {
        return place_.connection->command(sql);
    }

  protected:
    auto run(std::string_view sql, ValuesView parameters, Rows* rows)
        -> Result<long long, StoreError> override {
        return place_.connection->run(sql, parameters, rows);
    }
    auto commit() -> Result<void, StoreError> override {
        auto committed =
            leaves_view_ ? Result<void, StoreError>() : place_.connection->command("COMMIT");
        is_done_ = committed.has_value();
        return committed;
    }

  private:
    SqlitePool& pool_;
    SqlitePool::Place& place_;
    bool leaves_view_;
    bool is_done_ = false;
};

auto begin(SqlitePool& pool, const char* sql) -> Result<std::unique_ptr<Transaction>, StoreError> {
    auto transaction = std::make_unique<SqliteTransaction>(pool, pool.borrow(), false);
    if (auto begun = transaction->begin(sql); !begun) return failed(std::move(begun.error()));
    return transaction;
}

auto begin_since(SqlitePool& pool, SteadyTime came, SteadyTime now)
    -> Result<std::unique_ptr<Transaction>, StoreError> {
    auto& place = pool.borrow(came, now);
    auto transaction = std::make_unique<SqliteTransaction>(pool, place, true);
    if (place.view) return transaction;
    // SQLite takes the view with the first statement after it, so never an older one.
    place.view = now;
    if (auto begun = transaction->begin("BEGIN"); !begun) return failed(std::move(begun.error()));
    return transaction;
}

constexpr const char* every_connection =
    "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; "
    "PRAGMA trusted_schema = OFF;";

class SqliteStore final : public Store {
  public:
    ~SqliteStore() override = default;

    auto open(const std::string& path, Instant now, SqliteOptions options)
        -> Result<void, StoreError>;

    auto read() -> Result<std::unique_ptr<Transaction>, StoreError> override {
        return watched(false, [this](SteadyTime) { return begin(readers_, "BEGIN"); });
    }
    auto read_since(SteadyTime came) -> Result<std::unique_ptr<Transaction>, StoreError> override {
        return watched(false,
                       [this, came](SteadyTime now) { return begin_since(readers_, came, now); });
    }
    void let_views_go() override { readers_.end_views(); }
    auto write() -> Result<std::unique_ptr<Transaction>, StoreError> override {
        if (only_reads_) {
            return failed(StoreError{StoreError::Kind::Unavailable, "It is open for reading."});
        }
        auto transaction =
            watched(true, [this](SteadyTime) { return begin(writer_, "BEGIN IMMEDIATE"); });
        if (transaction) (*transaction)->keep_ends_with(keeper());
        return transaction;
    }
    auto most_readers() const -> std::size_t override { return most_readers_; }
    auto check() -> Result<void, StoreError> override;

  private:
    auto connect(const std::string& path, const char* settings, SqlitePool& pool)
        -> Result<void, StoreError>;

    auto open_writer(const std::string& path, bool synchronous) -> Result<void, StoreError>;

    bool only_reads_ = false;
    std::size_t most_readers_ = 2;
    // The last connection to close checkpoints: members go in reverse order, the lock last of all.
    SqliteLock lock_;
    SqlitePool writer_;
    SqlitePool readers_;
};

auto SqliteStore::connect(const std::string& path, const char* settings, SqlitePool& pool)
    -> Result<void, StoreError> {
    auto connection = SqliteConnection::open(path);
    if (!connection) return failed(std::move(connection.error()));
    if (&pool == &readers_) (*connection)->leave_log();
    for (const auto* sql : {settings, every_connection}) {
        if (auto set = (*connection)->script(sql); !set) return failed(std::move(set.error()));
    }
    pool.add(std::move(*connection));
    return {};
}

auto SqliteStore::open_writer(const std::string& path, bool synchronous)
    -> Result<void, StoreError> {
    const auto mask = ::umask(077);
    auto opened = lock_.take(path);
    if (opened) {
        opened =
            connect(path, synchronous ? "PRAGMA synchronous = FULL;" : "PRAGMA synchronous = OFF;",
                    writer_);
    }
    ::umask(mask);
    return opened;
}

auto SqliteStore::open(const std::string& path, Instant now, SqliteOptions options)
    -> Result<void, StoreError> {
    only_reads_ = options.only_reads;
    most_readers_ = reader_count(options);
    auto opened = only_reads_ ? Result<void, StoreError>() : open_writer(path, options.synchronous);
    if (opened && options.upgrade && !only_reads_) opened = migrate(*this);
    for (std::size_t i = 0; opened && i < most_readers_; ++i) {
        opened = connect(path, "PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = ON;", readers_);
    }
    if (opened && only_reads_) opened = require_usable(*this);
    if (opened && !options.upgrade) opened = require_newest(*this);
    if (!opened || only_reads_) return opened;
    auto transaction = read();
    if (!transaction) return failed(std::move(transaction.error()));
    if (auto adopted = adopt_mark(**transaction, now); !adopted) return adopted;
    return (*transaction)->finish();
}

auto SqliteStore::check() -> Result<void, StoreError> {
    auto transaction = write();
    if (!transaction) return failed(std::move(transaction.error()));
    (*transaction)->query("SELECT high_water FROM clock_marks WHERE id = 1");
    (*transaction)->execute("UPDATE clock_marks SET high_water = high_water WHERE id = 1");
    if (!(*transaction)->has_failed()) return {};
    return (*transaction)->finish();
}

}  // namespace

auto open_sqlite_store(const std::string& path, Instant now, SqliteOptions options)
    -> Result<std::unique_ptr<Store>, StoreError> {
    auto store = std::make_unique<SqliteStore>();
    if (auto opened = store->open(path, now, options); !opened) {
        return failed(std::move(opened.error()));
    }
    return store;
}

}  // namespace pcc::server
