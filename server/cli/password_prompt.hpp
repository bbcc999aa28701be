// A password from a person at a terminal, or from a program through a pipe.
// Layer: server/cli. Judges nothing and keeps nothing.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/base/secret.hpp"

namespace pcc::server {

/// At a terminal asked for twice, without showing it; otherwise the first line of standard input.
/// Errors: a sentence, when nothing came or the two differ.
auto ask_password(const std::string& whose) -> Result<Secret, std::string>;

}  // namespace pcc::server
