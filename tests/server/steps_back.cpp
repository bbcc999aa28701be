#include "tests/server/steps_back.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "tests/server/database.hpp"

namespace pcc::test {
namespace {

void undo_tags(server::Transaction& tx) {
    tx.execute(
        "CREATE TABLE network_tags (organization_id TEXT NOT NULL, network_id TEXT NOT NULL, "
        "position INTEGER NOT NULL, tag TEXT NOT NULL)");
    const auto networks = tx.query("SELECT organization_id, id, tags FROM networks");
    for (const auto& row : networks) {
        auto rest = row.text(2);
        for (int position = 0; !rest.empty(); ++position) {
            const auto end = std::min(rest.find('\n'), rest.size());
            tx.execute("INSERT INTO network_tags VALUES ($1, $2, $3, $4)",
                       {row.text(0), row.text(1), position, rest.substr(0, end)});
            rest.erase(0, end + 1);
        }
    }
    tx.execute("ALTER TABLE networks DROP COLUMN tags");
}

void undo_network_list(server::Transaction& tx) {
    tx.execute("DROP INDEX networks_listed");
    tx.execute("CREATE INDEX networks_name ON networks (organization_id, name_folded, id)");
}

void undo_assumption_orders(server::Transaction& tx) {
    for (const std::string index : {"engineer_ends", "started", "ends"})
        tx.execute("DROP INDEX assumptions_" + index);
}

void undo_label_orders(server::Transaction& tx) {
    for (const std::string index : {"label", "label_ends", "label_used"})
        tx.execute("DROP INDEX tokens_" + index);
    tx.execute("CREATE INDEX tokens_label ON tokens (organization_id, label, kept_state, id)");
}

void undo_needs(server::Transaction& tx) {
    tx.execute("ALTER TABLE schema_migrations DROP COLUMN needs");
}

void undo_lists(server::Transaction& tx) {
    tx.execute("ALTER TABLE tokens ADD COLUMN search_text TEXT NOT NULL DEFAULT ''");
    tx.execute(
        "UPDATE tokens SET search_text = lower(hint) || CAST($1 AS TEXT) || id || "
        "CAST($1 AS TEXT) || label",
        {"\n"});
    tx.execute("ALTER TABLE organizations ADD COLUMN token_count BIGINT NOT NULL DEFAULT 0");
    tx.execute("DROP TABLE token_labels");
    for (const std::string index :
         {"generated", "ends", "used", "label", "first_shown", "last_shown", "running"}) {
        tx.execute("DROP INDEX tokens_" + index);
    }
    tx.execute("DROP INDEX audit_events_token");
    for (const std::string column : {"label", "first_shown", "last_shown", "kept_state"})
        tx.execute("ALTER TABLE tokens DROP COLUMN " + column);
    for (const std::string index : {"generated", "ends", "used"})
        tx.execute("CREATE INDEX tokens_" + index + " ON tokens (id)");
}

}  // namespace

void go_back_to_step(server::Store& store, int step) {
    REQUIRE(step >= 8);
    auto tx = change(store);
    if (step < 14) undo_network_list(*tx);
    if (step < 13) undo_assumption_orders(*tx);
    if (step < 12) undo_label_orders(*tx);
    if (step < 11) undo_tags(*tx);
    if (step < 10) undo_needs(*tx);
    if (step < 9) undo_lists(*tx);
    tx->execute("DELETE FROM schema_migrations WHERE number > $1", {step});
    REQUIRE(tx->finish().has_value());
}

}  // namespace pcc::test
