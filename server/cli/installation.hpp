// Which installation a command is about: its data folder, its database and its file of ends, told
// by flags, by the environment, or by the server's own configuration file. Layer: server/cli.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace CLI {
class App;
}

namespace pcc::server {

struct Installation {
    std::filesystem::path data;
    std::string database;  // empty: a SQLite file in the data folder
};

/// The options that say where the data folder is, themselves or by the file they are written in.
void add_data(CLI::App& command, std::filesystem::path& data, const std::string& words);
/// The option that says where the database is, and its name in the environment.
void add_database(CLI::App& command, std::string& database);

/// Gives `data`, `database` and `tombstones` their value, where the command has them and no flag
/// did. What else stands in the file is for the server. Errors: sentences, as of fill_from_layers,
/// or that there is no data folder.
auto fill_installation(CLI::App& command) -> Result<void, std::vector<std::string>>;

}  // namespace pcc::server
