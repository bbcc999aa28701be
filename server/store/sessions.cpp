#include "server/store/sessions.hpp"

#include <algorithm>

#include "server/store/sql.hpp"

namespace pcc::server {
namespace {

constexpr const char* select_session =
    "SELECT id, organization_id, user_id, created_at, last_seen_at, expires_at, proven_at, "
    "ended_at, cookie_hash FROM sessions WHERE ";

auto read_session(const std::optional<Row>& row) -> std::optional<SessionRow> {
    if (!row) return std::nullopt;
    return SessionRow{row->id<SessionId>(0), row->id<OrganizationId>(1),
                      row->id<UserId>(2),    row->instant(3),
                      row->instant(4),       row->instant(5),
                      row->instant(6),       row->instant_or_nothing(7),
                      row->text(8)};
}

auto by_one_hash() -> const std::string& {
    static const auto sql = std::string(select_session) + "cookie_hash = $1";
    return sql;
}

auto by_hashes(const std::vector<std::string>& hashes) -> Sql {
    Sql sql(select_session);
    sql.add("1 = 1").add_in("cookie_hash", hashes);
    return sql;
}

}  // namespace

auto end_of(const SessionRow& session, Instant now) -> std::optional<Instant> {
    if (session.ended_at) return session.ended_at;
    const auto ends = std::min(session.expires_at, session.last_seen_at + session_idle);
    if (now >= ends) return ends;
    return std::nullopt;
}

auto is_live(const SessionRow& session, Instant now) -> bool {
    return !end_of(session, now);
}

auto idle_since(Instant now) -> Instant {
    return now - session_idle;
}

void insert_session(Transaction& tx, const SessionRow& session, const std::string& cookie_hash) {
    tx.execute(
        "INSERT INTO sessions (organization_id, id, user_id, cookie_hash, created_at, "
        "last_seen_at, expires_at, proven_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {session.organization.value, session.id.value, session.user.value, cookie_hash,
         session.created_at, session.last_seen_at, session.expires_at, session.proven_at});
}

auto find_session(Transaction& tx, const OrganizationId& organization, const SessionId& id)
    -> std::optional<SessionRow> {
    static const auto sql = std::string(select_session) + "organization_id = $1 AND id = $2";
    return read_session(tx.query_one(sql, {organization.value, id.value}));
}

auto find_session_by_cookie(Transaction& tx, const std::vector<std::string>& hashes)
    -> std::optional<SessionRow> {
    tx.show_keys(hashes);
    if (hashes.size() == 1) return read_session(tx.query_one(by_one_hash(), {hashes.front()}));
    const auto sql = by_hashes(hashes);
    return read_session(tx.query_one(sql.text(), sql.values()));
}

void foresee_session_by_cookie(Transaction& tx, const std::vector<std::string>& hashes) {
    tx.show_keys(hashes);
    if (hashes.size() == 1) return tx.foresee(by_one_hash(), {hashes.front()});
    const auto sql = by_hashes(hashes);
    sql.foresee(tx);
}

void touch_session(Transaction& tx, const SessionRow& session, Instant now) {
    tx.execute(
        "UPDATE sessions SET last_seen_at = $3 WHERE organization_id = $1 AND id = $2 "
        "AND ended_at IS NULL AND expires_at > $3 AND last_seen_at > $4 AND last_seen_at < $3",
        {session.organization.value, session.id.value, now, idle_since(now)});
}

void prove_session(Transaction& tx, const SessionRow& session, Instant now) {
    tx.execute("UPDATE sessions SET proven_at = $3 WHERE organization_id = $1 AND id = $2",
               {session.organization.value, session.id.value, now});
}

auto end_session(Transaction& tx, const SessionRow& session, Instant now) -> bool {
    const bool written = tx.execute(
                             "UPDATE sessions SET ended_at = $3 "
                             "WHERE organization_id = $1 AND id = $2 AND ended_at IS NULL",
                             {session.organization.value, session.id.value, now}) == 1;
    if (written) {
        tx.will_end(
            {end_of_what::session, session.organization, session.id.value, session.user, now});
    }
    return written;
}

}  // namespace pcc::server
