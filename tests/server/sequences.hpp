// A small model of all that can happen to tokens and assumptions, kept beside a backend: whatever
// is done in whatever order, the backend has to answer as the model says. Layer: tests. Used by the
// tests, and at length by tests/torture; what does not fit is collected, not asserted.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "tests/server/backend.hpp"

namespace pcc::test {

/// How far the clock is moved: within a working day, or anywhere from one second to ten years.
enum class Pace { Day, Years };

class Sequence {
  public:
    /// On a backend that may have been through other sequences; its time goes on.
    Sequence(Backend& backend, std::uint64_t seed, Pace pace = Pace::Day);

    /// Leaves the clock where time had come to, also where it was set back since.
    ~Sequence() { backend_.now = latest_; }
    Sequence(const Sequence&) = delete;
    auto operator=(const Sequence&) -> Sequence& = delete;

    /// One random act, then a look at everything that was ever made in this sequence.
    void step();

    int served = 0;
    int refused = 0;
    int jumps = 0;
    std::vector<std::string> faults;

  private:
    struct Token {
        Secret id;
        TokenHandle handle;
        std::optional<Instant> expires_at;
        bool ended = false;
        bool deleted = false;

        auto lives(Instant now) const -> bool {
            return !ended && (!expires_at || now < *expires_at);
        }
    };
    struct Session {
        Tab tab;
        Instant ends_at;
        Instant seen_at;
        bool ended = false;
        auto lives(Instant now) const -> bool;
    };
    struct Assumption {
        Tab tab;
        std::size_t token = 0;
        std::size_t session = 0;
        Instant ends_at;
        bool ended = false;
    };

    auto now() const -> Instant { return latest_; }
    void expect(int status, int wanted, const char* what);
    auto sign_in(const char* email) -> std::size_t;
    void change_shift(std::size_t engineer);
    void renew_sessions();

    void generate();
    void assume();
    void expire();
    void remove();
    void go_back();
    void pass_time();
    void turn_back();
    void sign_out();
    void restart();

    auto jump() -> Millis;
    auto expected(const Assumption& assumption) const -> int;
    void check_all();

    Backend& backend_;
    RepeatingRandom choice_;
    Pace pace_;
    Instant latest_;
    std::vector<Token> tokens_;
    std::vector<Session> sessions_;
    std::vector<Assumption> assumptions_;
    std::size_t admin_ = 0;
    std::array<std::size_t, 2> engineers_{};
    int writes_ = 0;
};

}  // namespace pcc::test
