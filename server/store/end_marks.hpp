// Which numbers of which files of ends the database has seen, and whether the installation is
// locked. Layer: server. Three tables without organization; decides nothing.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/store/transaction.hpp"

namespace pcc::server {

/// Numbers so far behind the newest of a file are taken as seen: no transaction takes that long.
inline constexpr long long marks_kept = 4096;

struct KnownLedger {
    std::string name;
    std::string place;  // of the server that writes it; empty for the only server of a database
    long long newest = 0;
};

void mark_end(Transaction& tx, const std::string& ledger, long long number);
/// Also where it is known already; then it is at this place from now on.
void register_ledger(Transaction& tx, const KnownLedger& ledger);
void forget_ledger(Transaction& tx, const std::string& name);
auto known_ledgers(Transaction& tx) -> std::vector<KnownLedger>;

/// The numbers of a file that the database has not seen.
class SeenMarks {
  public:
    SeenMarks(Transaction& tx, const std::string& ledger);
    auto has(long long number) const -> bool {
        return number < newest_ - marks_kept || numbers_.count(number) == 1;
    }

  private:
    std::set<long long> numbers_;
    long long newest_ = 0;
};

/// Why nothing may be served; nothing where it may.
auto read_lock(Transaction& tx) -> std::optional<std::string>;
void write_lock(Transaction& tx, const std::string& reason);
void remove_lock(Transaction& tx);

/// What a backup of a shared database stands behind until it is known what has ended since: made
/// before it is put back, and taken away with the transaction that says so.
inline constexpr const char* begin_restore =
    "CREATE TABLE IF NOT EXISTS restore_in_progress (id INTEGER)";
auto is_being_restored(Transaction& tx) -> bool;
void end_restore(Transaction& tx);

}  // namespace pcc::server
