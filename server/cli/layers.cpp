#include "server/cli/layers.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <CLI/CLI.hpp>

namespace pcc::server {
namespace {

using Faults = std::vector<std::string>;

auto key_of(const CLI::Option& option) -> std::string {
    return option.get_lnames().empty() ? std::string() : option.get_lnames().front();
}

auto takes_part(const CLI::Option& option, const std::vector<std::string>& apart) -> bool {
    const auto key = key_of(option);
    return !key.empty() && std::find(apart.begin(), apart.end(), key) == apart.end();
}

auto is_flag(const CLI::Option& option) -> bool {
    return option.get_items_expected_max() == 0;
}

auto is_list(const CLI::Option& option) -> bool {
    return option.get_items_expected_max() > 1;
}

auto environment(const std::string& key) -> std::string {
    const char* value = std::getenv(variable_of(key).c_str());
    return value == nullptr ? std::string() : std::string(value);
}

/// What CLI11 says, which begins with the flag, with the key in its place.
auto in_words(const CLI::Option& option, const std::string& said) -> std::string {
    const auto flag = "--" + key_of(option);
    if (said.rfind(flag, 0) != 0) return key_of(option) + ": " + said + ".";
    return key_of(option) + said.substr(flag.size()) + ".";
}

/// Hands a value to the option, which checks and keeps it. Errors: a sentence.
auto apply(CLI::Option& option, std::vector<std::string> values) -> Result<void, std::string> {
    const auto key = key_of(option);
    if (values.empty()) return failed(key + ": there is no value.");
    if (values.size() > 1 && !is_list(option)) {
        return failed(key + ": one value is expected, not " + std::to_string(values.size()) + ".");
    }
    if (is_flag(option) && values.front() != "true" && values.front() != "false") {
        return failed(key + ": it is true or false.");
    }
    try {
        option.add_result(std::move(values));
        option.run_callback();
    } catch (const CLI::ParseError& error) {
        return failed(in_words(option, error.what()));
    }
    return {};
}

auto values_in_effect(const CLI::Option& option) -> std::vector<std::string> {
    if (option.count() > 0) return option.results();
    if (is_flag(option)) return {"false"};
    const auto otherwise = option.get_default_str();
    if (otherwise.empty() || otherwise == "\"\"" || otherwise == "[]") return {};
    return {otherwise};
}

/// The value of one option, from wherever it is. Errors: a sentence that begins with the place.
auto fill(CLI::Option& option, const std::string& file, const std::vector<Setting>& settings)
    -> Result<Effective, std::string> {
    const auto key = key_of(option);
    Effective effective{key, {}, "default", is_flag(option), is_list(option)};
    const auto set = std::find_if(settings.begin(), settings.end(),
                                  [&](const Setting& setting) { return setting.key == key; });
    const auto of_environment = environment(key);
    Result<void, std::string> applied;
    if (option.count() > 0) {
        effective.origin = "flag";
    } else if (!of_environment.empty()) {
        effective.origin = "environment " + variable_of(key);
        applied = apply(option, {of_environment});
        if (!applied) return failed(variable_of(key) + ": " + applied.error());
    } else if (set != settings.end()) {
        effective.origin = file + ":" + std::to_string(set->line);
        applied = apply(option, set->values);
        if (!applied) return failed(effective.origin + ": " + applied.error());
    }
    effective.values = values_in_effect(option);
    return effective;
}

void look_for_unknown(const CLI::App& app, const std::string& file,
                      const std::vector<Setting>& settings, const std::vector<std::string>& apart,
                      Faults& faults) {
    for (const auto& setting : settings) {
        const auto* option = app.get_option_no_throw("--" + setting.key);
        if (option != nullptr && takes_part(*option, apart)) continue;
        faults.push_back(file + ":" + std::to_string(setting.line) + ": there is no setting \"" +
                         setting.key + "\".");
    }
}

auto quoted(const std::string& text) -> std::string {
    return '"' + text + '"';
}

auto is_bare(const std::string& text) -> bool {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](unsigned char c) { return std::isdigit(c) != 0; });
}

auto value_text(const Effective& option) -> std::string {
    if (option.is_flag) return option.values.front();
    if (!option.is_list) {
        const auto value = without_passwords(option.values.front());
        return is_bare(value) ? value : quoted(value);
    }
    std::string all;
    for (const auto& value : option.values)
        all += (all.empty() ? "" : ", ") + quoted(value);
    return "[" + all + "]";
}

}  // namespace

auto variable_of(const std::string& key) -> std::string {
    std::string name = "PCC_";
    for (const char c : key)
        name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return name;
}

void mention_variables(CLI::App& app) {
    for (auto* option : app.get_options()) {
        if (!takes_part(*option, {"help"})) continue;
        option->description(option->get_description() + " [" + variable_of(key_of(*option)) + "]");
    }
}

auto config_file(const std::string& given) -> std::string {
    return given.empty() ? environment("config") : given;
}

auto fill_from_layers(CLI::App& app, const std::string& file, const std::vector<std::string>& apart,
                      Unknown unknown) -> Result<std::vector<Effective>, std::vector<std::string>> {
    std::vector<Setting> settings;
    if (!file.empty()) {
        auto read = read_config_file(file);
        if (!read) return failed(std::move(read.error()));
        settings = std::move(*read);
    }
    Faults faults;
    if (unknown == Unknown::Refused) look_for_unknown(app, file, settings, apart, faults);
    std::vector<Effective> all;
    for (auto* option : app.get_options()) {
        if (!takes_part(*option, apart)) continue;
        auto effective = fill(*option, file, settings);
        if (effective) {
            all.push_back(std::move(*effective));
        } else {
            faults.push_back(std::move(effective.error()));
        }
    }
    if (!faults.empty()) return failed(std::move(faults));
    return all;
}

auto secrecy_fault(const std::string& file, const std::vector<Effective>& effective)
    -> std::string {
    namespace fs = std::filesystem;
    const bool has_password =
        std::any_of(effective.begin(), effective.end(), [&](const Effective& option) {
            return option.origin.rfind(file + ":", 0) == 0 && !option.values.empty() &&
                   without_passwords(option.values.front()) != option.values.front();
        });
    std::error_code ignored;
    const auto open_to = fs::status(file, ignored).permissions() & fs::perms::others_read;
    if (!has_password || open_to == fs::perms::none) return {};
    return file +
           ": a password stands in it, and others may read it. Forbid that: chmod o= " + file;
}

auto print_effective(const std::vector<Effective>& options) -> std::string {
    constexpr std::size_t width = 44;
    std::string text;
    for (const auto& option : options) {
        auto line = option.values.empty() ? "# " + option.key + " is not set"
                                          : option.key + " = " + value_text(option);
        line.resize(std::max(line.size() + 1, width), ' ');
        text += line + "# " + option.origin + "\n";
    }
    return text;
}

auto without_passwords(std::string text) -> std::string {
    const auto scheme = text.find("://");
    if (scheme == std::string::npos) return text;
    const auto begin = scheme + 3;
    const auto end = text.find('@', begin);
    const auto colon = text.find(':', begin);
    if (end != std::string::npos && colon < end) text.replace(colon + 1, end - colon - 1, "***");
    constexpr std::string_view name = "password=";
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
        at += name.size();
        text.replace(at, std::min(text.find('&', at), text.size()) - at, "***");
    }
    return text;
}

}  // namespace pcc::server
