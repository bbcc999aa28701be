// The connections to PostgreSQL that transactions borrow: opened as needed, replaced when lost.
// Layer: server. Knows no statement but the settings of a connection.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/store/postgres_connection.hpp"

namespace pcc::server {

class PostgresPool {
  public:
    using Borrowed = std::unique_ptr<PostgresConnection>;

    PostgresPool(std::string url, std::size_t most) : url_(std::move(url)), most_(most) {}

    /// A connection; one that was lost while it waited here is replaced, as far as that can be told
    /// without asking. Errors: Unavailable, also where none comes free in time.
    auto borrow() -> Result<Borrowed, StoreError>;
    /// A new one for one that was lost after all; so are the others that wait here, then.
    auto replace(Borrowed lost) -> Result<Borrowed, StoreError>;
    void give_back(Borrowed connection);
    /// While the schema is brought up to date, statements may take long and wait for each other.
    void be_patient(bool patient);

  private:
    auto take(bool fresh) -> Result<Borrowed, StoreError>;
    auto connect() -> Result<Borrowed, StoreError>;
    void forget(std::size_t count);

    std::string url_;
    std::size_t most_;
    std::atomic<bool> patient_{false};
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<Borrowed> free_;
    std::size_t count_ = 0;  // free or borrowed
};

}  // namespace pcc::server
