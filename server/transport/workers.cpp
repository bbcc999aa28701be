#include "server/transport/workers.hpp"

#include <algorithm>
#include <utility>

namespace pcc::server {

Workers::Workers(std::size_t threads, std::size_t longest_queue, Job rest)
    : longest_queue_(longest_queue), rest_(std::move(rest)) {
    for (std::size_t i = 0; i < threads; ++i)
        threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
    stop();
}

auto Workers::post(Job job) -> bool {
    const bool taken = leave(std::move(job));
    if (taken) wake();
    return taken;
}

auto Workers::leave(Job job) -> bool {
    const std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= longest_queue_) return false;
    queue_.push_back(std::move(job));
    ++left_;
    return true;
}

void Workers::wake() {
    std::size_t left = 0;
    {
        const std::lock_guard lock(mutex_);
        left = std::exchange(left_, 0);
    }
    const auto needed = std::min(left, threads_.size());
    for (std::size_t i = 0; i < needed; ++i)
        wake_.notify_one();
}

auto Workers::waiting() -> std::size_t {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

void Workers::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto& thread : threads_) {
        if (thread.joinable()) thread.join();
    }
}

void Workers::work() {
    while (true) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            if (queue_.empty() && rest_) {
                lock.unlock();
                rest_();
                lock.lock();
            }
            wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            job = std::move(queue_.front());
            queue_.pop_front();
        }
        job();
    }
}

}  // namespace pcc::server
