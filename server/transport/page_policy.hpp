// What a page of the console may load and do.
// Layer: server/transport. Reads the page's text; knows no answer.
#pragma once

#include <string>
#include <string_view>

namespace pcc::server {

/// The Content-Security-Policy for a page with this text: files of its own origin, and what stands
/// in the text itself, which is named by its hash. Source: CSP 3; reference/canvas-web-app.md,
/// "Page security".
auto page_policy(std::string_view html) -> std::string;

}  // namespace pcc::server
