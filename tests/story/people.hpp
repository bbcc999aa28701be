// The two people of the help article, and what they do in most stories.
// Layer: tests.
#pragma once

#include <string>

#include "tests/story/town.hpp"

namespace pcc::story {

/// Ana's tab, signed in, on the Generated Tokens List.
auto admin_tab(Town& town) -> Tab&;
/// Sam's tab, signed in, on Assume User.
auto engineer_tab(Town& town) -> Tab&;
/// Generates as a person does, and returns the Token ID from the clipboard.
auto generate(Tab& admin, const std::string& validity = "2 Hours") -> std::string;
auto hint_of(const std::string& token_id) -> std::string;
void assume(Tab& engineer, const std::string& token_id);

}  // namespace pcc::story
