// The steps of the schema. A step that has been released is never changed: a new one is added. What
// replaces something comes in two steps, of two releases: the first adds, keeps both in step, and
// names the programs that it `needs`; the second takes away what only those used.
// Layer: server. Every key begins with the organization, so that no row is found without it.
#include "server/store/migrations.hpp"

namespace pcc::server {
namespace {

const Migration people{
    1,
    {
        "CREATE TABLE clock_marks (id INTEGER NOT NULL PRIMARY KEY, high_water BIGINT NOT NULL)",
        "INSERT INTO clock_marks (id, high_water) VALUES (1, 0)",

        "CREATE TABLE organizations (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, "
        "created_at BIGINT NOT NULL, disabled_at BIGINT)",

        "CREATE TABLE users (organization_id TEXT NOT NULL REFERENCES organizations (id), "
        "id TEXT NOT NULL, email TEXT NOT NULL, email_folded TEXT NOT NULL UNIQUE, "
        "name TEXT NOT NULL, role TEXT NOT NULL, may_write INTEGER NOT NULL, "
        "password_hash TEXT NOT NULL, created_at BIGINT NOT NULL, disabled_at BIGINT, "
        "PRIMARY KEY (organization_id, id))",

        "CREATE TABLE sessions (organization_id TEXT NOT NULL, id TEXT NOT NULL, "
        "user_id TEXT NOT NULL, cookie_hash TEXT NOT NULL UNIQUE, created_at BIGINT NOT NULL, "
        "last_seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, proven_at BIGINT NOT NULL, "
        "ended_at BIGINT, PRIMARY KEY (organization_id, id), "
        "FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id))",

        "CREATE TABLE throttles (name TEXT NOT NULL PRIMARY KEY, failures INTEGER NOT NULL, "
        "since BIGINT NOT NULL, blocked_until BIGINT NOT NULL, forget_at BIGINT NOT NULL)",
        "CREATE INDEX throttles_forget ON throttles (forget_at)",

        "CREATE TABLE idempotency (organization_id TEXT NOT NULL, user_id TEXT NOT NULL, "
        "key_hash TEXT NOT NULL, call TEXT NOT NULL, body_hash TEXT NOT NULL, "
        "made_id TEXT NOT NULL, created_at BIGINT NOT NULL, "
        "PRIMARY KEY (organization_id, user_id, key_hash), "
        "FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id))",
        "CREATE INDEX idempotency_age ON idempotency (created_at)",
    }};

const Migration access_tokens{
    2,
    {
        "CREATE TABLE tokens (organization_id TEXT NOT NULL REFERENCES organizations (id), "
        "id TEXT NOT NULL, hint TEXT NOT NULL, lookup TEXT NOT NULL UNIQUE, "
        "key_version INTEGER NOT NULL, sealed TEXT NOT NULL, validity TEXT NOT NULL, "
        "generated_at BIGINT NOT NULL, expires_at BIGINT, "
        "generated_by TEXT NOT NULL, generated_by_name TEXT NOT NULL, "
        "ended_at BIGINT, ended_by TEXT, ended_by_name TEXT, end_reason TEXT, deleted_at BIGINT, "
        "last_used_at BIGINT, last_used_by TEXT, use_count INTEGER NOT NULL, "
        "search_text TEXT NOT NULL, PRIMARY KEY (organization_id, id), "
        "FOREIGN KEY (organization_id, generated_by) REFERENCES users (organization_id, id))",
        "CREATE INDEX tokens_generated ON tokens (organization_id, generated_at, id)",

        "CREATE TABLE assumptions (organization_id TEXT NOT NULL, id TEXT NOT NULL UNIQUE, "
        "token_id TEXT NOT NULL, engineer_organization_id TEXT NOT NULL, "
        "engineer_id TEXT NOT NULL, session_id TEXT NOT NULL, started_at BIGINT NOT NULL, "
        "ends_at BIGINT NOT NULL, ended_at BIGINT, ended_by TEXT, ended_by_name TEXT, "
        "end_reason TEXT, change_count INTEGER NOT NULL, PRIMARY KEY (organization_id, id), "
        "FOREIGN KEY (organization_id, token_id) REFERENCES tokens (organization_id, id), "
        "FOREIGN KEY (engineer_organization_id, engineer_id) "
        "REFERENCES users (organization_id, id), "
        "FOREIGN KEY (engineer_organization_id, session_id) "
        "REFERENCES sessions (organization_id, id))",
        "CREATE INDEX assumptions_token ON assumptions (organization_id, token_id)",
        "CREATE INDEX assumptions_session ON assumptions (engineer_organization_id, session_id)",
        "CREATE INDEX assumptions_engineer ON assumptions (engineer_organization_id, engineer_id)",

        "CREATE TABLE audit_heads (organization_id TEXT NOT NULL PRIMARY KEY "
        "REFERENCES organizations (id), sequence BIGINT NOT NULL, hash TEXT NOT NULL)",

        "CREATE TABLE audit_events (organization_id TEXT NOT NULL REFERENCES organizations (id), "
        "sequence BIGINT NOT NULL, id TEXT NOT NULL, at BIGINT NOT NULL, actor_id TEXT NOT NULL, "
        "actor_name TEXT NOT NULL, actor_organization TEXT NOT NULL, on_behalf_of TEXT NOT NULL, "
        "assumption_id TEXT NOT NULL, token_id TEXT NOT NULL, action TEXT NOT NULL, "
        "target TEXT NOT NULL, summary TEXT NOT NULL, request_id TEXT NOT NULL, ip TEXT NOT NULL, "
        "actor_folded TEXT NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL, "
        "PRIMARY KEY (organization_id, sequence))",
    }};

const Migration networks{
    3,
    {
        "CREATE TABLE networks (organization_id TEXT NOT NULL REFERENCES organizations (id), "
        "id TEXT NOT NULL, name TEXT NOT NULL, name_folded TEXT NOT NULL, "
        "search_text TEXT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, "
        "PRIMARY KEY (organization_id, id))",
        "CREATE INDEX networks_name ON networks (organization_id, name_folded, id)",

        "CREATE TABLE network_tags (organization_id TEXT NOT NULL, network_id TEXT NOT NULL, "
        "position INTEGER NOT NULL, tag TEXT NOT NULL, "
        "PRIMARY KEY (organization_id, network_id, position), "
        "FOREIGN KEY (organization_id, network_id) REFERENCES networks (organization_id, id))",

        "CREATE TABLE access_points (organization_id TEXT NOT NULL, id TEXT NOT NULL, "
        "network_id TEXT NOT NULL, name TEXT NOT NULL, model TEXT NOT NULL, mac TEXT NOT NULL, "
        "online INTEGER NOT NULL, client_count INTEGER NOT NULL, restarted_at BIGINT, "
        "PRIMARY KEY (organization_id, id), "
        "FOREIGN KEY (organization_id, network_id) REFERENCES networks (organization_id, id))",
        "CREATE INDEX access_points_network ON access_points (organization_id, network_id)",

        "CREATE TABLE ssids (organization_id TEXT NOT NULL, id TEXT NOT NULL, "
        "network_id TEXT NOT NULL, name TEXT NOT NULL, enabled INTEGER NOT NULL, "
        "security TEXT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (organization_id, id), "
        "FOREIGN KEY (organization_id, network_id) REFERENCES networks (organization_id, id))",
        "CREATE INDEX ssids_network ON ssids (organization_id, network_id)",

        "CREATE TABLE user_networks (organization_id TEXT NOT NULL, user_id TEXT NOT NULL, "
        "network_id TEXT NOT NULL, PRIMARY KEY (organization_id, user_id, network_id), "
        "FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id), "
        "FOREIGN KEY (organization_id, network_id) REFERENCES networks (organization_id, id))",
    }};

const Migration checkpoints{
    5,
    {
        "ALTER TABLE audit_heads ADD COLUMN checkpoints BIGINT NOT NULL DEFAULT 0",
        "CREATE TABLE audit_checkpoints (organization_id TEXT NOT NULL "
        "REFERENCES organizations (id), number BIGINT NOT NULL, sequence BIGINT NOT NULL, "
        "hash TEXT NOT NULL, at BIGINT NOT NULL, key_version INTEGER NOT NULL, "
        "signature TEXT NOT NULL, PRIMARY KEY (organization_id, number))",
    },
    wall("audit_checkpoints")};

const Migration ends{
    6,
    {
        "CREATE TABLE end_ledgers (name TEXT NOT NULL PRIMARY KEY, place TEXT NOT NULL)",
        "CREATE TABLE end_marks (ledger TEXT NOT NULL REFERENCES end_ledgers (name), "
        "number BIGINT NOT NULL, PRIMARY KEY (ledger, number))",
        "CREATE TABLE installation_locks (id INTEGER NOT NULL PRIMARY KEY, reason TEXT NOT NULL)",
        "CREATE TABLE key_versions (version INTEGER NOT NULL PRIMARY KEY, "
        "fingerprint TEXT NOT NULL)",
    }};

/// From either side those that live are found by when they end, and all in the order they began.
const Migration assumption_orders{
    13,
    {
        "DROP INDEX assumptions_engineer",
        "CREATE INDEX assumptions_engineer ON assumptions "
        "(engineer_organization_id, engineer_id, started_at, id)",
        "CREATE INDEX assumptions_engineer_ends ON assumptions "
        "(engineer_organization_id, engineer_id, ends_at)",
        "CREATE INDEX assumptions_started ON assumptions (organization_id, started_at, id)",
        "CREATE INDEX assumptions_ends ON assumptions (organization_id, ends_at)",
    },
    {},
    11};

}  // namespace

auto migrations() -> const std::vector<Migration>& {
    static const std::vector<Migration> all{people,
                                            access_tokens,
                                            networks,
                                            walls(4),
                                            checkpoints,
                                            ends,
                                            network_sums(7),
                                            token_orders(8),
                                            token_lists(9),
                                            needed_programs(10),
                                            network_tags(11),
                                            token_label_orders(12),
                                            assumption_orders,
                                            network_list(14)};
    return all;
}

}  // namespace pcc::server
