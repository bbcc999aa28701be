#include "server/cli/data_folder.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pcc::server {
namespace {

namespace fs = std::filesystem;

// All of the text, synced; false with errno set where that failed.
auto write_all(int file, std::string_view text) -> bool {
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return fsync(file) == 0;
}

}  // namespace

auto database_file(const fs::path& folder) -> fs::path {
    return folder / "pcc.sqlite";
}

auto keys_file(const fs::path& folder) -> fs::path {
    return folder / "pcc.keys";
}

auto prepare_data_folder(const fs::path& folder) -> Result<void, std::string> {
    std::error_code error;
    const bool existed = fs::is_directory(folder, error);
    if (!existed) {
        fs::create_directories(folder, error);
        if (!error) fs::permissions(folder, fs::perms::owner_all, error);
    }
    if (!fs::is_directory(folder) || ::access(folder.c_str(), W_OK | X_OK) != 0) {
        const std::string reason = error ? error.message() : std::strerror(errno);
        return failed("The data folder " + folder.string() + " cannot be written (" + reason +
                      "). Choose another one with --data, or allow this account to write there.");
    }
    return {};
}

auto open_keys(const fs::path& folder, RandomSource& random) -> Result<Keys, std::string> {
    const auto path = keys_file(folder);
    std::error_code ignored;
    const bool fresh = !fs::exists(path, ignored) && !fs::exists(database_file(folder), ignored);
    auto keys = fresh ? Keys::create(path.string(), random) : Keys::load(path.string());
    if (!keys) return failed(keys.error().message);
    return std::move(*keys);
}

auto open_data_folder(const fs::path& folder, RandomSource& random, Instant now)
    -> Result<DataFolder, std::string> {
    auto keys = open_keys(folder, random);
    if (!keys) return failed(keys.error());
    auto store = open_sqlite_store(database_file(folder).string(), now);
    if (!store) return failed(explain(store.error(), folder));
    return DataFolder{std::move(*keys), std::move(*store)};
}

auto write_private_file(const fs::path& file, std::string_view text) -> Result<void, std::string> {
    const auto part = file.string() + ".part";
    ::unlink(part.c_str());
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool done = descriptor >= 0 && write_all(descriptor, text);
    if (descriptor >= 0) done = ::close(descriptor) == 0 && done;
    done = done && ::rename(part.c_str(), file.c_str()) == 0;
    if (done) return {};
    const std::string reason = std::strerror(errno);
    ::unlink(part.c_str());
    return failed("The file " + file.string() + " cannot be written (" + reason + ").");
}

auto explain(const StoreError& error, const fs::path& folder) -> std::string {
    switch (error.kind) {
        case StoreError::Kind::NewerSchema:
            return "The database in " + folder.string() +
                   " was written by a later version of this "
                   "program. Start that version, or choose another folder with --data.";
        case StoreError::Kind::ClockBehind:
            return "This machine's clock is behind the time at which the database in " +
                   folder.string() + " was last used. Set the clock, then start again.";
        case StoreError::Kind::InUse:
            return "Another server has the database in " + folder.string() +
                   " open. Stop it, or "
                   "choose another folder with --data.";
        case StoreError::Kind::Busy:
        case StoreError::Kind::Constraint:
        case StoreError::Kind::Unavailable: break;
    }
    return "The database in " + folder.string() + " cannot be used: " + error.message + ".";
}

}  // namespace pcc::server
