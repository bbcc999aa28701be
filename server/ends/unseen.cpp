#include "server/ends/unseen.hpp"

#include <fstream>
#include <sstream>
#include <system_error>

#include "server/store/end_marks.hpp"

namespace pcc::server {
namespace {

namespace fs = std::filesystem;

auto name_in(const fs::path& path, const Keys& keys) -> std::string {
    std::ifstream in(path, std::ios::binary);
    std::string first;
    std::getline(in, first);
    std::istringstream heading(first + '\n');
    return read_ends(heading, keys, [](const EndLine&) {}).name;
}

auto ask_what_was_seen(Store& store, const std::string& ledger) -> Result<SeenMarks, StoreError> {
    auto tx = store.read();
    if (!tx) return failed(std::move(tx.error()));
    SeenMarks seen(**tx, ledger);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return seen;
}

}  // namespace

auto read_unseen(Store& store, const Keys& keys, const fs::path& path)
    -> Result<Unseen, StoreError> {
    Unseen unseen;
    std::error_code ignored;
    unseen.is_missing = !fs::exists(path, ignored);
    if (unseen.is_missing) {
        unseen.file.fault = "it is missing";
        return unseen;
    }
    const auto seen = ask_what_was_seen(store, name_in(path, keys));
    if (!seen) return failed(seen.error());
    std::ifstream in(path, std::ios::binary);
    unseen.file = read_ends(in, keys, [&](const EndLine& line) {
        if (!seen->has(line.number)) unseen.lines.push_back(line);
    });
    if (in.bad()) unseen.file.fault = "it cannot be read";
    return unseen;
}

void leave_out_seen(Transaction& tx, Unseen& unseen) {
    const SeenMarks seen(tx, unseen.file.name);
    std::erase_if(unseen.lines, [&seen](const EndLine& line) { return seen.has(line.number); });
}

}  // namespace pcc::server
