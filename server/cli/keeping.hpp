// The commands that look after what is kept: the audit, backups, keys.
// Layer: server/cli. Each returns what is to be said, and the exit code with it.
#pragma once

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "core/base/timestamp.hpp"
#include "server/cli/installation.hpp"

namespace CLI {
class App;
}

namespace pcc::server {

struct Saying;

struct VerifyAuditOptions {
    Installation of;
    std::filesystem::path checkpoints;  // empty: nothing is kept or compared
};

struct BackupOptions {
    Installation of;
    std::filesystem::path to;
};

struct RestoreOptions {
    Installation of;
    std::filesystem::path from;
    std::vector<std::filesystem::path> given;       // files of ends that were told to this command
    std::vector<std::filesystem::path> tombstones;  // the server's own; empty: in the data folder
};

struct UnlockOptions {
    Installation of;
    std::filesystem::path tombstones;  // empty: the file in the data folder
    bool end_all_tokens = false;
};

struct RotateKeysOptions {
    std::filesystem::path data;
    int wait = 10;  // Units: seconds, until the new version is current
};

struct ResealOptions {
    Installation of;
};

using KeepingCommand = std::variant<VerifyAuditOptions, BackupOptions, RestoreOptions,
                                    UnlockOptions, RotateKeysOptions, ResealOptions>;

/// What the command line says for each of these commands.
struct KeepingOptions {
    VerifyAuditOptions verify_audit;
    BackupOptions backup;
    RestoreOptions restore;
    UnlockOptions unlock;
    RotateKeysOptions rotate_keys;
    ResealOptions reseal;
};

/// Adds the commands to the command line. The options stay where they are while it is read.
void add_keeping_commands(CLI::App& app, KeepingOptions& options);
/// Whether one of them was given, and which.
auto parsed_keeping_command(const CLI::App& app, const KeepingOptions& options,
                            KeepingCommand& command) -> bool;

auto run_command(const KeepingCommand& command, Instant now) -> Saying;

auto verify_audit(const VerifyAuditOptions& options) -> Saying;
auto back_up(const BackupOptions& options) -> Saying;
auto restore(const RestoreOptions& options, Instant now) -> Saying;
auto unlock(const UnlockOptions& options, Instant now) -> Saying;
auto rotate_keys(const RotateKeysOptions& options, Instant now) -> Saying;
auto reseal(const ResealOptions& options, Instant now) -> Saying;

}  // namespace pcc::server
