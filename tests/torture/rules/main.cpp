// torture_rules: random sequences against the model of tests/server/sequences.hpp, as many as it is
// told. Layer: tests. Usage: torture_rules day|years COUNT SEED. Prints one line of JSON; exit
// status 1 for faults.
#define DOCTEST_CONFIG_IMPLEMENT
#include <cstdlib>
#include <iostream>
#include <string>

#include <doctest/doctest.h>

#include "tests/server/sequences.hpp"

using namespace pcc::test;

namespace {

constexpr int steps = 14;
constexpr std::uint64_t in_one_database = 50;  // Units: sequences; then it is made anew

struct Totals {
    std::uint64_t sequences = 0;
    long long served = 0;
    long long refused = 0;
    long long jumps = 0;
    long long faults = 0;
};

void add(Totals& totals, const Sequence& sequence, std::uint64_t seed) {
    ++totals.sequences;
    totals.served += sequence.served;
    totals.refused += sequence.refused;
    totals.jumps += sequence.jumps;
    totals.faults += static_cast<long long>(sequence.faults.size());
    for (const auto& fault : sequence.faults)
        std::cerr << "seed " << seed << ": " << fault << '\n';
}

auto run(Pace pace, std::uint64_t count, std::uint64_t seed) -> Totals {
    Totals totals;
    while (totals.sequences < count) {
        Backend backend;
        for (std::uint64_t i = 0; i < in_one_database && totals.sequences < count; ++i, ++seed) {
            Sequence sequence(backend, seed, pace);
            for (int step = 0; step < steps; ++step)
                sequence.step();
            add(totals, sequence, seed);
        }
    }
    return totals;
}

// The helpers of the tests assert what they cannot do without.
void stop_at(const doctest::AssertData& data) {
    if (!data.m_failed) return;
    std::cerr << data.m_file << ":" << data.m_line << ": " << data.m_expr << '\n';
    std::_Exit(2);
}

}  // namespace

auto main(int argc, char** argv) -> int {
    if (argc != 4) return 2;
    doctest::Context context;
    context.setAsDefaultForAssertsOutOfTestCases();
    context.setAssertHandler(stop_at);
    const auto pace = std::string(argv[1]) == "years" ? Pace::Years : Pace::Day;
    const auto totals =
        run(pace, std::strtoull(argv[2], nullptr, 10), std::strtoull(argv[3], nullptr, 10));
    std::cout << "{\"sequences\":" << totals.sequences << ",\"served\":" << totals.served
              << ",\"refused\":" << totals.refused << ",\"jumps\":" << totals.jumps
              << ",\"faults\":" << totals.faults << "}" << std::endl;
    return totals.faults == 0 ? 0 : 1;
}
