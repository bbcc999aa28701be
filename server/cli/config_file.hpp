// The configuration file: one `key = value` a line, as TOML and INI have it.
// Layer: server/cli. Knows no key; reads a file into settings that remember their line.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace pcc::server {

struct Setting {
    std::string key;
    std::vector<std::string> values;  // of `key = [a, b]`, several
    int line = 0;                     // counted from 1
};

/// The settings of a file, in its order. Errors: sentences, each beginning with `FILE:LINE:`, or
/// one that says why the file cannot be read. A value is never repeated: it may be a secret.
auto read_config_file(const std::filesystem::path& file)
    -> Result<std::vector<Setting>, std::vector<std::string>>;

}  // namespace pcc::server
