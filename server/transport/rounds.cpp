#include "server/transport/rounds.hpp"

#include "server/audit/checkpointing.hpp"
#include "server/run_out.hpp"

namespace pcc::server {

Rounds::Rounds(const Backend& backend, Clock& clock, Streams& streams)
    : backend_(backend),
      clock_(clock),
      streams_(streams),
      key_watch_(backend.keys, backend.keys_file),
      worker_(1, 64) {}

void Rounds::go() {
    if (!backend_.lock.empty()) return;
    if (going_.exchange(true)) return;
    const bool taken = worker_.post([this] {
        look_at_streams();
        do_what_is_due();
        look_at_keys();
        going_ = false;
    });
    if (!taken) going_ = false;
}

void Rounds::look_at_streams() {
    auto& store = backend_.store;
    const auto now = store.about(clock_.now());
    const auto seen = audits_.look(streams_.subscriptions(), store, now);
    if (!seen) {
        // Not to be asked of a database that does not answer, stream by stream.
        const auto again = [now](const Subscription& stream) {
            return Standing{ask_again(stream, now), {}};
        };
        return streams_.check(again, Instant::max(), {});
    }
    streams_.publish(seen->notices, question(), seen->told);
    streams_.check(question(), now, seen->moved);
}

void Rounds::look_at_keys() {
    const auto sentence =
        key_watch_.look(backend_.store, backend_.random, backend_.store.about(clock_.now()));
    if (sentence)
        backend_.reports.log().write(LogLevel::Warning, "keys.read", {{"detail", *sentence}});
}

// Every 5 s. What fails is done with the next round.
void Rounds::do_what_is_due() {
    constexpr unsigned rounds_between = 10;
    if (count_++ % rounds_between != 0) return;
    (void)write_all_run_out(backend_.store, backend_.random, clock_.now());
    (void)make_checkpoints(backend_.store, *backend_.keys.now(), backend_.random, clock_.now(),
                           CheckpointsOf::DueChains);
}

auto Rounds::question() -> Streams::Question {
    return [this](const Subscription& stream) {
        return check_stream(stream, backend_.store, clock_.now());
    };
}

}  // namespace pcc::server
