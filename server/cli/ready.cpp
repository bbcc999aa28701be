#include "server/cli/ready.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

namespace pcc::server {
namespace {

// JSON text. Source: RFC 8259, 7.
auto json_text(std::string_view text) -> std::string {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", c);
            out += escape.data();
        } else {
            out += c;
        }
    }
    return out + "\"";
}

auto padded(std::string text, std::size_t width) -> std::string {
    text.resize(std::max(width, text.size()), ' ');
    return text + "  ";
}

}  // namespace

auto server_url(const std::string& host, int port, bool tls) -> std::string {
    const bool is_six = host.find(':') != std::string::npos;
    return (tls ? "https://" : "http://") + (is_six ? "[" + host + "]" : host) + ":" +
           std::to_string(port);
}

auto ready_json(const std::string& url, const std::vector<DemoAccount>& accounts) -> std::string {
    std::string out = "{\"url\":" + json_text(url) + ",\"accounts\":[";
    bool first = true;
    for (const auto& account : accounts) {
        out += first ? "" : ",";
        first = false;
        out += "{\"role\":" + json_text(access::role_wire(account.role)) +
               ",\"email\":" + json_text(account.email) +
               ",\"password\":" + json_text(account.password.reveal()) +
               ",\"organization\":" + json_text(account.organization) + "}";
    }
    return out + "]}\n";
}

auto ready_text(const std::string& url, const std::vector<DemoAccount>& accounts) -> std::string {
    std::string out = "\nThe PCC console is ready: " + url + "\n";
    if (!accounts.empty()) out += "\nSign in with one of these demo accounts:\n";
    std::string organization;
    for (const auto& account : accounts) {
        if (account.organization != organization) out += "  " + account.organization + "\n";
        organization = account.organization;
        out += "    " + padded(access::role_label(account.role), 13) + padded(account.email, 34);
        out += account.password.reveal();
        out += "\n";
    }
    return out + "\nCtrl+C stops the server.\n";
}

}  // namespace pcc::server
