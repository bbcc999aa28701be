#include "server/store/end_marks.hpp"

#include <algorithm>

namespace pcc::server {

void mark_end(Transaction& tx, const std::string& ledger, long long number) {
    tx.execute("INSERT INTO end_marks (ledger, number) VALUES ($1, $2)", {ledger, number});
    constexpr long long sweep = 1024;
    if (number % sweep != 0) return;
    tx.execute("DELETE FROM end_marks WHERE ledger = $1 AND number < $2",
               {ledger, number - marks_kept});
}

void register_ledger(Transaction& tx, const KnownLedger& ledger) {
    const auto known = tx.execute("UPDATE end_ledgers SET place = $2 WHERE name = $1",
                                  {ledger.name, ledger.place});
    if (known != 0 || tx.has_failed()) return;
    tx.execute("INSERT INTO end_ledgers (name, place) VALUES ($1, $2)",
               {ledger.name, ledger.place});
    mark_end(tx, ledger.name, 0);
}

void forget_ledger(Transaction& tx, const std::string& name) {
    tx.execute("DELETE FROM end_marks WHERE ledger = $1", {name});
    tx.execute("DELETE FROM end_ledgers WHERE name = $1", {name});
}

auto known_ledgers(Transaction& tx) -> std::vector<KnownLedger> {
    std::vector<KnownLedger> all;
    const auto rows = tx.query(
        "SELECT l.name, l.place, COALESCE(MAX(m.number), 0) FROM end_ledgers l "
        "LEFT JOIN end_marks m ON m.ledger = l.name GROUP BY l.name, l.place ORDER BY l.name");
    for (const auto& row : rows)
        all.push_back({row.text(0), row.text(1), row.number(2)});
    return all;
}

SeenMarks::SeenMarks(Transaction& tx, const std::string& ledger) {
    for (const auto& row : tx.query("SELECT number FROM end_marks WHERE ledger = $1", {ledger}))
        numbers_.insert(row.number(0));
    if (!numbers_.empty()) newest_ = *numbers_.rbegin();
}

auto read_lock(Transaction& tx) -> std::optional<std::string> {
    const auto row = tx.query_one("SELECT reason FROM installation_locks WHERE id = 1");
    if (!row) return std::nullopt;
    return row->text(0);
}

void write_lock(Transaction& tx, const std::string& reason) {
    remove_lock(tx);
    tx.execute("INSERT INTO installation_locks (id, reason) VALUES (1, $1)", {reason});
}

void remove_lock(Transaction& tx) {
    tx.execute("DELETE FROM installation_locks WHERE id = 1");
}

auto is_being_restored(Transaction& tx) -> bool {
    if (tx.dialect() == Dialect::Sqlite) return false;
    const auto row = tx.query_one("SELECT to_regclass('restore_in_progress') IS NOT NULL");
    return !row || row->flag(0);
}

void end_restore(Transaction& tx) {
    if (is_being_restored(tx)) tx.execute("DROP TABLE restore_in_progress");
}

}  // namespace pcc::server
