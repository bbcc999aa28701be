// `pcc-server migrate`: a SQLite database moved to PostgreSQL, once and for all.
// Layer: server/cli. Opens both and puts what happened into words; copies nothing itself.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/base/result.hpp"
#include "core/base/timestamp.hpp"

namespace pcc::server {

struct MigrateOptions {
    std::filesystem::path data;
    std::string from;
    std::string to;
};

/// Moves all rows, or none. The source is renamed to `<file>.moved` afterwards, so that no server
/// opens it by mistake: what ends from then on ends in the target alone. The keys stay.
/// Errors: a sentence, when a server has the source open, the target holds data, either is of
/// another version, or the keys are not there.
auto migrate_database(const MigrateOptions& options, Instant now,
                      const std::function<void(const std::string&)>& say)
    -> Result<void, std::string>;

}  // namespace pcc::server
