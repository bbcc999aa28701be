// Sign-ins as they are kept: found by the hash of their cookie, never by the cookie itself.
// Layer: server. Says when a session lives; asks nobody's role.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/base/timestamp.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

// Source: reference/security.md, decision table.
inline constexpr std::chrono::minutes session_idle{30};
inline constexpr std::chrono::hours session_longest{12};
inline constexpr std::chrono::minutes password_proof{5};

struct SessionRow {
    SessionId id;
    OrganizationId organization;
    UserId user;
    Instant created_at;
    Instant last_seen_at;
    Instant expires_at;
    Instant proven_at;  // when the password was given last
    std::optional<Instant> ended_at;
    std::string cookie_hash = {};
};

/// When it ended as seen at `now`: by hand, by its longest life or by idling; nothing while it
/// lives.
auto end_of(const SessionRow& session, Instant now) -> std::optional<Instant>;
auto is_live(const SessionRow& session, Instant now) -> bool;
/// Sessions seen later than this have not idled out.
auto idle_since(Instant now) -> Instant;

void insert_session(Transaction& tx, const SessionRow& session, const std::string& cookie_hash);
auto find_session(Transaction& tx, const OrganizationId& organization, const SessionId& id)
    -> std::optional<SessionRow>;
/// Whose cookie gives one of these hashes.
auto find_session_by_cookie(Transaction& tx, const std::vector<std::string>& hashes)
    -> std::optional<SessionRow>;
/// Says that this will be asked.
void foresee_session_by_cookie(Transaction& tx, const std::vector<std::string>& hashes);
/// Moves a live session's idle time on; one that has ended stays ended.
void touch_session(Transaction& tx, const SessionRow& session, Instant now);
void prove_session(Transaction& tx, const SessionRow& session, Instant now);
/// False where it had ended already.
auto end_session(Transaction& tx, const SessionRow& session, Instant now) -> bool;

}  // namespace pcc::server
