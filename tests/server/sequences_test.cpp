// Random sequences of all that can happen to tokens and assumptions, against a small model of them.
#include "tests/server/sequences.hpp"

#include <doctest/doctest.h>

using namespace pcc::test;

namespace {

struct Outcome {
    int served = 0;
    int refused = 0;
};

auto go_through(std::uint64_t seeds, Pace pace) -> Outcome {
    Outcome outcome;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        INFO("seed " << seed);
        Backend backend;
        Sequence sequence(backend, seed, pace);
        for (int i = 0; i < 70; ++i)
            sequence.step();
        for (const auto& fault : sequence.faults)
            FAIL_CHECK(fault);
        outcome.served += sequence.served;
        outcome.refused += sequence.refused;
    }
    return outcome;
}

}  // namespace

TEST_CASE(
    "whatever happens in whatever order, what has ended serves nothing, and what lives serves") {
    const auto outcome = go_through(12, Pace::Day);
    // The sequences reach both sides often enough to mean something.
    CHECK(outcome.served > 500);
    CHECK(outcome.refused > 2000);
}

TEST_CASE("a clock that jumps by seconds or by years, forth and back, lengthens no life") {
    const auto outcome = go_through(6, Pace::Years);
    CHECK(outcome.served > 50);
    CHECK(outcome.refused > 500);
}
