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
#include "server/store/store.hpp"

namespace pcc::server {

struct DataFolder {
    Keys keys;
    std::unique_ptr<Store> store;
};

auto database_file(const std::filesystem::path& folder) -> std::filesystem::path;
auto keys_file(const std::filesystem::path& folder) -> std::filesystem::path;

/// Makes the folder, for this account alone, where there is none.
/// Errors: a sentence, when it cannot be made or written.
auto prepare_data_folder(const std::filesystem::path& folder) -> Result<void, std::string>;

/// The keys of a prepared folder, made where it has neither keys nor database.
/// Errors: a sentence, when they are missing, readable by others, or damaged.
auto open_keys(const std::filesystem::path& folder, RandomSource& random)
    -> Result<Keys, std::string>;

/// Database and keys of a prepared folder. Errors: a sentence.
auto open_data_folder(const std::filesystem::path& folder, RandomSource& random, Instant now)
    -> Result<DataFolder, std::string>;

/// Writes a file that only this account may read, whole or not at all. Errors: a sentence.
auto write_private_file(const std::filesystem::path& file, std::string_view text)
    -> Result<void, std::string>;

/// What a store could not do, in words for the person at the terminal.
auto explain(const StoreError& error, const std::filesystem::path& folder) -> std::string;

}  // namespace pcc::server
