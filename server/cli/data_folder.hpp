// The data folder: the database and, in a file of its own, the keys; opened together or not at all.
// Layer: server/cli. Puts what went wrong into words; knows no table and no key.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/timestamp.hpp"
#include "server/crypto/keys.hpp"
#include "server/ends/reconcile.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

struct DataFolder {
    Keys keys;
    std::unique_ptr<Store> store;
};

/// Where the database is: a file of this server's own, or one that several servers share.
struct DatabasePlace {
    std::filesystem::path file;
    std::string url;  // of PostgreSQL; then there is no file

    auto is_shared() const -> bool { return !url.empty(); }
    /// For people: the file, or the address without its password.
    auto name() const -> std::string;
};

/// What `--database` says; the folder's own file where it says nothing. Errors: a sentence.
auto read_database_place(const std::string& option, const std::filesystem::path& folder)
    -> Result<DatabasePlace, std::string>;
auto open_store(const DatabasePlace& place, Instant now)
    -> Result<std::unique_ptr<Store>, StoreError>;

auto database_file(const std::filesystem::path& folder) -> std::filesystem::path;
auto keys_file(const std::filesystem::path& folder) -> std::filesystem::path;
/// Where a server keeps what ended: the option, or the folder's own file; and which server it is
/// among those that share a database.
auto ends_place(const std::filesystem::path& option, const std::filesystem::path& folder,
                const DatabasePlace& place) -> EndsPlace;

/// Makes the folder, for this account alone, where there is none.
/// Errors: a sentence, when it cannot be made or written.
auto prepare_data_folder(const std::filesystem::path& folder) -> Result<void, std::string>;

/// The keys of a prepared folder, made where neither they nor anything in the database are there.
/// Errors: a sentence, when they are missing, readable by others, or damaged.
auto open_keys(const std::filesystem::path& folder, bool database_is_empty, RandomSource& random)
    -> Result<Keys, std::string>;
/// Whether nothing was put into it yet. Errors: a sentence, when a shared one cannot be asked.
auto is_empty_database(const DatabasePlace& place, Instant now) -> Result<bool, std::string>;

/// Database and keys of a prepared folder. Errors: a sentence.
auto open_data_folder(const std::filesystem::path& folder, const DatabasePlace& place,
                      RandomSource& random, Instant now) -> Result<DataFolder, std::string>;

/// The same folder, where its keys are those that the database was used with. Errors: a sentence.
auto meet(DataFolder folder, const DatabasePlace& place) -> Result<DataFolder, std::string>;

/// A sentence where the keys there belong to another account than this one: what a command writes
/// beside them, their server could not read. Empty where all is well, or there are none.
auto fault_of_account(const std::filesystem::path& folder) -> std::string;

/// Keys and database for a command that changes nothing, also while a server runs. Errors: a
/// sentence.
auto open_for_reading(const std::filesystem::path& folder, const std::string& database)
    -> Result<DataFolder, std::string>;

/// Writes a file that only this account may read, whole or not at all. Errors: a sentence.
auto write_private_file(const std::filesystem::path& file, std::string_view text)
    -> Result<void, std::string>;

/// What a store could not do, in words for the person at the terminal.
auto explain(const StoreError& error, const DatabasePlace& place) -> std::string;

}  // namespace pcc::server
