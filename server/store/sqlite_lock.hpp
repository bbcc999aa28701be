// Who may write a SQLite file: one program at a time.
// Layer: server. Knows no SQLite, only the file `<path>.lock`.
#pragma once

#include <string>

#include "server/store/transaction.hpp"

namespace pcc::server {

/// Holds `<path>.lock`, so that two servers never write the same file.
class SqliteLock {
  public:
    SqliteLock() = default;
    SqliteLock(const SqliteLock&) = delete;
    auto operator=(const SqliteLock&) -> SqliteLock& = delete;
    ~SqliteLock();
    /// Errors: InUse, Unavailable.
    auto take(const std::string& path) -> Result<void, StoreError>;

  private:
    int file_ = -1;
};

}  // namespace pcc::server
