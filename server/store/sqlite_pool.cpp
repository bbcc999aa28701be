#include "server/store/sqlite_pool.hpp"

#include <algorithm>
#include <utility>

namespace pcc::server {
namespace {

/// An old view keeps the log from being written into the file.
constexpr std::chrono::milliseconds longest_view{100};

auto fits(const SqlitePool::Place& place, SteadyTime came, SteadyTime now) -> bool {
    return place.view && *place.view >= came && now - *place.view <= longest_view;
}

}  // namespace

void SqlitePool::add(std::unique_ptr<SqliteConnection> connection) {
    const std::lock_guard lock(mutex_);
    all_.push_back(std::make_unique<Place>(Place{std::move(connection)}));
    free_.push_back(all_.back().get());
}

auto SqlitePool::borrow(SteadyTime came, SteadyTime now) -> Place& {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [this] { return !free_.empty(); });
    auto chosen = std::find_if(free_.begin(), free_.end(),
                               [came, now](const Place* place) { return fits(*place, came, now); });
    const bool has_view = chosen != free_.end();
    if (!has_view) chosen = std::prev(free_.end());
    auto& place = **chosen;
    free_.erase(chosen);
    lock.unlock();
    if (!has_view) end_view(place);
    return place;
}

void SqlitePool::give_back(Place& place) {
    {
        const std::lock_guard lock(mutex_);
        free_.push_back(&place);
    }
    returned_.notify_one();
}

void SqlitePool::end_views() {
    const std::lock_guard lock(mutex_);
    for (auto* place : free_)
        end_view(*place);
}

void end_view(SqlitePool::Place& place) {
    place.view.reset();
    if (place.connection->is_in_transaction()) (void)place.connection->command("ROLLBACK");
}

}  // namespace pcc::server
