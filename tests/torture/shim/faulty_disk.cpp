// A disk that fails when it is told to: loaded before the C library (LD_PRELOAD), for SQLite's
// files alone. Layer: tests. The file named by PCC_FAULTS holds a line `write|short|sync|read ERROR
// PERCENT`; where it is not there, nothing fails. Knows nothing of SQLite but the name of its
// files.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <sys/types.h>
#include <unistd.h>

#include "tests/torture/shim/real.hpp"

namespace {

struct Fault {
    std::string call;
    int error = 0;
    int percent = 0;
};

auto present_fault() -> Fault {
    const auto* path = std::getenv("PCC_FAULTS");
    if (path == nullptr) return {};
    auto* file = std::fopen(path, "re");
    if (file == nullptr) return {};
    char call[16] = "";
    char error[16] = "";
    int percent = 0;
    const int read = std::fscanf(file, "%15s %15s %d", call, error, &percent);
    std::fclose(file);
    if (read != 3) return {};
    return {call, std::strcmp(error, "ENOSPC") == 0 ? ENOSPC : EIO, percent};
}

auto is_database(int descriptor) -> bool {
    char link[64];
    char path[512];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    const auto length = ::readlink(link, path, sizeof path - 1);
    if (length <= 0) return false;
    path[length] = '\0';
    return std::strstr(path, "pcc.sqlite") != nullptr;
}

/// Whether this call fails now, with errno set.
auto fails(int descriptor, const char* call) -> bool {
    const auto fault = present_fault();
    if (fault.percent == 0 || fault.call != call || !is_database(descriptor)) return false;
    if (std::rand() % 100 >= fault.percent) return false;
    errno = fault.error;
    return true;
}

template <class Offset>
auto write_at(const char* name, int descriptor, const void* bytes, size_t count, Offset offset)
    -> ssize_t {
    using Write = ssize_t (*)(int, const void*, size_t, Offset);
    static const auto write = real<Write>(name);
    if (fails(descriptor, "write")) return -1;
    if (count > 1 && fails(descriptor, "short")) count /= 2;
    return write(descriptor, bytes, count, offset);
}

template <class Offset>
auto read_at(const char* name, int descriptor, void* bytes, size_t count, Offset offset)
    -> ssize_t {
    using Read = ssize_t (*)(int, void*, size_t, Offset);
    static const auto read = real<Read>(name);
    if (fails(descriptor, "read")) return -1;
    return read(descriptor, bytes, count, offset);
}

auto sync(const char* name, int descriptor) -> int {
    using Sync = int (*)(int);
    if (fails(descriptor, "sync")) return -1;
    return real<Sync>(name)(descriptor);
}

}  // namespace

extern "C" {

auto pwrite(int descriptor, const void* bytes, size_t count, off_t offset) -> ssize_t {
    return write_at("pwrite", descriptor, bytes, count, offset);
}
auto pwrite64(int descriptor, const void* bytes, size_t count, off64_t offset) -> ssize_t {
    return write_at("pwrite64", descriptor, bytes, count, offset);
}
auto pread(int descriptor, void* bytes, size_t count, off_t offset) -> ssize_t {
    return read_at("pread", descriptor, bytes, count, offset);
}
auto pread64(int descriptor, void* bytes, size_t count, off64_t offset) -> ssize_t {
    return read_at("pread64", descriptor, bytes, count, offset);
}
auto fsync(int descriptor) -> int {
    return sync("fsync", descriptor);
}
auto fdatasync(int descriptor) -> int {
    return sync("fdatasync", descriptor);
}
auto ftruncate(int descriptor, off_t length) -> int {
    using Truncate = int (*)(int, off_t);
    if (fails(descriptor, "write")) return -1;
    return real<Truncate>("ftruncate")(descriptor, length);
}
auto ftruncate64(int descriptor, off64_t length) -> int {
    using Truncate = int (*)(int, off64_t);
    if (fails(descriptor, "write")) return -1;
    return real<Truncate>("ftruncate64")(descriptor, length);
}
}
