// The wire samples of tests/golden and what reads and writes each of them.
// Layer: tests. Both sides of the wire are held against the same files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pcc::tests {

/// A body decoded and encoded again; empty where it was refused.
using AroundTheWire = std::string (*)(std::string_view json);

struct GoldenSample {
    const char* file;  // below tests/golden, without .json
    AroundTheWire around;
};

/// One row per file.
auto golden_samples() -> const std::vector<GoldenSample>&;
/// The text of a sample.
auto read_golden(const std::string& file) -> std::string;
/// The names of all samples in the folder.
auto golden_files() -> std::vector<std::string>;

}  // namespace pcc::tests
