#include "server/files.hpp"

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace pcc::server {

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

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

auto create_file(const std::string& path, std::string_view text) -> Descriptor {
    // Under a name that nobody else has, until all of it is there.
    auto part = path + ".XXXXXX";
    Descriptor file(::mkostemp(part.data(), O_APPEND | O_CLOEXEC));
    if (file.number() < 0) return file;
    const bool made = ::flock(file.number(), LOCK_EX | LOCK_NB) == 0 &&
                      write_and_sync(file.number(), text) &&
                      ::link(part.c_str(), path.c_str()) == 0;
    const auto reason = errno;
    ::unlink(part.c_str());
    errno = reason;
    if (!made || !sync_folder_of(path)) return Descriptor(-1);
    return file;
}

auto sync_at(const std::string& path) -> bool {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return file.number() >= 0 && ::fsync(file.number()) == 0;
}

auto sync_folder_of(const std::string& path) -> bool {
    const auto slash = path.rfind('/');
    return sync_at(slash == std::string::npos ? std::string(".") : path.substr(0, slash + 1));
}

}  // namespace pcc::server
