// What is said once the server answers: to the person at the terminal, and to scripts.
// Layer: server/cli. The only place that shows demo passwords.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/demo/demo_accounts.hpp"

namespace pcc::server {

/// `http://127.0.0.1:8080`; with brackets for an IPv6 address, https where it speaks TLS itself.
auto server_url(const std::string& host, int port, bool tls) -> std::string;

/// `{"url","accounts":[{"role","email","password","organization"}]}`.
auto ready_json(const std::string& url, const std::vector<DemoAccount>& accounts) -> std::string;

/// Address, demo accounts where there are any, and how to stop.
auto ready_text(const std::string& url, const std::vector<DemoAccount>& accounts) -> std::string;

}  // namespace pcc::server
