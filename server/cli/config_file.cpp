#include "server/cli/config_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include <CLI/CLI.hpp>

namespace pcc::server {
namespace {

auto is_blank(const std::string& line) -> bool {
    const auto first = line.find_first_not_of(" \t\r");
    return first == std::string::npos || line[first] == '#' || line[first] == ';';
}

// CLI11 takes a # for a comment wherever it stands.
auto has_quoted_hash(const std::string& line) -> bool {
    char quote = 0;
    for (const char c : line) {
        if (quote != 0 && c == '#') return true;
        if (quote == 0 && c == '#') return false;
        if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
        } else if (c == quote) {
            quote = 0;
        }
    }
    return false;
}

auto has_open_bracket(const std::string& line) -> bool {
    return line.find('[') != std::string::npos && line.find(']') == std::string::npos;
}

/// One line with something on it. Errors: a sentence without its beginning.
auto read_line(const std::string& line) -> Result<Setting, std::string> {
    if (line.find('=') == std::string::npos) {
        return failed(std::string("this is no setting; one is written as key = value."));
    }
    if (has_quoted_hash(line)) {
        return failed(
            std::string("a # within quotes is not read. In an address, %23 stands for it."));
    }
    if (has_open_bracket(line)) return failed(std::string("a list has to end on the same line."));
    std::istringstream text(line);
    const auto items = CLI::ConfigTOML().from_config(text);
    if (items.size() != 1 || items.front().name.empty() || !items.front().parents.empty()) {
        return failed(std::string("this is no setting; one is written as key = value."));
    }
    auto values = items.front().inputs;
    values.erase(std::remove(values.begin(), values.end(), std::string()), values.end());
    return Setting{items.front().name, std::move(values), 0};
}

auto first_of(const std::vector<Setting>& settings, const std::string& key) -> int {
    const auto found = std::find_if(settings.begin(), settings.end(),
                                    [&](const Setting& other) { return other.key == key; });
    return found == settings.end() ? 0 : found->line;
}

}  // namespace

auto read_config_file(const std::filesystem::path& file)
    -> Result<std::vector<Setting>, std::vector<std::string>> {
    std::ifstream in(file);
    std::error_code ignored;
    if (!in || std::filesystem::is_directory(file, ignored)) {
        const std::string reason = in ? std::strerror(EISDIR) : std::strerror(errno);
        return failed(std::vector<std::string>{"The configuration file " + file.string() +
                                               " cannot be read (" + reason + ")."});
    }
    std::vector<Setting> settings;
    std::vector<std::string> faults;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (is_blank(line)) continue;
        const auto place = file.string() + ":" + std::to_string(number) + ": ";
        auto setting = read_line(line);
        if (!setting) {
            faults.push_back(place + setting.error());
        } else if (const int before = first_of(settings, setting->key); before > 0) {
            faults.push_back(place + setting->key + " was set in line " + std::to_string(before) +
                             " already.");
        } else {
            setting->line = number;
            settings.push_back(std::move(*setting));
        }
    }
    if (!faults.empty()) return failed(std::move(faults));
    return settings;
}

}  // namespace pcc::server
