#include "server/transport/outbox.hpp"

#include <utility>

#include <drogon/HttpAppFramework.h>

namespace pcc::server {

void Outbox::post(Job job) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
        if (jobs_.size() > 1) return;
    }
    drogon::app().getIOLoop(0)->queueInLoop([this] { empty(); });
}

void Outbox::empty() {
    {
        const std::lock_guard lock(mutex_);
        taken_.swap(jobs_);
    }
    for (auto& job : taken_)
        job();
    taken_.clear();
}

}  // namespace pcc::server
