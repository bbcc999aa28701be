#include "server/transport/tls_files.hpp"

#include <memory>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace pcc::server {
namespace {

auto reason() -> std::string {
    const auto code = ERR_peek_last_error();
    const char* text = ERR_reason_error_string(code);
    ERR_clear_error();
    return text == nullptr ? "it is no PEM file" : text;
}

}  // namespace

auto why_no_tls(const TlsFiles& files) -> std::optional<std::string> {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (!context) return "TLS cannot be set up (" + reason() + ").";
    const auto certificate = files.certificate.string();
    if (SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str()) != 1) {
        return "The certificate " + certificate + " cannot be used (" + reason() + ").";
    }
    const auto key = files.key.string();
    if (SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(context.get()) != 1) {
        return "The private key " + key + " cannot be used with the certificate " + certificate +
               " (" + reason() + ").";
    }
    return std::nullopt;
}

}  // namespace pcc::server
