// The server's rounds: what it looks at again and again without being asked.
// Layer: server/transport. Answers no request; what it finds, the streams tell.
#pragma once

#include <atomic>

#include "server/keys/key_watch.hpp"
#include "server/transport/backend.hpp"
#include "server/transport/clock.hpp"
#include "server/transport/streams.hpp"
#include "server/transport/workers.hpp"
#include "server/watch.hpp"

namespace pcc::server {

class Rounds {
  public:
    Rounds(const Backend& backend, Clock& clock, Streams& streams);

    /// Ends the streams that have ended, tells what other servers did, pings, takes up keys; with
    /// every tenth call also what is due in the database. Called twice a second, on any thread;
    /// does nothing while the last one is still at work.
    void go();
    /// How an open stream stands by now. To be asked from any thread.
    auto question() -> Streams::Question;
    /// Whether other servers of the database use keys that this one was not given.
    auto lacks_keys() const -> bool { return key_watch_.is_behind(); }
    /// Finishes what is at work, and goes no more.
    void stop() { worker_.stop(); }

  private:
    void look_at_streams();
    void do_what_is_due();
    void look_at_keys();

    const Backend& backend_;
    Clock& clock_;
    Streams& streams_;
    Watch audits_;
    KeyWatch key_watch_;
    std::atomic<bool> going_{false};
    unsigned count_ = 0;  // of rounds; counted on the worker
    Workers worker_;      // never behind requests
};

}  // namespace pcc::server
