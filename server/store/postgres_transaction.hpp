// One transaction on PostgreSQL. Writes run at READ COMMITTED and hold what they decide by (see
// hold_organization); reads see one snapshot. What does not hang on an answer is sent together.
// Layer: server. Knows no table; libpq is the connection's.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/store/postgres_pool.hpp"
#include "server/store/transaction.hpp"
#include "server/store/turns.hpp"

namespace pcc::server {

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
    auto foresees() const -> bool override { return !writes_; }

  protected:
    auto run(std::string_view sql, ValuesView parameters, Rows* rows)
        -> Result<long long, StoreError> override;
    auto commit() -> Result<void, StoreError> override;

  private:
    using Statement = PostgresConnection::Statement;
    using Batch = PostgresConnection::Batch;

    /// What has to be said before a statement can be asked, and was not said yet.
    auto preamble() -> Batch;
    auto answer_to(const Statement& asked) -> Batch::iterator;
    auto ask(const Statement& asked) -> Result<void, StoreError>;
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

}  // namespace pcc::server
