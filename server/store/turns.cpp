#include "server/store/turns.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace pcc::server {
namespace {

constexpr std::chrono::seconds longest_wait{2};

}  // namespace

void Turns::take(const std::string& organization, std::vector<std::unique_lock<Lane>>& held) {
    auto& lane = lanes_[std::hash<std::string>{}(organization) % lanes_.size()];
    const bool has = std::any_of(held.begin(), held.end(),
                                 [&](const auto& lock) { return lock.mutex() == &lane; });
    if (has) return;
    std::unique_lock lock(lane, longest_wait);
    if (lock.owns_lock()) held.push_back(std::move(lock));
}

}  // namespace pcc::server
