#include "server/store/transaction.hpp"

#include "server/store/end_marks.hpp"

namespace pcc::server {

auto Row::number(std::size_t column) const -> long long {
    const auto* number = columns_.at(column).number();
    return number == nullptr ? 0 : *number;
}

auto Row::instant_or_nothing(std::size_t column) const -> std::optional<Instant> {
    if (is_null(column)) return std::nullopt;
    return instant(column);
}

auto Row::text(std::size_t column) const& -> const std::string& {
    static const std::string empty;
    const auto* text = columns_.at(column).text();
    return text == nullptr ? empty : *text;
}

Transaction::~Transaction() {
    if (observer_ == nullptr) return;
    end_.took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - asked_);
    end_.error = error_ ? &*error_ : nullptr;
    observer_->over(end_);
}

void Transaction::watched_by(TransactionObserver* observer, bool writes,
                             std::chrono::steady_clock::time_point asked) {
    observer_ = observer;
    end_.writes = writes;
    asked_ = asked;
}

auto Transaction::query(std::string_view sql, const Values& parameters) -> Rows {
    Rows rows;
    if (error_) return rows;
    auto ran = run(sql, parameters, &rows);
    if (ran) return rows;
    fail(std::move(ran.error()));
    return {};
}

auto Transaction::query_one(std::string_view sql, const Values& parameters) -> std::optional<Row> {
    auto rows = query(sql, parameters);
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

auto Transaction::execute(std::string_view sql, const Values& parameters) -> long long {
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
