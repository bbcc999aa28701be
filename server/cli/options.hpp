// The command line: what the program is asked to do.
// Layer: server/cli. Reads words and nothing else; opens no file and no socket.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>

#include "server/cli/migrate.hpp"

namespace pcc::server {

inline constexpr const char* version_text = "pcc-server 0.1.0";

struct ServeOptions {
    std::string host = "127.0.0.1";
    int port = 8080;
    std::filesystem::path data;
    std::string database;  // empty: a SQLite file in the data folder
    std::filesystem::path console;
    std::optional<std::filesystem::path> ready_file;
    bool demo = false;
    bool behind_tls = false;
};

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
    int exit_code = 0;  // 0, or 2 for a command line that could not be read
};

using Command = std::variant<ServeOptions, InitOptions, MigrateOptions, Saying>;

auto read_command(int argc, const char* const* argv) -> Command;

}  // namespace pcc::server
