// Where the value of each option comes from: its flag, else its variable of the environment, else
// the configuration file, else its default. Layer: server/cli. Knows no option by name; asks CLI11
// which there are and what they take.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/cli/config_file.hpp"

namespace CLI {
class App;
}

namespace pcc::server {

/// An option of the program as it is in effect.
struct Effective {
    std::string key;                  // `tls-cert`, as in the file
    std::vector<std::string> values;  // empty where there is none
    std::string origin;               // `flag`, `environment PCC_PORT`, `FILE:3`, `default`
    bool is_flag = false;             // it is true or false
    bool is_list = false;
};

/// The variable of an option: `PCC_TLS_CERT` for `tls-cert`.
auto variable_of(const std::string& key) -> std::string;

/// Names its variable in the help of each option.
void mention_variables(CLI::App& app);

/// The configuration file: the one that was given, else the one that `PCC_CONFIG` names.
auto config_file(const std::string& given) -> std::string;

/// What becomes of a setting that is none of the options.
enum class Unknown { Refused, PassedOver };

/// Gives the options that have no flag their value. Options named in `apart` take no part.
/// Errors: all that is wrong, a sentence each, which begins with its place; no value is repeated
/// that may be a secret.
auto fill_from_layers(CLI::App& app, const std::string& file, const std::vector<std::string>& apart,
                      Unknown unknown = Unknown::Refused)
    -> Result<std::vector<Effective>, std::vector<std::string>>;

/// A password in a file is for those alone who run the server. A sentence where others may read it.
auto secrecy_fault(const std::string& file, const std::vector<Effective>& effective) -> std::string;

/// The options as a file that could be read again, and where each value is from. Passwords in
/// addresses read `***`.
auto print_effective(const std::vector<Effective>& options) -> std::string;

/// A text without the passwords of the addresses in it.
auto without_passwords(std::string text) -> std::string;

}  // namespace pcc::server
