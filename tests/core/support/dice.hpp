// Small deterministic randomness for property tests: the same seed gives the same story everywhere.
// Layer: tests. Not for anything that has to be secret.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace pcc::tests {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    /// The next 64 bits. Source: SplitMix64 (Steele, Lea, Flood 2014), written from its definition.
    auto next() -> std::uint64_t {
        state_ += 0x9E3779B97F4A7C15ULL;
        auto mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
        return mixed ^ (mixed >> 31);
    }
    /// A whole number from 0 to `sides` - 1.
    auto roll(std::size_t sides) -> std::size_t { return static_cast<std::size_t>(next() % sides); }
    auto between(long long low, long long high) -> long long {
        return low + static_cast<long long>(next() % static_cast<std::uint64_t>(high - low + 1));
    }
    auto chance(int percent) -> bool { return static_cast<int>(roll(100)) < percent; }
    /// Any bytes at all.
    auto bytes(std::size_t count) -> std::string {
        std::string out;
        for (std::size_t i = 0; i < count; ++i)
            out += static_cast<char>(roll(256));
        return out;
    }

  private:
    std::uint64_t state_;
};

}  // namespace pcc::tests
