#include "server/files.hpp"

#include <cerrno>

#include <unistd.h>

namespace pcc::server {

auto write_all(int file, std::string_view text) -> bool {
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

auto write_and_sync(int file, std::string_view text) -> bool {
    return write_all(file, text) && ::fsync(file) == 0;
}

}  // namespace pcc::server
