#include "server/ends/held_file.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace pcc::server {

auto HeldFile::open(const std::string& path) -> Result<std::optional<HeldFile>, StoreError> {
    HeldFile held(path, Descriptor(::open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC)));
    if (held.number() < 0 && errno == ENOENT) return std::nullopt;
    if (held.number() < 0) return failed(held.fault("cannot be opened"));
    if (auto done = held.hold(); !done) return failed(std::move(done.error()));
    return held;
}

auto HeldFile::create(const std::string& path, std::string_view text)
    -> Result<HeldFile, StoreError> {
    HeldFile held(path, create_file(path, text));
    if (held.number() >= 0) return held;
    if (errno == EEXIST) return failed(held.in_use());
    return failed(held.fault("cannot be made"));
}

auto HeldFile::hold() const -> Result<void, StoreError> {
    if (::flock(number(), LOCK_EX | LOCK_NB) == 0) {
        if (is_at_its_path()) return {};
    } else if (errno != EWOULDBLOCK) {
        return failed(fault("cannot be held"));
    }
    return failed(in_use());
}

/// Another may have renamed it after it was opened, and before it was held.
auto HeldFile::is_at_its_path() const -> bool {
    struct stat held {};
    struct stat named {};
    return ::fstat(number(), &held) == 0 && ::stat(path_.c_str(), &named) == 0 &&
           held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

auto HeldFile::in_use() const -> StoreError {
    return {StoreError::Kind::InUse,
            "Another server writes the file of ends " + path_ +
                ". Stop it first, or give each server a file of its own with --tombstones."};
}

auto HeldFile::fault(const std::string& what) const -> StoreError {
    return {StoreError::Kind::EndsNotKept,
            "The file of ends " + path_ + " " + what + ": " + std::strerror(errno) + "."};
}

}  // namespace pcc::server
