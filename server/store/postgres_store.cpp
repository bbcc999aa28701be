// The store on PostgreSQL, shared by several servers.
// Layer: server. Needs no advisory lock, sequence or notification of the database.
#include <mutex>
#include <utility>

#include "server/store/migrations.hpp"
#include "server/store/postgres_transaction.hpp"
#include "server/store/store.hpp"

namespace pcc::server {
namespace {

class PostgresStore final : public Store {
  public:
    PostgresStore(const std::string& url, PostgresOptions options)
        : pool_(url, options.connections),
          database_time_(options.database_time),
          only_reads_(options.only_reads),
          patient_(options.patient) {}
    auto open(Instant now) -> Result<void, StoreError>;
    auto read() -> Result<std::unique_ptr<Transaction>, StoreError> override {
        return watched(false, [this](SteadyTime) { return begin(false); });
    }
    auto write() -> Result<std::unique_ptr<Transaction>, StoreError> override {
        auto transaction = watched(true, [this](SteadyTime) { return begin(true); });
        if (transaction) (*transaction)->keep_ends_with(keeper());
        return transaction;
    }
    auto most_readers() const -> std::size_t override { return 4; }
    auto check() -> Result<void, StoreError> override;
    auto decide_at(Transaction& transaction, Instant told) -> Instant override;
    auto about(Instant told) -> Instant override;

  private:
    using Uptime = std::chrono::steady_clock::time_point;

    auto begin(bool writes) -> Result<std::unique_ptr<Transaction>, StoreError>;
    auto check_account(Transaction& transaction) -> Result<void, StoreError>;

    PostgresPool pool_;
    Turns turns_;
    bool database_time_;
    bool only_reads_;
    bool patient_;
    std::mutex mutex_;
    Instant last_answer_;  // the database's time, as it said it last
    Uptime last_asked_;    // and when that was
};

auto PostgresStore::begin(bool writes) -> Result<std::unique_ptr<Transaction>, StoreError> {
    auto connection = pool_.borrow();
    if (!connection) return failed(std::move(connection.error()));
    return std::make_unique<PostgresTransaction>(pool_, turns_, std::move(*connection), writes);
}

auto PostgresStore::open(Instant now) -> Result<void, StoreError> {
    if (only_reads_) return require_usable(*this);
    pool_.be_patient(true);
    if (auto migrated = migrate(*this); !migrated) return migrated;
    pool_.be_patient(patient_);
    auto transaction = read();
    if (!transaction) return failed(std::move(transaction.error()));
    if (auto checked = check_account(**transaction); !checked) return checked;
    const auto present = decide_at(**transaction, now);
    if (auto adopted = adopt_mark(**transaction, present); !adopted) return adopted;
    return (*transaction)->finish();
}

/// A superuser, or whoever bypasses row level security, would see all organizations at once.
auto PostgresStore::check_account(Transaction& transaction) -> Result<void, StoreError> {
    const auto row = transaction.query_one(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = CURRENT_USER");
    if (transaction.has_failed()) return transaction.finish();
    if (row && !row->flag(0)) return {};
    return failed(StoreError{
        StoreError::Kind::Unavailable,
        "This account of the database may see past row level security, which keeps organizations "
        "apart. Give the server one of its own: CREATE ROLE pcc LOGIN NOSUPERUSER NOBYPASSRLS"});
}

auto PostgresStore::check() -> Result<void, StoreError> {
    auto transaction = write();
    if (!transaction) return failed(std::move(transaction.error()));
    (*transaction)->execute("UPDATE clock_marks SET high_water = high_water WHERE id = 1");
    if (!(*transaction)->has_failed()) return {};
    return (*transaction)->finish();
}

auto PostgresStore::decide_at(Transaction& transaction, Instant told) -> Instant {
    if (!database_time_) return steady(told);
    // Not before what was decided by already: a standby that took over may have a slower clock.
    const auto row = transaction.query_one(
        "SELECT GREATEST(CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT), "
        "high_water) FROM clock_marks WHERE id = 1");
    if (!row) {
        transaction.fail({StoreError::Kind::Unavailable, "The database does not tell the time."});
        return about(told);
    }
    const auto present = steady(row->instant(0));
    const std::lock_guard lock(mutex_);
    last_answer_ = present;
    last_asked_ = std::chrono::steady_clock::now();
    return present;
}

auto PostgresStore::about(Instant told) -> Instant {
    if (!database_time_) return steady(told);
    const std::lock_guard lock(mutex_);
    const auto since = std::chrono::steady_clock::now() - last_asked_;
    return last_answer_ + std::chrono::duration_cast<Millis>(since);
}

}  // namespace

auto open_postgres_store(const std::string& url, Instant now, PostgresOptions options)
    -> Result<std::unique_ptr<Store>, StoreError> {
    auto store = std::make_unique<PostgresStore>(url, options);
    if (auto opened = store->open(now); !opened) return failed(std::move(opened.error()));
    return store;
}

}  // namespace pcc::server
