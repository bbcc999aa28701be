// A file of ends as it was found, and what of it the database has not seen. Layer: server.
#pragma once

#include <filesystem>
#include <vector>

#include "server/ends/end_lines.hpp"
#include "server/store/store.hpp"

namespace pcc::server {

struct Unseen {
    EndFile file;
    std::vector<EndLine> lines;
    bool is_missing = false;
};

/// Reads the whole file. That takes seconds where it is long, so no transaction is open meanwhile.
/// Errors: of the database, which is asked before what it has seen.
auto read_unseen(Store& store, const Keys& keys, const std::filesystem::path& path)
    -> Result<Unseen, StoreError>;

/// Leaves out the lines that the database has seen since.
void leave_out_seen(Transaction& tx, Unseen& unseen);

}  // namespace pcc::server
