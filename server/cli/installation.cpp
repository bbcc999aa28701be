#include "server/cli/installation.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "server/cli/layers.hpp"

namespace pcc::server {
namespace {

constexpr const char* data_flag = "--data";
constexpr const char* config_flag = "--config";

auto is_shared(std::string_view key) -> bool {
    constexpr std::array<std::string_view, 3> shared{"data", "database", "tombstones"};
    return std::find(shared.begin(), shared.end(), key) != shared.end();
}

auto keys_of_its_own(CLI::App& command) -> std::vector<std::string> {
    std::vector<std::string> keys;
    for (const auto* option : command.get_options()) {
        for (const auto& key : option->get_lnames()) {
            if (!is_shared(key)) keys.push_back(key);
        }
    }
    return keys;
}

auto config_of(const CLI::App& command) -> std::string {
    const auto& given = command.get_option(config_flag)->results();
    return config_file(given.empty() ? std::string() : given.front());
}

}  // namespace

void add_data(CLI::App& command, std::filesystem::path& data, const std::string& words) {
    command.add_option(data_flag, data, words + " [" + variable_of("data") + "]");
    // What it was given is asked of the option itself, by fill_installation.
    command.add_option_function<std::string>(
        config_flag, [](const std::string&) {},
        "the server's configuration file, which says what has no flag of these: data, database, "
        "tombstones [" +
            variable_of("config") + "]");
}

// By environment, too: what stands in a command line, all accounts of a machine can read.
void add_database(CLI::App& command, std::string& database) {
    command
        .add_option("--database", database,
                    "sqlite:FILE, or postgresql://USER@HOST/NAME to share it between servers; "
                    "pcc.sqlite in the data folder when not given")
        ->envname(variable_of("database"));
}

auto fill_installation(CLI::App& command) -> Result<void, std::vector<std::string>> {
    using Faults = std::vector<std::string>;
    const auto file = config_of(command);
    auto effective = fill_from_layers(command, file, keys_of_its_own(command), Unknown::PassedOver);
    if (!effective) return failed(std::move(effective.error()));
    if (auto fault = secrecy_fault(file, *effective); !fault.empty()) {
        return failed(Faults{std::move(fault)});
    }
    if (command.get_option(data_flag)->count() > 0) return {};
    return failed(Faults{"data: it has to be given, with --data or by --config FILE."});
}

}  // namespace pcc::server
