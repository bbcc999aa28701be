#include "server/cli/options.hpp"

#include <sstream>
#include <utility>

#include <CLI/CLI.hpp>

namespace pcc::server {

namespace {

void describe_init(CLI::App& app, InitOptions& options) {
    add_data(app, options.data, "folder of the keys, and of the database where it is SQLite");
    add_database(app, options.database);
    app.add_option("--organization", options.organization, "name of the organization")->required();
    app.add_option("--admin-email", options.admin_email, "e-mail address of its first admin")
        ->required();
    app.add_option("--admin-name", options.admin_name, "name of its first admin")->required();
}

void describe_migrate(CLI::App& app, MigrateOptions& options) {
    add_data(app, options.data, "folder of the keys");
    app.add_option("--from", options.from,
                   "sqlite:FILE; pcc.sqlite in the data folder if not given");
    app.add_option("--to", options.to, "postgresql://USER@HOST/NAME, which holds no data yet")
        ->envname("PCC_DATABASE")
        ->required();
}

// The library's own words for what was wrong, then where to look.
auto saying_of(const CLI::App& app, const CLI::ParseError& error) -> Saying {
    std::ostringstream out;
    std::ostringstream err;
    const int code = app.exit(error, out, err);
    if (code == 0) return {out.str(), 0};
    return {err.str(), 2};
}

auto saying_of(const std::vector<std::string>& faults) -> Saying {
    std::string text;
    for (const auto& fault : faults)
        text += "pcc-server: " + fault + "\n";
    return {text + "Run with --help for more information.\n", 2};
}

auto read_serve(CLI::App& app, ServeWords& words) -> Command {
    auto read = finish_serve(app, words);
    if (!read) return saying_of(read.error());
    if (auto* text = std::get_if<std::string>(&*read)) return Saying{std::move(*text), 0};
    return std::get<ServeOptions>(std::move(*read));
}

}  // namespace

auto read_command(int argc, const char* const* argv) -> Command {
    CLI::App app("The PCC backend: access tokens, assuming, networks and their audit over HTTP.",
                 "pcc-server");
    ServeWords serve;
    InitOptions init;
    MigrateOptions migrate;
    app.set_version_flag("--version", version_text);
    app.require_subcommand(1);
    auto* serve_app = app.add_subcommand("serve", "Answer requests until SIGINT or SIGTERM.");
    auto* init_app = app.add_subcommand(
        "init",
        "Create an organization and its first admin. The password is read from standard input.");
    auto* migrate_app = app.add_subcommand(
        "migrate", "Move everything from SQLite to PostgreSQL, while no server runs.");
    describe_migrate(*migrate_app, migrate);
    describe_serve(*serve_app, serve);
    describe_init(*init_app, init);
    KeepingOptions keeping;
    add_keeping_commands(app, keeping);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return saying_of(app, error);
    }
    if (serve_app->parsed()) return read_serve(*serve_app, serve);
    for (auto* command : app.get_subcommands()) {
        if (auto filled = fill_installation(*command); !filled) return saying_of(filled.error());
    }
    if (KeepingCommand command; parsed_keeping_command(app, keeping, command)) return command;
    if (migrate_app->parsed()) return migrate;
    return init;
}

}  // namespace pcc::server
