// The store on PostgreSQL, shared by several servers. Writes run at READ COMMITTED and hold what
// they decide by (see hold_organization); reads see one snapshot.
// Layer: server. Needs no advisory lock, sequence or notification of the database.
#include <algorithm>
#include <iterator>
#include <mutex>
#include <utility>

#include "server/store/migrations.hpp"
#include "server/store/postgres_pool.hpp"
#include "server/store/store.hpp"
#include "server/store/turns.hpp"

namespace pcc::server {
namespace {

constexpr const char* begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* begin_write = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

auto joined(const std::vector<std::string>& texts, char joint) -> std::string {
    std::string all;
    for (const auto& text : texts)
        all += (all.empty() ? "" : std::string(1, joint)) + text;
    return all;
}

using Statement = PostgresConnection::Statement;

auto statement(std::string_view sql, ValuesView parameters) -> Statement {
    return {std::string(sql), Values(parameters.begin(), parameters.end())};
}

auto same_values(ValuesView a, ValuesView b) -> bool {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

class PostgresTransaction final : public Transaction {
  public:
    PostgresTransaction(PostgresPool& pool, Turns& turns, PostgresPool::Borrowed connection,
                        bool writes)
        : pool_(pool), turns_(turns), connection_(std::move(connection)), writes_(writes) {}
    ~PostgresTransaction() override;

    auto lock_clause() const -> std::string_view override { return writes_ ? " FOR UPDATE" : ""; }
    auto dialect() const -> Dialect override { return Dialect::Postgres; }
    void enter(const std::string& organization) override;
    void show_keys(const std::vector<std::string>& keys) override;
    void enter_all() override { enter("*"); }
    void take_turn(const std::string& organization) override {
        turns_.take(organization, held_turns_);
    }
    void foresee(std::string_view sql, ValuesView parameters) override;

  protected:
    auto run(std::string_view sql, ValuesView parameters, Rows* rows)
        -> Result<long long, StoreError> override;
    auto commit() -> Result<void, StoreError> override;

  private:
    using Batch = PostgresConnection::Batch;

    /// What has to be said before a statement can be asked, and was not said yet.
    auto preamble() -> Batch;
    auto run_batch(Batch& batch) -> Result<void, StoreError>;

    PostgresPool& pool_;
    Turns& turns_;
    std::vector<std::unique_lock<Turns::Lane>> held_turns_;
    PostgresPool::Borrowed connection_;
    bool writes_;
    bool is_begun_ = false;
    std::vector<std::string> entered_;
    std::string keys_;
    bool told_entered_ = true;  // the database knows what was entered,
    bool told_keys_ = true;     // and which keys were shown
    Batch foreseen_;            // not sent yet
    Batch answered_;            // foreseen, and not asked yet
};

PostgresTransaction::~PostgresTransaction() {
    if (!connection_) return;
    if (!connection_->is_over() && connection_->is_in_transaction()) {
        writes_ ? (void)connection_->script("ROLLBACK") : connection_->leave();
    }
    pool_.give_back(std::move(connection_));
}

void PostgresTransaction::enter(const std::string& organization) {
    if (std::find(entered_.begin(), entered_.end(), organization) != entered_.end()) return;
    entered_.push_back(organization);
    told_entered_ = false;
    // More is in sight now than they were asked with.
    foreseen_.clear();
    answered_.clear();
}

void PostgresTransaction::show_keys(const std::vector<std::string>& keys) {
    auto shown = joined(keys, '\n');
    if (shown == keys_) return;
    keys_ = std::move(shown);
    told_keys_ = false;
}

// Only where all is read from one snapshot, so that it does not matter when.
void PostgresTransaction::foresee(std::string_view sql, ValuesView parameters) {
    if (!writes_) foreseen_.push_back(statement(sql, parameters));
}

auto PostgresTransaction::preamble() -> Batch {
    Batch batch;
    if (!is_begun_) batch.push_back({writes_ ? begin_write : begin_read, {}});
    if (!std::exchange(told_keys_, true)) {
        batch.push_back({"SELECT set_config('pcc.keys', $1, TRUE)", {keys_}});
    }
    if (!std::exchange(told_entered_, true)) {
        batch.push_back(
            {"SELECT set_config('pcc.organizations', $1, TRUE)", {joined(entered_, ',')}});
    }
    return batch;
}

auto PostgresTransaction::run(std::string_view sql, ValuesView parameters, Rows* rows)
    -> Result<long long, StoreError> {
    const auto is_asked = [&](const Statement& each) {
        return each.sql == sql && same_values(each.values, parameters);
    };
    auto found = std::find_if(answered_.begin(), answered_.end(), is_asked);
    if (found == answered_.end()) {
        auto batch = preamble();
        const auto said = static_cast<std::ptrdiff_t>(batch.size());
        std::move(foreseen_.begin(), foreseen_.end(), std::back_inserter(batch));
        foreseen_.clear();
        if (std::find_if(batch.begin(), batch.end(), is_asked) == batch.end()) {
            batch.push_back(statement(sql, parameters));
        }
        if (auto ran = run_batch(batch); !ran) return failed(std::move(ran.error()));
        answered_.insert(answered_.end(), std::make_move_iterator(batch.begin() + said),
                         std::make_move_iterator(batch.end()));
        found = std::find_if(answered_.begin(), answered_.end(), is_asked);
    }
    const auto touched = found->touched;
    if (rows != nullptr) *rows = std::move(found->rows);
    answered_.erase(found);
    return touched;
}

// A connection may have been lost while it was not used. Until the transaction has begun, all can
// be asked of another.
auto PostgresTransaction::run_batch(Batch& batch) -> Result<void, StoreError> {
    auto ran = connection_->run(batch);
    const bool was_begun = std::exchange(is_begun_, true);
    if (ran || was_begun || !connection_->is_over()) return ran;
    auto other = pool_.replace(std::move(connection_));
    if (!other) return failed(std::move(other.error()));
    connection_ = std::move(*other);
    return connection_->run(batch);
}

auto PostgresTransaction::commit() -> Result<void, StoreError> {
    if (!is_begun_) return {};
    if (writes_) return connection_->commit();
    connection_->leave();
    return {};
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
        return watched(false, [this] { return begin(false); });
    }
    auto write() -> Result<std::unique_ptr<Transaction>, StoreError> override {
        auto transaction = watched(true, [this] { return begin(true); });
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
