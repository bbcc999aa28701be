// The commands that look after what is kept: the audit, backups, keys.
// Layer: server/cli. Each returns what is to be said, and the exit code with it.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

namespace CLI {
class App;
}

namespace pcc::server {

struct Saying;

/// Which installation a command is about.
struct Installation {
    std::filesystem::path data;
    std::string database;  // empty: a SQLite file in the data folder
};

struct VerifyAuditOptions {
    Installation of;
    std::filesystem::path checkpoints;  // empty: nothing is kept or compared
};

using KeepingCommand = std::variant<VerifyAuditOptions>;

/// What the command line says for each of these commands.
struct KeepingOptions {
    VerifyAuditOptions verify_audit;
};

/// Adds the commands to the command line. The options stay where they are while it is read.
void add_keeping_commands(CLI::App& app, KeepingOptions& options);
/// Whether one of them was given, and which.
auto parsed_keeping_command(const CLI::App& app, const KeepingOptions& options,
                            KeepingCommand& command) -> bool;

auto run_command(const KeepingCommand& command) -> Saying;

auto verify_audit(const VerifyAuditOptions& options) -> Saying;

}  // namespace pcc::server
