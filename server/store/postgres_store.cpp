// The store on PostgreSQL, shared by several servers.
// Layer: server. Needs no advisory lock, sequence or notification of the database.
#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "server/store/migrations.hpp"
#include "server/store/postgres_transaction.hpp"
#include "server/store/store.hpp"

namespace pcc::server {
namespace {

constexpr std::string_view ask_time =
    "SELECT CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp()) * 1000) AS BIGINT), high_water "
    "FROM clock_marks WHERE id = 1";

/// As it is, whatever was decided by before. The beginning of time where it is not told.
auto clock_of(Transaction& transaction) -> Instant {
    const auto row = transaction.query_one(ask_time);
    return row ? row->instant(0) : instant_from_millis(0);
}

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

    auto expected() const -> Instant;  // by this machine's uptime, since the last answer
    auto begin(bool writes) -> Result<std::unique_ptr<Transaction>, StoreError>;
    auto check_account(Transaction& transaction) -> Result<void, StoreError>;

    PostgresPool pool_;
    Turns turns_;
    bool database_time_;
    bool only_reads_;
    bool patient_;
    std::mutex mutex_;
    std::optional<Instant> last_answer_;  // what the time was when the database was asked last
    Uptime last_asked_;                   // and when that was
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
    const auto present = database_time_ ? clock_of(**transaction) : now;
    if (auto adopted = adopt_mark(**transaction, present); !adopted) return adopted;
    static_cast<void>(decide_at(**transaction, now));
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
    const auto row = transaction.query_one(ask_time);
    if (!row) {
        transaction.fail({StoreError::Kind::Unavailable, "The database does not tell the time."});
        return about(told);
    }
    const auto clock = row->instant(0);
    // Not before what was decided by already: a standby that took over may have a slower clock.
    auto present = std::max(clock, row->instant(1));
    const std::lock_guard lock(mutex_);
    // And where it was set back, time goes on all the same, and no life grows longer.
    if (last_answer_ && clock + clock_tolerance < expected())
        present = std::max(present, expected());
    last_answer_ = steady(present);
    last_asked_ = std::chrono::steady_clock::now();
    return *last_answer_;
}

auto PostgresStore::expected() const -> Instant {
    const auto since = std::chrono::steady_clock::now() - last_asked_;
    return *last_answer_ + std::chrono::duration_cast<Millis>(since);
}

auto PostgresStore::about(Instant told) -> Instant {
    if (!database_time_) return steady(told);
    const std::lock_guard lock(mutex_);
    return last_answer_ ? expected() : told;
}

}  // namespace

auto open_postgres_store(const std::string& url, Instant now, PostgresOptions options)
    -> Result<std::unique_ptr<Store>, StoreError> {
    auto store = std::make_unique<PostgresStore>(url, options);
    if (auto opened = store->open(now); !opened) return failed(std::move(opened.error()));
    return store;
}

}  // namespace pcc::server
