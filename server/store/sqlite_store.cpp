// The store on one SQLite file: one connection that writes and checkpoints, a few that read.
// Layer: server. Source: https://sqlite.org/wal.html; a single writer that alone checkpoints also
// keeps clear of the WAL-reset race of the versions before 3.51.3.
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include <sys/stat.h>

#include "server/store/migrations.hpp"
#include "server/store/sqlite_connection.hpp"
#include "server/store/sqlite_lock.hpp"
#include "server/store/store.hpp"

namespace pcc::server {
namespace {

/// A read waits for the processor, hardly ever for the disk.
auto reader_count(const SqliteOptions& options) -> std::size_t {
    if (options.readers > 0) return options.readers;
    return std::clamp(std::thread::hardware_concurrency(), 2U, 16U);
}

/// Connections that one transaction at a time borrows.
class Pool {
  public:
    void add(std::unique_ptr<SqliteConnection> connection) {
        const std::lock_guard lock(mutex_);
        free_.push_back(connection.get());
        all_.push_back(std::move(connection));
    }
    auto borrow() -> SqliteConnection* {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [this] { return !free_.empty(); });
        auto* connection = free_.back();
        free_.pop_back();
        return connection;
    }
    void give_back(SqliteConnection* connection) {
        {
            const std::lock_guard lock(mutex_);
            free_.push_back(connection);
        }
        returned_.notify_one();
    }

  private:
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<SqliteConnection>> all_;
    std::vector<SqliteConnection*> free_;
};

class SqliteTransaction final : public Transaction {
  public:
    explicit SqliteTransaction(Pool& pool) : pool_(pool), connection_(pool.borrow()) {}
    ~SqliteTransaction() override {
        if (connection_->is_in_transaction()) (void)connection_->command("ROLLBACK");
        pool_.give_back(connection_);
    }
    auto begin(const char* sql) -> Result<void, StoreError> { return connection_->command(sql); }

  protected:
    auto run(std::string_view sql, ValuesView parameters, Rows* rows)
        -> Result<long long, StoreError> override {
        return connection_->run(sql, parameters, rows);
    }
    auto commit() -> Result<void, StoreError> override { return connection_->command("COMMIT"); }

  private:
    Pool& pool_;
    SqliteConnection* connection_;
};

auto begin(Pool& pool, const char* sql) -> Result<std::unique_ptr<Transaction>, StoreError> {
    auto transaction = std::make_unique<SqliteTransaction>(pool);
    if (auto begun = transaction->begin(sql); !begun) return failed(std::move(begun.error()));
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
        return watched(false, [this] { return begin(readers_, "BEGIN"); });
    }
    auto write() -> Result<std::unique_ptr<Transaction>, StoreError> override {
        if (only_reads_) {
            return failed(StoreError{StoreError::Kind::Unavailable, "It is open for reading."});
        }
        auto transaction = watched(true, [this] { return begin(writer_, "BEGIN IMMEDIATE"); });
        if (transaction) (*transaction)->keep_ends_with(keeper());
        return transaction;
    }
    auto most_readers() const -> std::size_t override { return most_readers_; }
    auto check() -> Result<void, StoreError> override;

  private:
    auto connect(const std::string& path, const char* settings, Pool& pool)
        -> Result<void, StoreError>;

    auto open_writer(const std::string& path, bool synchronous) -> Result<void, StoreError>;

    bool only_reads_ = false;
    std::size_t most_readers_ = 2;
    // The last connection to close checkpoints: members go in reverse order, the lock last of all.
    SqliteLock lock_;
    Pool writer_;
    Pool readers_;
};

auto SqliteStore::connect(const std::string& path, const char* settings, Pool& pool)
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
