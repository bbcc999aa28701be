// Text rules both sides share: what a name, a tag, an e-mail address or a search may hold.
// Layer: api. Trims and judges; knows no field of any form.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace pcc::api {

enum class TextFault { Empty, TooLong, NotUtf8, ControlCharacter };

auto is_utf8(std::string_view text) -> bool;
/// Units: code points; invalid bytes count one each.
auto code_point_count(std::string_view text) -> std::size_t;
/// The text without white space at either end. Errors: as TextFault says, in that order.
auto clean_text(std::string_view text, std::size_t longest) -> Result<std::string, TextFault>;
/// The name of an SSID, without white space at either end, at most 32 bytes. Errors: a sentence.
/// Source: IEEE 802.11, SSID element.
auto clean_ssid(std::string_view text) -> Result<std::string, std::string>;
/// The text in lower case for comparing; ASCII and Latin-1, Greek and Cyrillic capitals only.
auto fold_case(std::string_view text) -> std::string;
/// A sentence about the named field: `A network name cannot be empty.`
auto explain(TextFault fault, std::string_view what, std::size_t longest) -> std::string;

}  // namespace pcc::api
