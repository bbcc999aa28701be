// The outbox: what workers leave for the event loop to do, handed over together.
// Layer: server/transport. Waking the loop takes a system call, so that only the first who finds
// the outbox empty does it.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

namespace pcc::server {

class Outbox {
  public:
    using Job = std::function<void()>;

    /// Has the job done on the event loop, after those that were left before. While it runs.
    void post(Job job);

  private:
    void empty();

    std::mutex mutex_;
    std::vector<Job> jobs_;
    std::vector<Job> taken_;  // used on the event loop alone
};

}  // namespace pcc::server
