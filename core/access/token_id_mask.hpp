// Keeping a Token ID out of text that travels in the open, such as a search in an address.
// Layer: access. Judges no Token ID: parse_token_id does.
#pragma once

#include <string>
#include <string_view>

namespace pcc::access {

/// The text as it may stand in a URL: a Token ID, pasted whole or with its prefix missing, becomes
/// its hint, and of one that is cut or mistyped no more is left than a hint shows of its beginning.
/// Any other text comes back as it is.
auto mask_token_id(std::string_view text) -> std::string;

}  // namespace pcc::access
