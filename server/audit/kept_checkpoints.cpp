#include "server/audit/kept_checkpoints.hpp"

#include <istream>
#include <ostream>
#include <sstream>

#include "server/audit/checkpointing.hpp"
#include "server/audit/verify.hpp"
#include "server/store/audit.hpp"

namespace pcc::server {
namespace {

constexpr const char* heading = "pcc-checkpoints 1";

/// What the database has to say to one line that was kept; empty where it agrees.
auto fault_of(Transaction& tx, const Checkpoint& kept) -> std::string {
    const auto links = audit_links(tx, kept.organization, kept.sequence - 1, 1);
    if (!links.empty() && links[0].sequence == kept.sequence &&
        links[0].entry.event.hash == kept.hash) {
        return {};
    }
    return kept.organization.value + ", event " + std::to_string(kept.sequence) +
           ": the audit is not the one whose checkpoint was kept on " + format_rfc3339(kept.at);
}

auto look_for(Store& store, const Checkpoint& kept) -> Result<std::string, StoreError> {
    auto tx = store.read();
    if (!tx) return failed(std::move(tx.error()));
    (*tx)->enter_all();
    auto fault = fault_of(**tx, kept);
    if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
    return fault;
}

}  // namespace

auto checkpoint_line(const Checkpoint& checkpoint) -> std::string {
    std::ostringstream line;
    line << checkpoint.organization.value << ' ' << checkpoint.number << ' ' << checkpoint.sequence
         << ' ' << checkpoint.hash << ' ' << millis_since_epoch(checkpoint.at) << ' '
         << checkpoint.signature.key_version << ' ' << checkpoint.signature.text;
    return line.str();
}

auto parse_checkpoint_line(const std::string& line) -> std::optional<Checkpoint> {
    std::istringstream words(line);
    Checkpoint read;
    long long at = 0;
    std::string more;
    words >> read.organization.value >> read.number >> read.sequence >> read.hash >> at >>
        read.signature.key_version >> read.signature.text;
    if (!words || words >> more) return std::nullopt;
    read.at = instant_from_millis(at);
    return read;
}

auto write_checkpoints(Store& store, std::ostream& out) -> Result<long long, StoreError> {
    out << heading << '\n';
    long long written = 0;
    for (OrganizationId after;;) {
        auto tx = store.read();
        if (!tx) return failed(std::move(tx.error()));
        (*tx)->enter_all();
        const auto next = next_organization(**tx, after);
        const auto last = next ? last_checkpoint(**tx, *next) : std::nullopt;
        if (auto finished = (*tx)->finish(); !finished) return failed(std::move(finished.error()));
        if (!next) return written;
        after = *next;
        if (!last) continue;
        out << checkpoint_line(*last) << '\n';
        ++written;
    }
}

auto compare_checkpoints(Store& store, const Keys& keys, std::istream& kept,
                         const std::function<void(const std::string&)>& found)
    -> Result<long long, StoreError> {
    std::string line;
    if (!std::getline(kept, line) || line != heading) {
        found("What was kept does not begin with \"" + std::string(heading) + "\"");
    }
    long long compared = 0;
    while (std::getline(kept, line)) {
        ++compared;
        const auto read = parse_checkpoint_line(line);
        if (!read || !is_signed(*read, keys)) {
            found("What was kept is damaged, or of other keys, in line " +
                  std::to_string(compared + 1));
            continue;
        }
        const auto fault = look_for(store, *read);
        if (!fault) return failed(fault.error());
        if (!fault->empty()) found(*fault);
    }
    return compared;
}

}  // namespace pcc::server
