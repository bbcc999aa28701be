// Certificate and key as they will be used, looked at before they are.
// Layer: server/transport. Opens no socket; the library that speaks TLS reads the files itself.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace pcc::server {

struct TlsFiles {
    std::filesystem::path certificate;  // the chain in PEM, the server's own first; empty: no TLS
    std::filesystem::path key;

    auto are_given() const -> bool { return !certificate.empty(); }
};

/// Why they cannot be used, as a sentence; nothing when they can.
auto why_no_tls(const TlsFiles& files) -> std::optional<std::string>;

}  // namespace pcc::server
