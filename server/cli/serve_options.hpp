// What `pcc-server serve` can be told: by flag, environment and file, and checked before it starts.
// Layer: server/cli. Reads words and one file; opens no socket and no database.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "server/cli/layers.hpp"
#include "server/log/log.hpp"
#include "server/proxies.hpp"

namespace pcc::server {

struct ServeOptions {
    std::string host = "127.0.0.1";
    int port = 8080;
    std::filesystem::path data;
    std::string database;  // empty: a SQLite file in the data folder
    std::filesystem::path console;
    std::optional<std::filesystem::path> ready_file;
    bool demo = false;
    bool behind_tls = false;  // also where proxies are trusted
    Networks trusted_proxies;
    std::filesystem::path tls_cert;  // empty: plain HTTP
    std::filesystem::path tls_key;
    std::string metrics_listen;        // ADDRESS:PORT; empty: no metrics
    std::filesystem::path tombstones;  // empty: the file in the data folder
    LogFormat log_format = LogFormat::Json;
    LogLevel log_level = LogLevel::Info;
    std::chrono::seconds stop_wait{0};  // unready before it drains

    auto has_tls() const -> bool { return !tls_cert.empty(); }
    /// Whether the browser's side of the connection is encrypted.
    auto is_secure() const -> bool { return has_tls() || behind_tls || !is_loopback(host); }
};

/// What was said, before it is checked.
struct ServeWords {
    ServeOptions options;
    std::string config;
    bool print_config = false;
    std::vector<std::string> trusted_proxies;
    std::string log_format = "json";
    std::string log_level = "info";
    int stop_wait = 0;  // Units: seconds
};

void describe_serve(CLI::App& app, ServeWords& words);

/// The options in effect, or the text of `--print-config`; `words` are those that `app` was
/// described with, and are spent. Errors: all that is wrong, a sentence each, with the file and
/// line, the variable or the flag.
auto finish_serve(CLI::App& app, ServeWords& words)
    -> Result<std::variant<ServeOptions, std::string>, std::vector<std::string>>;

}  // namespace pcc::server
