#include "server/store/postgres_transaction.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

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

auto is_same(const Statement& a, const Statement& b) -> bool {
    return a.sql == b.sql && a.values == b.values;
}

}  // namespace

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

auto PostgresTransaction::answer_to(const Statement& asked) -> Batch::iterator {
    return std::find_if(answered_.begin(), answered_.end(),
                        [&asked](const Statement& each) { return is_same(each, asked); });
}

/// With all that was foreseen, which it may be one of.
auto PostgresTransaction::ask(const Statement& asked) -> Result<void, StoreError> {
    auto batch = preamble();
    const auto said = static_cast<std::ptrdiff_t>(batch.size());
    bool is_foreseen = false;
    for (auto& each : foreseen_) {
        is_foreseen = is_foreseen || is_same(each, asked);
        batch.push_back(std::move(each));
    }
    foreseen_.clear();
    if (!is_foreseen) batch.push_back(asked);
    if (auto ran = run_batch(batch); !ran) return ran;
    std::move(batch.begin() + said, batch.end(), std::back_inserter(answered_));
    return {};
}

auto PostgresTransaction::run(std::string_view sql, ValuesView parameters, Rows* rows)
    -> Result<long long, StoreError> {
    const auto asked = statement(sql, parameters);
    auto answer = answer_to(asked);
    if (answer == answered_.end()) {
        if (auto ran = ask(asked); !ran) return failed(std::move(ran.error()));
        answer = answer_to(asked);
    }
    const auto touched = answer->touched;
    if (rows != nullptr) *rows = std::move(answer->rows);
    answered_.erase(answer);
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

}  // namespace pcc::server
