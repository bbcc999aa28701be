#include "server/transport/page_policy.hpp"

#include "server/crypto/digest.hpp"

namespace pcc::server {
namespace {

// One with attributes has its text in a file.
auto hashes_of(std::string_view html, std::string_view element) -> std::string {
    const auto opening = "<" + std::string(element) + ">";
    const auto closing = "</" + std::string(element) + ">";
    std::string hashes;
    for (auto at = html.find(opening); at != std::string_view::npos; at = html.find(opening, at)) {
        at += opening.size();
        const auto end = html.find(closing, at);
        if (end == std::string_view::npos) break;
        hashes += " 'sha256-" + sha256_base64(html.substr(at, end - at)) + "'";
    }
    return hashes;
}

}  // namespace

auto page_policy(std::string_view html) -> std::string {
    return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'" + hashes_of(html, "script") +
           "; connect-src 'self'; style-src 'self'" + hashes_of(html, "style") +
           "; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; "
           "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
}

}  // namespace pcc::server
