// Requests to the backend: SendHttp and AbortHttp carried out with the browser's fetch.
// Layer: web/platform. Adds the address of the backend and nothing else; JavaScript half in
// fetch.js.
#pragma once

#include "core/app/effect.hpp"

namespace pcc::platform {

/// -> HttpReplied, or HttpFailed when no answer came; nothing after an abort.
void carry_out(const app::SendHttp& send);
void carry_out(const app::AbortHttp& abort);

/// Headers as lines `Name: value`, the form in which they cross the boundary.
auto read_header_lines(const std::string& lines) -> api::Headers;

}  // namespace pcc::platform
