// Random stories of generating, assuming, ending and waiting, held against a ledger that was kept
// apart from the rules. A failure prints the seed; the same seed plays the same story again.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/access/access_token.hpp"
#include "core/access/assumption.hpp"
#include "tests/core/support/dice.hpp"
#include "tests/core/support/doctest.hpp"
#include "tests/core/support/people.hpp"

namespace pcc::access {
namespace {

using std::chrono::hours;
using tests::Dice;

constexpr int stories = 300;
constexpr int steps = 400;
constexpr long long hour = 3'600'000;

/// What is known of an end once it was seen; it must never read differently afterwards.
struct Seen {
    Instant at;
    std::string by;
    int reason = 0;
    friend auto operator==(const Seen&, const Seen&) -> bool = default;
};

template <class End>
auto seen(const End& end) -> Seen {
    return {end.at, end.by ? end.by->name : "", static_cast<int>(end.reason)};
}

struct TokenEntry {
    AccessToken token;
    long long generated = 0;
    long long validity_hours = 0;  // 0: lifetime
    std::optional<long long> ended_by_hand;
    std::optional<Seen> end;

    auto runs_out() const -> std::optional<long long> {
        if (validity_hours == 0) return std::nullopt;
        return generated + validity_hours * hour;
    }
    /// Whether it should be active: arithmetic on milliseconds, without the rules under test.
    auto should_be_active(long long now) const -> bool {
        if (ended_by_hand) return false;
        return !runs_out() || now < *runs_out();
    }
};

struct AssumptionEntry {
    Assumption assumption;
    std::size_t token = 0;
    long long started = 0;
    long long session_ends = 0;
    std::optional<Seen> end;
};

class Story {
  public:
    explicit Story(std::uint64_t seed) : dice_(seed) {}

    /// What went wrong first, or empty.
    auto play() -> std::string {
        for (int step = 0; step < steps && wrong_.empty(); ++step) {
            act();
            look();
            if (!wrong_.empty()) wrong_ += " at step " + std::to_string(step);
        }
        return wrong_;
    }

  private:
    void act() {
        switch (dice_.roll(10)) {
            case 0:
            case 1: generate(); break;
            case 2:
            case 3: assume(); break;
            case 4: end_some_token(EndReason::Expired); break;
            case 5: end_some_token(EndReason::Deleted); break;
            case 6: end_some_assumption(); break;
            default: wait(); break;
        }
    }

    void generate() {
        const long long choices[] = {2, 8, 12, 24, 0};
        TokenEntry entry;
        entry.generated = now_;
        entry.validity_hours = choices[dice_.roll(5)];
        const auto validity = entry.validity_hours == 0
                                  ? Validity::lifetime()
                                  : Validity::of_hours(static_cast<int>(entry.validity_hours));
        entry.token = tests::token_of(validity, instant_from_millis(now_));
        tokens_.push_back(std::move(entry));
    }

    void assume() {
        if (tokens_.empty()) return;
        AssumptionEntry entry;
        entry.token = dice_.roll(tokens_.size());
        const auto& token = tokens_[entry.token].token;
        const auto now = instant_from_millis(now_);
        if (!is_active(token, now)) return;
        entry.started = now_;
        entry.session_ends = now_ + dice_.between(1, 14 * hour);
        const auto ends = assumption_ends_at(token, now, instant_from_millis(entry.session_ends));
        entry.assumption = tests::assumption_from(now, ends);
        assumptions_.push_back(std::move(entry));
    }

    void end_some_token(EndReason reason) {
        if (tokens_.empty()) return;
        const auto index = dice_.roll(tokens_.size());
        auto& entry = tokens_[index];
        const auto now = instant_from_millis(now_);
        const bool was_active = entry.should_be_active(now_);
        entry.token = end_token(entry.token, reason, tests::ana(), now);
        if (!was_active) return;
        entry.ended_by_hand = now_;
        for (auto& other : assumptions_) {
            if (other.token != index) continue;
            other.assumption =
                end_assumption(other.assumption, assumption_end_for(reason), tests::ana(), now);
        }
    }

    void end_some_assumption() {
        if (assumptions_.empty()) return;
        using enum AssumptionEndReason;
        const AssumptionEndReason reasons[] = {WentBack, EndedByAdmin, SignedOut};
        auto& entry = assumptions_[dice_.roll(assumptions_.size())];
        entry.assumption = end_assumption(entry.assumption, reasons[dice_.roll(3)], tests::ben(),
                                          instant_from_millis(now_));
    }

    /// Mostly a while; often exactly to an instant at which something ends, or a millisecond
    /// before.
    void wait() {
        if (!tokens_.empty() && dice_.chance(40)) {
            const auto target = tokens_[dice_.roll(tokens_.size())].runs_out();
            if (target && *target - 1 >= now_) {
                now_ = *target - static_cast<long long>(dice_.roll(2));
                return;
            }
        }
        now_ += dice_.chance(20) ? 0 : dice_.between(1, 5 * hour);
    }

    void look() {
        for (auto& entry : tokens_)
            look_at(entry);
        for (auto& entry : assumptions_)
            look_at(entry);
    }

    void look_at(TokenEntry& entry) {
        const auto now = instant_from_millis(now_);
        const bool active = is_active(entry.token, now);
        expect(active == entry.should_be_active(now_), "a token's state is not the comparison");
        expect(active == (state_of(entry.token, now) == TokenState::Active), "state_of disagrees");
        const auto end = end_of(entry.token, now);
        expect(active != end.has_value(), "end_of disagrees with is_active");
        keep(entry.end, end, "a token's end");
        const auto other = now_ + dice_.between(-30 * hour, 30 * hour);
        expect(is_active(entry.token, instant_from_millis(other)) == entry.should_be_active(other),
               "a token's state at another instant is not the comparison");
        const auto left = time_left(entry.token, now);
        expect(!left || (*left > Millis{0}) == active, "time left disagrees with the state");
    }

    void look_at(AssumptionEntry& entry) {
        const auto now = instant_from_millis(now_);
        const auto& token = tokens_[entry.token];
        const auto ends = millis_since_epoch(entry.assumption.ends_at);
        const auto twelve_hours = entry.started + 12 * hour;
        expect(ends <= twelve_hours, "an assumption outlives twelve hours");
        expect(ends <= entry.session_ends, "an assumption outlives its session");
        expect(!token.runs_out() || ends <= *token.runs_out(), "an assumption outlives its token");
        expect(ends == std::min({twelve_hours, entry.session_ends,
                                 token.runs_out().value_or(twelve_hours)}),
               "an assumption ends before any of its bounds");
        const bool live = is_live(entry.assumption, now);
        expect(!live || token.should_be_active(now_), "an assumption lives on an ended token");
        expect(!live || now_ < ends, "an assumption lives past its end");
        const auto end = end_of(entry.assumption, now);
        expect(live != end.has_value(), "end_of disagrees with is_live");
        expect((time_left(entry.assumption, now) > Millis{0}) == live, "time left disagrees");
        keep(entry.end, end, "an assumption's end");
    }

    template <class End>
    void keep(std::optional<Seen>& known, const std::optional<End>& end, const char* whose) {
        if (known) {
            expect(end.has_value(), whose, " was revived");
            expect(!end || seen(*end) == *known, whose, " moved or was renamed");
        } else if (end) {
            known = seen(*end);
            expect(millis_since_epoch(end->at) <= now_, whose, " lies in the future");
        }
    }

    void expect(bool holds, const char* what, const char* more = "") {
        if (!holds && wrong_.empty()) wrong_ = std::string(what) + more;
    }

    Dice dice_;
    long long now_ = 1'795'461'725'123;
    std::vector<TokenEntry> tokens_;
    std::vector<AssumptionEntry> assumptions_;
    std::string wrong_;
};

TEST_CASE("property: ended never revives, ends never move, assumptions stay within their bounds") {
    for (std::uint64_t seed = 1; seed <= stories; ++seed) {
        const auto wrong = Story(seed).play();
        INFO("seed ", seed);
        REQUIRE(wrong == "");
    }
}

}  // namespace
}  // namespace pcc::access
