#include "server/store/postgres_pool.hpp"

#include <utility>

namespace pcc::server {
namespace {

constexpr std::chrono::seconds longest_queue{5};

// A server that stands still is put out of its transaction, so that it neither holds anybody up nor
// goes on with what it read before: sooner than those who wait for what it holds give up.
// `synchronous_commit` and the like stay as the database has
// them.
constexpr const char* settings =
    "SET statement_timeout = '6s'; SET lock_timeout = '5s'; "
    "SET idle_in_transaction_session_timeout = '3s'; SET standard_conforming_strings = on";
constexpr const char* patient_settings =
    "SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0; "
    "SET standard_conforming_strings = on";
constexpr std::chrono::seconds answer_wait{8};
constexpr std::chrono::seconds patient_wait{600};

}  // namespace

auto PostgresPool::connect() -> Result<Borrowed, StoreError> {
    auto connection = PostgresConnection::open(url_);
    if (!connection) return connection;
    const bool patient = patient_;
    (*connection)->wait_for(patient ? patient_wait : answer_wait);
    if (auto set = (*connection)->script(patient ? patient_settings : settings); !set) {
        return failed(std::move(set.error()));
    }
    return connection;
}

auto PostgresPool::take(bool fresh) -> Result<Borrowed, StoreError> {
    {
        std::unique_lock lock(mutex_);
        if (fresh) {
            count_ -= free_.size();
            free_.clear();
        }
        const bool in_time = returned_.wait_for(
            lock, longest_queue, [this] { return !free_.empty() || count_ < most_; });
        if (!in_time) {
            return failed(StoreError{StoreError::Kind::Unavailable,
                                     "All connections to the database are in use."});
        }
        if (!free_.empty()) {
            auto connection = std::move(free_.back());
            free_.pop_back();
            return connection;
        }
        ++count_;
    }
    auto connection = connect();
    if (!connection) forget(1);
    return connection;
}

auto PostgresPool::borrow() -> Result<Borrowed, StoreError> {
    auto connection = take(false);
    if (!connection || (*connection)->is_well()) return connection;
    return replace(std::move(*connection));
}

auto PostgresPool::replace(Borrowed lost) -> Result<Borrowed, StoreError> {
    lost.reset();
    forget(1);
    return take(true);
}

void PostgresPool::give_back(Borrowed connection) {
    if (connection->is_over()) {
        connection.reset();
        return forget(1);
    }
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(std::move(connection));
    }
    returned_.notify_one();
}

void PostgresPool::forget(std::size_t count) {
    {
        const std::lock_guard lock(mutex_);
        count_ -= count;
    }
    returned_.notify_one();
}

void PostgresPool::be_patient(bool patient) {
    patient_ = patient;
    const std::lock_guard lock(mutex_);
    count_ -= free_.size();
    free_.clear();
}

}  // namespace pcc::server
