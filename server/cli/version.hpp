// The program's version.
// Layer: server/cli.
#pragma once

namespace pcc::server {

inline constexpr const char* version_number = "0.1.0";
inline constexpr const char* version_text = "pcc-server 0.1.0";

}  // namespace pcc::server
