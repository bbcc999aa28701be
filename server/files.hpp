// Writing a file so that all of it is there, or it is known that it is not.
// Layer: server. Opens and names no file.
#pragma once

#include <string_view>

namespace pcc::server {

/// Hands all of the text to the system; false with errno set where that failed.
auto write_all(int file, std::string_view text) -> bool;
/// The same, and waits until the disk has it.
auto write_and_sync(int file, std::string_view text) -> bool;

}  // namespace pcc::server
