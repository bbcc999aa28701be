#include "server/store/sqlite_copy.hpp"

#include <filesystem>
#include <memory>

#include <sqlite3.h>
#include <sys/stat.h>

#include "server/files.hpp"
#include "server/store/migrations.hpp"
#include "server/store/sqlite_lock.hpp"

namespace pcc::server {
namespace {

namespace fs = std::filesystem;
using Kind = StoreError::Kind;

struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using Database = std::unique_ptr<sqlite3, Close>;

auto fault(const std::string& words) -> tl::unexpected<StoreError> {
    return failed(StoreError{Kind::Unavailable, words});
}

auto fault_of(sqlite3* database, const std::string& path) -> tl::unexpected<StoreError> {
    return fault(path + ": " + sqlite3_errmsg(database) + ".");
}

/// One that neither writes the log into the file at its end, nor waits long for others.
auto open(const std::string& path, int flags) -> Result<Database, StoreError> {
    sqlite3* opened = nullptr;
    const auto code = sqlite3_open_v2(path.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    Database database(opened);
    if (code != SQLITE_OK) return fault_of(opened, path);
    sqlite3_busy_timeout(opened, 5000);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return database;
}

/// All pages in one step: as they stood at one moment, and nobody who writes has to wait.
auto copy(sqlite3* from, sqlite3* to, const std::string& path) -> Result<void, StoreError> {
    auto* work = sqlite3_backup_init(to, "main", from, "main");
    if (work == nullptr) return fault_of(to, path);
    const auto stepped = sqlite3_backup_step(work, -1);
    const auto finished = sqlite3_backup_finish(work);
    if (stepped == SQLITE_DONE && finished == SQLITE_OK) return {};
    return fault(path + ": " + sqlite3_errstr(stepped == SQLITE_DONE ? finished : stepped) + ".");
}

/// The first column of the first row, or empty.
auto ask(sqlite3* database, const char* sql) -> std::string {
    sqlite3_stmt* statement = nullptr;
    std::string answer;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        const auto* text = sqlite3_column_text(statement, 0);
        if (text != nullptr) answer = reinterpret_cast<const char*>(text);
    }
    sqlite3_finalize(statement);
    return answer;
}

/// None where the backup is of a time before they were kept.
auto key_prints(sqlite3* database) -> KeyPrints {
    sqlite3_stmt* statement = nullptr;
    KeyPrints prints;
    const auto* sql = "SELECT version, fingerprint FROM key_versions";
    if (sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) == SQLITE_OK) {
        while (sqlite3_step(statement) == SQLITE_ROW) {
            const auto* text = sqlite3_column_text(statement, 1);
            prints.emplace(sqlite3_column_int(statement, 0), reinterpret_cast<const char*>(text));
        }
    }
    sqlite3_finalize(statement);
    return prints;
}

auto run(sqlite3* database, const char* sql) -> bool {
    return sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

auto check_backup(sqlite3* database, const std::string& path) -> Result<void, StoreError> {
    if (ask(database, "PRAGMA integrity_check") != "ok") {
        return fault(path + " is not whole, or no SQLite database.");
    }
    const auto number = ask(database, "SELECT MAX(number) FROM schema_migrations");
    if (number.empty()) return fault(path + " is no backup of this program.");
    const auto newest = migrations().back().number;
    const auto needed = ask(database, step_needed);
    if (std::stol(number) > newest && (needed.empty() || std::stol(needed) > newest)) {
        return failed(StoreError{Kind::NewerSchema, path + " was made by a later version."});
    }
    return {};
}

/// The copy as one file that needs no log beside it.
auto copy_to_new(sqlite3* from, const std::string& part) -> Result<void, StoreError> {
    const auto to = open(part, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!to) return failed(to.error());
    if (auto copied = copy(from, to->get(), part); !copied) return copied;
    if (!run(to->get(), "PRAGMA journal_mode = DELETE")) return fault_of(to->get(), part);
    return {};
}

/// A file that is not there yet: what was kept before is kept on.
auto free_name(const std::string& wanted) -> std::string {
    std::error_code ignored;
    auto name = wanted;
    for (int number = 2; fs::exists(name, ignored); ++number)
        name = wanted + "-" + std::to_string(number);
    return name;
}

/// Byte by byte, for what no longer can be read as a database, with its log.
auto keep_bytes(const std::string& from, const std::string& to) -> Result<void, StoreError> {
    std::error_code error;
    fs::copy_file(from, to, error);
    if (!error && fs::exists(from + "-wal", error))
        fs::copy_file(from + "-wal", to + "-wal", error);
    if (!error && sync_at(to)) return {};
    for (const auto* ending : {"", "-wal"})
        fs::remove(to + ending, error);
    return fault(to + " cannot be written.");
}

/// A new file in place of one that cannot be written as a database. Its log goes before, which
/// would be taken for the new one's.
auto put_in_place(sqlite3* source, const std::string& to) -> Result<void, StoreError> {
    const auto part = to + ".part";
    std::error_code error;
    fs::remove(part, error);
    if (auto copied = copy_to_new(source, part); !copied) return copied;
    if (!sync_at(part)) return fault(part + " cannot be written.");
    for (const auto* ending : {"-wal", "-shm"})
        fs::remove(to + ending, error);
    fs::rename(part, to, error);
    if (error || !sync_folder_of(to)) return fault(to + " cannot be written.");
    return {};
}

class PrivateFiles {
  public:
    PrivateFiles() : mask_(::umask(077)) {}
    ~PrivateFiles() { ::umask(mask_); }
    PrivateFiles(const PrivateFiles&) = delete;
    auto operator=(const PrivateFiles&) -> PrivateFiles& = delete;

  private:
    mode_t mask_;
};

}  // namespace

auto back_up_sqlite(const std::string& from, const std::string& to) -> Result<void, StoreError> {
    const auto source = open(from, SQLITE_OPEN_READWRITE);
    if (!source) return failed(source.error());
    const auto part = to + ".part";
    std::error_code error;
    for (const auto* ending : {"", "-wal", "-shm", "-journal"})
        fs::remove(part + ending, error);
    const PrivateFiles private_files;
    const auto copied = copy_to_new(source->get(), part);
    if (!copied) {
        fs::remove(part, error);
        return copied;
    }
    if (!sync_at(part)) return fault(part + " cannot be written.");
    fs::rename(part, to, error);
    if (error || !sync_folder_of(to)) return fault(to + " cannot be written.");
    return {};
}

auto restore_sqlite(const std::string& from, const std::string& to, const MayRestore& may)
    -> Result<void, StoreError> {
    SqliteLock lock;
    if (auto taken = lock.take(to); !taken) return taken;
    const auto source = open(from, SQLITE_OPEN_READONLY);
    if (!source) return failed(source.error());
    if (auto checked = check_backup(source->get(), from); !checked) return checked;
    if (const auto why_not = may(key_prints(source->get()))) return fault(*why_not);
    const PrivateFiles private_files;
    std::error_code ignored;
    if (fs::exists(to, ignored)) {
        const auto kept = free_name(to + ".replaced");
        if (!back_up_sqlite(to, kept)) {
            if (auto done = keep_bytes(to, kept); !done) return done;
            return put_in_place(source->get(), to);
        }
    }
    const auto target = open(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!target) return failed(target.error());
    run(target->get(), "PRAGMA synchronous = FULL");
    return copy(source->get(), target->get(), to);
}

}  // namespace pcc::server
