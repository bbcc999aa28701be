#include "server/cli/data_folder.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/accounts.hpp"
#include "server/files.hpp"
#include "server/keys/fingerprints.hpp"

namespace pcc::server {

namespace fs = std::filesystem;

auto database_file(const fs::path& folder) -> fs::path {
    return folder / "pcc.sqlite";
}

auto keys_file(const fs::path& folder) -> fs::path {
    return folder / "pcc.keys";
}

auto ends_place(const fs::path& option, const fs::path& folder, const DatabasePlace& place)
    -> EndsPlace {
    const auto file = fs::absolute(option.empty() ? folder / "pcc.ends" : option);
    if (!place.is_shared()) return {file, {}};
    std::array<char, 256> host{};
    (void)::gethostname(host.data(), host.size() - 1);
    return {file, std::string(host.data()) + ":" + file.lexically_normal().string()};
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

auto DatabasePlace::name() const -> std::string {
    if (!is_shared()) return file.string();
    auto text = url.substr(0, url.find('?'));
    const auto begin = text.find("//") + 2;
    const auto end = text.find('@', begin);
    const auto colon = text.find(':', begin);
    if (end != std::string::npos && colon < end) text.erase(colon, end - colon);
    return text;
}

auto read_database_place(const std::string& option, const fs::path& folder)
    -> Result<DatabasePlace, std::string> {
    constexpr std::string_view sqlite = "sqlite:";
    if (option.empty()) return DatabasePlace{database_file(folder), {}};
    if (option.rfind("postgresql://", 0) == 0 || option.rfind("postgres://", 0) == 0) {
        return DatabasePlace{{}, option};
    }
    if (option.rfind(sqlite, 0) == 0 && option.size() > sqlite.size()) {
        return DatabasePlace{option.substr(sqlite.size()), {}};
    }
    return failed(std::string("--database says neither sqlite:FILE nor postgresql://..."));
}

auto open_store(const DatabasePlace& place, Instant now)
    -> Result<std::unique_ptr<Store>, StoreError> {
    if (place.is_shared()) return open_postgres_store(place.url, now);
    return open_sqlite_store(place.file.string(), now);
}

auto is_empty_database(const DatabasePlace& place, Instant now) -> Result<bool, std::string> {
    std::error_code ignored;
    if (!place.is_shared()) return !fs::exists(place.file, ignored);
    const auto store = open_store(place, now);
    if (!store) return failed(explain(store.error(), place));
    const auto any = has_organizations(**store);
    if (!any) return failed(any.error().message);
    return !*any;
}

auto open_keys(const fs::path& folder, bool database_is_empty, RandomSource& random)
    -> Result<Keys, std::string> {
    const auto path = keys_file(folder);
    std::error_code ignored;
    const bool fresh = database_is_empty && !fs::exists(path, ignored);
    auto keys = fresh ? Keys::create(path.string(), random) : Keys::load(path.string());
    if (!keys) return failed(keys.error().message);
    return std::move(*keys);
}

auto open_data_folder(const fs::path& folder, const DatabasePlace& place, RandomSource& random,
                      Instant now) -> Result<DataFolder, std::string> {
    const auto empty = is_empty_database(place, now);
    if (!empty) return failed(empty.error());
    auto keys = open_keys(folder, *empty, random);
    if (!keys) return failed(keys.error());
    auto store = open_store(place, now);
    if (!store) return failed(explain(store.error(), place));
    keys->use_as_of((*store)->about(now));
    return meet({std::move(*keys), std::move(*store)}, place);
}

auto meet(DataFolder folder, const DatabasePlace& place) -> Result<DataFolder, std::string> {
    const auto fault = meet_keys(*folder.store, folder.keys, folder.keys.current_version());
    if (!fault) return failed(explain(fault.error(), place));
    if (*fault) return failed(**fault);
    return folder;
}

auto fault_of_account(const fs::path& folder) -> std::string {
    struct stat keys {};
    if (::stat(keys_file(folder).c_str(), &keys) != 0 || keys.st_uid == ::geteuid()) return {};
    const auto* owner = ::getpwuid(keys.st_uid);
    const auto name = owner != nullptr ? std::string(owner->pw_name) : std::to_string(keys.st_uid);
    return keys_file(folder).string() + " belongs to the account " + name +
           ". What this command writes, its server could not read. Run it as that account: runuser "
           "-u " +
           name + " -- pcc-server ...";
}

auto open_for_reading(const fs::path& folder, const std::string& database)
    -> Result<DataFolder, std::string> {
    const auto place = read_database_place(database, folder);
    if (!place) return failed(place.error());
    std::error_code ignored;
    if (!place->is_shared() && !fs::exists(place->file, ignored))
        return failed("There is no database at " + place->name() + ".");
    auto keys = Keys::load(keys_file(folder).string());
    if (!keys) return failed(keys.error().message);
    const auto never = instant_from_millis(0);
    auto store = place->is_shared()
                     ? open_postgres_store(place->url, never, {1, true, true})
                     : open_sqlite_store(place->file.string(), never, {1, true, true});
    if (!store) return failed(explain(store.error(), *place));
    return DataFolder{std::move(*keys), std::move(*store)};
}

auto write_private_file(const fs::path& file, std::string_view text) -> Result<void, std::string> {
    const auto part = file.string() + ".part";
    ::unlink(part.c_str());
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool done = descriptor >= 0 && write_and_sync(descriptor, text);
    if (descriptor >= 0) done = ::close(descriptor) == 0 && done;
    done = done && ::rename(part.c_str(), file.c_str()) == 0;
    if (done) return {};
    const std::string reason = std::strerror(errno);
    ::unlink(part.c_str());
    return failed("The file " + file.string() + " cannot be written (" + reason + ").");
}

auto explain(const StoreError& error, const DatabasePlace& place) -> std::string {
    const auto database = "the database " + place.name();
    switch (error.kind) {
        case StoreError::Kind::NewerSchema:
            return "Pcc-server of a later version wrote " + database +
                   ". Start that version, or choose another database.";
        case StoreError::Kind::OlderSchema:
            return "An earlier version of pcc-server wrote " + database +
                   ". Start this version on it once, which brings it up to date, then try again.";
        case StoreError::Kind::ClockBehind:
            return (place.is_shared() ? std::string("The database server's")
                                      : std::string("This machine's")) +
                   " clock is behind the time at which " + database +
                   " was last used. Set the clock, then start again.";
        case StoreError::Kind::InUse:
        case StoreError::Kind::EndsNotKept: return error.message;
        case StoreError::Kind::Busy:
        case StoreError::Kind::Constraint:
        case StoreError::Kind::Unavailable: break;
    }
    return "The database " + place.name() + " cannot be used: " + error.message;
}

}  // namespace pcc::server
