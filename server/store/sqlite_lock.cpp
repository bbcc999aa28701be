#include "server/store/sqlite_lock.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace pcc::server {

SqliteLock::~SqliteLock() {
    if (file_ >= 0) ::close(file_);
}

auto SqliteLock::take(const std::string& path) -> Result<void, StoreError> {
    file_ = ::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) {
        return failed(StoreError{
            StoreError::Kind::Unavailable,
            "The database " + path + " cannot be opened: " + std::strerror(errno) + "."});
    }
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        return failed(
            StoreError{StoreError::Kind::InUse,
                       "Another server uses the database " + path +
                           ". Stop it first, or give this one another folder with --data."});
    }
    return {};
}

}  // namespace pcc::server
