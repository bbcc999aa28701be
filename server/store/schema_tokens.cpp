// The step that makes lists and searches of tokens cost the same, however many there are.
// Layer: server. Part of store/migrations.hpp.
#include "server/store/migrations.hpp"

namespace pcc::server {

/// Three columns stand in the place of the text that was searched as a whole: what many tokens have
/// in common, and the two parts of the Token ID that are shown. What the lists go through is kept
/// apart by the state that was last written, so that a page of one state passes no row of another.
auto token_lists(int number) -> Migration {
    return {
        number,
        {
            "ALTER TABLE tokens ADD COLUMN label TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE tokens ADD COLUMN first_shown TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE tokens ADD COLUMN last_shown TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE tokens ADD COLUMN kept_state INTEGER NOT NULL DEFAULT 0",
            "DROP INDEX tokens_ends",
            "DROP INDEX tokens_generated",
            "DROP INDEX tokens_used",
            // The text that was searched: hint, handle, and then the label, a line each.
            "UPDATE tokens SET label = substr(search_text, length(hint) + length(id) + 3), "
            "first_shown = lower(substr(hint, 5, 4)), last_shown = lower(substr(hint, 10, 4)), "
            "kept_state = CASE WHEN deleted_at IS NOT NULL THEN 0 "
            "WHEN ended_at IS NOT NULL OR sealed = '' THEN 1 ELSE 2 END",
            "ALTER TABLE tokens DROP COLUMN search_text",
            "ALTER TABLE organizations DROP COLUMN token_count",
            "CREATE INDEX tokens_generated ON tokens (organization_id, kept_state, generated_at, "
            "id, "
            "ended_at, expires_at)",
            "CREATE INDEX tokens_ends ON tokens (organization_id, kept_state, "
            "(CASE WHEN ended_at IS NOT NULL THEN ended_at WHEN expires_at IS NOT NULL THEN "
            "expires_at ELSE 9000000000000000 END), id)",
            "CREATE INDEX tokens_used ON tokens (organization_id, kept_state, "
            "(CASE WHEN last_used_at IS NOT NULL THEN last_used_at ELSE -1 END), id)",
            "CREATE INDEX tokens_label ON tokens (organization_id, label, kept_state, id)",
            "CREATE INDEX tokens_first_shown ON tokens (organization_id, first_shown, last_shown, "
            "kept_state, id)",
            "CREATE INDEX tokens_last_shown ON tokens (organization_id, last_shown, kept_state, "
            "id)",
            "CREATE INDEX tokens_running ON tokens (expires_at, organization_id) "
            "WHERE kept_state = 2",
            "CREATE TABLE token_labels (organization_id TEXT NOT NULL "
            "REFERENCES organizations (id), label TEXT NOT NULL, token_count BIGINT NOT NULL, "
            "open_count BIGINT NOT NULL, PRIMARY KEY (organization_id, label))",
            "INSERT INTO token_labels (organization_id, label, token_count, open_count) "
            "SELECT organization_id, label, COUNT(*), SUM(CASE WHEN kept_state = 2 THEN 1 ELSE 0 "
            "END) FROM tokens WHERE kept_state > 0 GROUP BY organization_id, label",
            // What was done with one token, among all that was ever done.
            "CREATE INDEX audit_events_token ON audit_events (organization_id, token_id, sequence)",
        },
        wall("token_labels")};
}

/// Programs of the step before use the first of these, too.
auto token_label_orders(int number) -> Migration {
    const auto under_label = [](const std::string& name, const std::string& key) {
        return "CREATE INDEX " + name +
               " ON tokens (organization_id, label, kept_state, (CASE WHEN kept_state >= 0 THEN " +
               key + " ELSE 0 END), id)";
    };
    return {number,
            {
                "DROP INDEX tokens_label",
                under_label("tokens_label", "generated_at"),
                under_label("tokens_label_ends",
                            "CASE WHEN ended_at IS NOT NULL THEN ended_at WHEN expires_at IS NOT "
                            "NULL THEN expires_at ELSE 9000000000000000 END"),
                under_label("tokens_label_used",
                            "CASE WHEN last_used_at IS NOT NULL THEN last_used_at ELSE -1 END"),
            },
            {},
            number - 1};
}

}  // namespace pcc::server
