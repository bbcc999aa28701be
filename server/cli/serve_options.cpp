#include "server/cli/serve_options.hpp"

#include <utility>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "server/cli/data_folder.hpp"

namespace pcc::server {
namespace {

using Faults = std::vector<std::string>;

const std::vector<std::string> apart = {"help", "config", "print-config"};

auto network_fault(const std::string& text) -> std::string {
    return read_network(text) ? "" : text + " is no address or network such as 10.0.0.0/8";
}

auto file_fault(const std::string& text) -> std::string {
    return ::access(text.c_str(), R_OK) == 0 ? "" : "the file " + text + " cannot be read";
}

auto host_fault(const std::string& text) -> std::string {
    const bool known = text == "localhost" || read_address(text);
    return known ? "" : text + " is no IP address such as 127.0.0.1";
}

auto database_fault(const std::string& text) -> std::string {
    const auto place = read_database_place(text, {});
    return place ? "" : "it says neither sqlite:FILE nor postgresql://...";
}

auto listen_fault(const std::string& text) -> std::string {
    const auto colon = text.rfind(':');
    if (colon != std::string::npos) {
        auto host = text.substr(0, colon);
        if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
        const auto port = text.substr(colon + 1);
        const bool digits = !port.empty() && port.size() < 6 &&
                            port.find_first_not_of("0123456789") == std::string::npos;
        if (read_address(host) && digits && std::stoi(port) > 0 && std::stoi(port) < 65536) {
            return "";
        }
    }
    return text + " is no address with a port, such as 127.0.0.1:9464";
}

void describe_listening(CLI::App& app, ServeWords& words) {
    auto& options = words.options;
    app.add_option("--host", options.host,
                   "IP address to listen on; others than 127.0.0.1 need TLS, here or in front")
        ->capture_default_str()
        ->check(host_fault);
    app.add_option("--port", options.port, "where to listen")
        ->capture_default_str()
        ->check(CLI::Range(1, 65535));
}

void describe_tls(CLI::App& app, ServeWords& words) {
    auto& options = words.options;
    app.add_option("--tls-cert", options.tls_cert,
                   "certificate chain in PEM: TLS is spoken here; read again at SIGHUP")
        ->check(file_fault);
    app.add_option("--tls-key", options.tls_key, "its private key in PEM")->check(file_fault);
    app.add_option("--trusted-proxy", words.trusted_proxies,
                   "address or network of TLS proxies in front, several by commas: their "
                   "X-Forwarded-For and -Proto are believed")
        ->delimiter(',')
        ->check(network_fault);
    app.add_flag("--behind-tls", options.behind_tls,
                 "a TLS proxy stands in front: cookies are sent back over https only");
}

void describe_watching(CLI::App& app, ServeWords& words) {
    app.add_option("--metrics-listen", words.options.metrics_listen,
                   "ADDRESS:PORT at which Prometheus finds /metrics; nowhere when not given")
        ->check(listen_fault);
    app.add_option("--log-format", words.log_format, "of the log on standard error")
        ->capture_default_str()
        ->check(CLI::IsMember({"json", "text"}));
    app.add_option("--log-level", words.log_level, "the least that is logged")
        ->capture_default_str()
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
    app.add_option("--stop-wait", words.stop_wait,
                   "seconds from SIGTERM, in which it is unready but answers, to the draining")
        ->capture_default_str()
        ->check(CLI::Range(0, 3600));
}

/// What no option can know of itself.
auto faults_between(const ServeOptions& options) -> Faults {
    Faults faults;
    if (options.data.empty()) faults.push_back("data: it has to be given.");
    if (options.tls_cert.empty() != options.tls_key.empty()) {
        faults.push_back("tls-cert, tls-key: one is of no use without the other.");
    }
    const bool covered = options.has_tls() || options.behind_tls;
    if (!covered && !is_loopback(options.host)) {
        faults.push_back("host: " + options.host +
                         " can be reached by others, and passwords would go there in the clear. "
                         "Give tls-cert and tls-key, or where a TLS proxy stands in front, "
                         "trusted-proxy or behind-tls.");
    }
    return faults;
}

auto options_of(ServeWords words) -> ServeOptions {
    auto options = std::move(words.options);
    if (options.host == "localhost") options.host = "127.0.0.1";
    for (const auto& text : words.trusted_proxies)
        options.trusted_proxies.push_back(*read_network(text));
    if (!options.trusted_proxies.empty()) options.behind_tls = true;
    options.log_format = words.log_format == "text" ? LogFormat::Text : LogFormat::Json;
    options.log_level = read_log_level(words.log_level).value_or(LogLevel::Info);
    options.stop_wait = std::chrono::seconds(words.stop_wait);
    return options;
}

}  // namespace

void describe_serve(CLI::App& app, ServeWords& words) {
    auto& options = words.options;
    describe_listening(app, words);
    app.add_option("--data", options.data,
                   "folder of the keys, and of the database where it is SQLite");
    app.add_option("--database", options.database,
                   "sqlite:FILE, or postgresql://USER@HOST/NAME to share it between servers; "
                   "pcc.sqlite in the data folder when not given")
        ->check(database_fault);
    app.add_option("--tombstones", options.tombstones,
                   "file in which this server keeps what ended, best on another disk than the "
                   "database; pcc.ends in the data folder when not given");
    app.add_option("--console", options.console, "folder of the built console");
    describe_tls(app, words);
    describe_watching(app, words);
    app.add_option("--ready-file", options.ready_file,
                   "written once the server answers: address and demo accounts");
    app.add_flag("--demo", options.demo,
                 "make demo data at the first start, and print its accounts");
    app.add_option("--config", words.config,
                   "file of key = value lines, the keys being the names of these options");
    mention_variables(app);
    app.add_flag("--print-config", words.print_config,
                 "print what is in effect, and where each value is from, and do nothing else");
}

auto finish_serve(CLI::App& app, ServeWords& words)
    -> Result<std::variant<ServeOptions, std::string>, std::vector<std::string>> {
    words.config = config_file(words.config);
    auto effective = fill_from_layers(app, words.config, apart);
    if (!effective) return failed(std::move(effective.error()));
    if (auto fault = secrecy_fault(words.config, *effective); !fault.empty()) {
        return failed(Faults{std::move(fault)});
    }
    auto options = options_of(std::move(words));
    if (auto faults = faults_between(options); !faults.empty()) return failed(std::move(faults));
    if (words.print_config) return print_effective(*effective);
    return options;
}

}  // namespace pcc::server
