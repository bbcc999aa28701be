// Workers: a few threads that take jobs from a queue of limited length.
// Layer: server/transport. Keeps Argon2 and the database's disk waits off the event loop.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace pcc::server {

class Workers {
  public:
    using Job = std::function<void()>;

    /// `rest` is called on a thread that finds no job, before it waits for one.
    Workers(std::size_t threads, std::size_t longest_queue, Job rest = {});
    ~Workers();
    Workers(const Workers&) = delete;
    auto operator=(const Workers&) -> Workers& = delete;

    /// Whether the job was taken; a full queue or a stopped pool takes none.
    auto post(Job job) -> bool;
    /// The same without waking a thread for it: that takes a system call, and one for many is
    /// enough. `wake` has to follow.
    auto leave(Job job) -> bool;
    /// Wakes as many threads as jobs were left since the last time.
    void wake();
    /// How many jobs wait for a thread.
    auto waiting() -> std::size_t;
    /// Takes no more jobs, finishes those that were taken, and ends the threads.
    void stop();

  private:
    void work();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;
    std::size_t left_ = 0;  // without a thread having been woken
    std::size_t longest_queue_;
    Job rest_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace pcc::server
