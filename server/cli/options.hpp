// The command line: what the program is asked to do.
// Layer: server/cli. Reads words, and the configuration file they name; opens no socket.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "server/cli/keeping.hpp"
#include "server/cli/migrate.hpp"
#include "server/cli/serve_options.hpp"
#include "server/cli/version.hpp"

namespace pcc::server {

struct InitOptions {
    std::filesystem::path data;
    std::string database;
    std::string organization;
    std::string admin_email;
    std::string admin_name;
};

/// Nothing to do but to say something: help, the version, or what was wrong.
struct Saying {
    std::string text;
    int exit_code = 0;  // 0, or 2 for a command line or a configuration that could not be read
};

using Command = std::variant<ServeOptions, InitOptions, KeepingCommand, MigrateOptions, Saying>;

auto read_command(int argc, const char* const* argv) -> Command;

}  // namespace pcc::server
