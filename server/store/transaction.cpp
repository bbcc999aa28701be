#include "server/store/transaction.hpp"

#include "server/store/end_marks.hpp"

namespace pcc::server {

Transaction::~Transaction() {
    if (observer_ == nullptr) return;
    end_.took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - asked_);
    end_.error = error_ ? &*error_ : nullptr;
    observer_->over(end_);
}

void Transaction::watched_by(TransactionObserver* observer, bool writes, SteadyTime asked) {
    observer_ = observer;
    end_.writes = writes;
    asked_ = asked;
}

auto Transaction::query(std::string_view sql, ValuesView parameters) -> Rows {
    return query(sql, parameters, Rows());
}

auto Transaction::query(std::string_view sql, ValuesView parameters, Rows rows) -> Rows {
    if (error_) return {};
    auto ran = run(sql, parameters, &rows);
    if (ran) return rows;
    fail(std::move(ran.error()));
    return {};
}

auto Transaction::query_one(std::string_view sql, ValuesView parameters) -> std::optional<Row> {
    const auto rows = query(sql, parameters, Rows(1));
    if (rows.empty()) return std::nullopt;
    return rows.front();
}

auto Transaction::execute(std::string_view sql, ValuesView parameters) -> long long {
    if (error_) return 0;
    auto ran = run(sql, parameters, nullptr);
    if (ran) return *ran;
    fail(std::move(ran.error()));
    return 0;
}

void Transaction::fail(StoreError error) {
    if (!error_) error_ = std::move(error);
}

void Transaction::keep_ends() {
    if (error_ || ends_.empty() || keeper_ == nullptr) return;
    auto kept = keeper_->keep(ends_);
    if (!kept) return fail(std::move(kept.error()));
    mark_end(*this, keeper_->name(), *kept);
}

auto Transaction::finish() -> Result<void, StoreError> {
    keep_ends();
    if (error_) return failed(*error_);
    auto committed = commit();
    if (!committed) error_ = committed.error();
    return committed;
}

}  // namespace pcc::server
