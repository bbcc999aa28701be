#include "server/cli/keeping.hpp"

#include <utility>

#include <CLI/CLI.hpp>

#include "server/cli/data_folder.hpp"
#include "server/cli/options.hpp"

namespace pcc::server {
namespace {

constexpr const char* verify_name = "verify-audit";
constexpr const char* backup_name = "backup";
constexpr const char* restore_name = "restore";
constexpr const char* unlock_name = "unlock";
constexpr const char* rotate_name = "rotate-keys";
constexpr const char* reseal_name = "reseal";

auto add(CLI::App& app, const char* name, const char* words, Installation& of) -> CLI::App& {
    auto& command = *app.add_subcommand(name, words);
    add_data(command, of.data, "folder of the keys, and of the database where it is SQLite");
    add_database(command, of.database);
    return command;
}

void add_backup(CLI::App& app, BackupOptions& options) {
    auto& command = add(app, backup_name,
                        "Copy the database into a file, also while servers run. Keys and ends are "
                        "not in it.",
                        options.of);
    command.add_option("--to", options.to, "the file to write")->required();
}

void add_restore(CLI::App& app, RestoreOptions& options) {
    auto& command = add(app, restore_name,
                        "Put a backup in the place of the database, and end once more what ended "
                        "after it. No server may run.",
                        options.of);
    command.add_option("--from", options.from, "the file of the backup")->required();
    auto* tombstones = command.add_option(
        "--tombstones", options.tombstones,
        "the file of ends of each server; pcc.ends in the data folder when not given");
    // Before the server's configuration is asked where its own is.
    command.parse_complete_callback([&options, tombstones] {
        options.given = std::exchange(options.tombstones, {});
        tombstones->clear();
    });
}

void add_unlock(CLI::App& app, UnlockOptions& options) {
    auto& command = add(app, unlock_name,
                        "Let a locked installation serve again. Every token, access and sign-in "
                        "that is in the database ends.",
                        options.of);
    command.add_option(
        "--tombstones", options.tombstones,
        "the file of ends of this server; pcc.ends in the data folder when not given");
    command.add_flag("--end-all-tokens", options.end_all_tokens, "says that this is known")
        ->required();
}

void add_rotate_keys(CLI::App& app, RotateKeysOptions& options) {
    auto& command = *app.add_subcommand(
        rotate_name,
        "Add a version to pcc.keys. Running servers take it up; what was made with the old ones "
        "stays good.");
    add_data(command, options.data, "folder of the keys");
    command
        .add_option("--wait", options.wait,
                    "seconds until the new version is current: time to copy the file to all other "
                    "servers of a shared database")
        ->capture_default_str()
        ->check(CLI::Range(0, 7 * 24 * 3600));
}

/// Of those that write beside the keys.
struct AccountFault {
    auto operator()(const VerifyAuditOptions&) const -> std::string { return {}; }
    auto operator()(const RotateKeysOptions& options) const -> std::string {
        return fault_of_account(options.data);
    }
    template <class Options>
    auto operator()(const Options& options) const -> std::string {
        return fault_of_account(options.of.data);
    }
};

}  // namespace

void add_keeping_commands(CLI::App& app, KeepingOptions& options) {
    auto& verify = add(app, verify_name,
                       "Look whether the audit is as it was written; also while a server runs.",
                       options.verify_audit.of);
    verify.add_option("--checkpoints", options.verify_audit.checkpoints,
                      "a file to keep apart: the newest checkpoints are compared with it where it "
                      "is there, and written into it where all is well");
    add_backup(app, options.backup);
    add_restore(app, options.restore);
    add_unlock(app, options.unlock);
    add_rotate_keys(app, options.rotate_keys);
    add(app, reseal_name,
        "Seal all living tokens under the current keys at once. A running server does so by "
        "itself, little by little.",
        options.reseal.of);
}

auto parsed_keeping_command(const CLI::App& app, const KeepingOptions& options,
                            KeepingCommand& command) -> bool {
    if (app.got_subcommand(verify_name)) {
        command = options.verify_audit;
    } else if (app.got_subcommand(backup_name)) {
        command = options.backup;
    } else if (app.got_subcommand(restore_name)) {
        command = options.restore;
    } else if (app.got_subcommand(unlock_name)) {
        command = options.unlock;
    } else if (app.got_subcommand(rotate_name)) {
        command = options.rotate_keys;
    } else if (app.got_subcommand(reseal_name)) {
        command = options.reseal;
    } else {
        return false;
    }
    return true;
}

auto run_command(const KeepingCommand& command, Instant now) -> Saying {
    struct Run {
        Instant now;
        auto operator()(const VerifyAuditOptions& options) const { return verify_audit(options); }
        auto operator()(const BackupOptions& options) const { return back_up(options); }
        auto operator()(const RestoreOptions& options) const { return restore(options, now); }
        auto operator()(const UnlockOptions& options) const { return unlock(options, now); }
        auto operator()(const RotateKeysOptions& options) const {
            return rotate_keys(options, now);
        }
        auto operator()(const ResealOptions& options) const { return reseal(options, now); }
    };
    const auto fault = std::visit(AccountFault{}, command);
    if (!fault.empty()) return {"pcc-server: " + fault + "\n", 1};
    return std::visit(Run{now}, command);
}

}  // namespace pcc::server
