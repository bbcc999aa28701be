// The connections to one SQLite file: lent to one transaction at a time, with the view that another
// left open. Layer: server.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "server/store/sqlite_connection.hpp"

namespace pcc::server {

class SqlitePool {
  public:
    /// A connection, and when the view was asked for that is left open on it.
    struct Place {
        std::unique_ptr<SqliteConnection> connection;
        std::optional<SteadyTime> view = {};
    };

    void add(std::unique_ptr<SqliteConnection> connection);
    /// Waits until one is free. It has a view that was asked for since `came`, and not long ago, or
    /// none.
    auto borrow(SteadyTime came, SteadyTime now) -> Place&;
    /// One that has no view.
    auto borrow() -> Place& { return borrow(SteadyTime::max(), SteadyTime::max()); }
    void give_back(Place& place);
    /// Ends the views that nobody is using.
    void end_views();

  private:
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Place>> all_;
    std::vector<Place*> free_;
};

/// Rolls back what is open on a connection; of one that only reads, its view.
void end_view(SqlitePool::Place& place);

}  // namespace pcc::server
