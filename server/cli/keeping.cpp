#include "server/cli/keeping.hpp"

#include <CLI/CLI.hpp>

#include "server/cli/options.hpp"

namespace pcc::server {
namespace {

constexpr const char* verify_name = "verify-audit";

auto add(CLI::App& app, const char* name, const char* words, Installation& of) -> CLI::App& {
    auto& command = *app.add_subcommand(name, words);
    command
        .add_option("--data", of.data, "folder of the keys, and of the database where it is SQLite")
        ->required();
    add_database(command, of.database);
    return command;
}

}  // namespace

void add_keeping_commands(CLI::App& app, KeepingOptions& options) {
    auto& verify = add(app, verify_name,
                       "Look whether the audit is as it was written; also while a server runs.",
                       options.verify_audit.of);
    verify.add_option("--checkpoints", options.verify_audit.checkpoints,
                      "a file to keep apart: the newest checkpoints are compared with it where it "
                      "is there, and written into it where all is well");
}

auto parsed_keeping_command(const CLI::App& app, const KeepingOptions& options,
                            KeepingCommand& command) -> bool {
    if (app.got_subcommand(verify_name)) {
        command = options.verify_audit;
        return true;
    }
    return false;
}

auto run_command(const KeepingCommand& command) -> Saying {
    struct Run {
        auto operator()(const VerifyAuditOptions& options) const { return verify_audit(options); }
    };
    return std::visit(Run{}, command);
}

}  // namespace pcc::server
