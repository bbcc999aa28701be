// How many tokens an organization has under each label, kept as they are written, so that no list
// is counted row by row. Layer: server. What is open here may have run out since: time is no write.
#pragma once

#include <string>
#include <string_view>

#include "core/access/access_token.hpp"
#include "server/store/transaction.hpp"

namespace pcc::server {

/// `tokens.kept_state`: the list that a token stands in, as it was last written.
enum class KeptState { Deleted = 0, Ended = 1, Open = 2 };

/// As it stands in a statement. Not as one of its values: SQLite prepares a statement anew for each
/// value that decides whether a partial index may be used.
inline auto kept(KeptState state) -> std::string {
    return std::to_string(static_cast<int>(state));
}

/// When a token of `tokens t` ends or did; what has no end comes last. To the letter what the index
/// is over, and without COALESCE, which PostgreSQL keeps behind the wall.
inline constexpr std::string_view token_end_key =
    "CASE WHEN t.ended_at IS NOT NULL THEN t.ended_at WHEN t.expires_at IS NOT NULL THEN "
    "t.expires_at ELSE 9000000000000000 END";
/// When it was last used; what never was comes first. As above.
inline constexpr std::string_view token_used_key =
    "CASE WHEN t.last_used_at IS NOT NULL THEN t.last_used_at ELSE -1 END";

/// What a list is sorted by, as a page under one label has it: the same, in other words, so that no
/// index is used but that of the label, which begins with it and goes on in this order.
inline auto key_under_label(std::string_view key) -> std::string {
    return "CASE WHEN t.kept_state >= 0 THEN " + std::string(key) + " ELSE 0 END";
}

/// What a search looks through besides the Token ID's shown parts and the handle, folded. Many
/// tokens have the same: it tells who generated them, for how long, and who used them last.
auto label_of(const access::AccessToken& token) -> std::string;

/// Counts a token that is written for the first time.
void count_generated(Transaction& tx, const OrganizationId& organization, const std::string& label);
/// Before it is written as ended, where it was not; before it is taken out of the lists.
void count_ended(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle);
void count_deleted(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle);
/// Before it is written under another label.
void count_relabelled(Transaction& tx, const OrganizationId& organization,
                      const TokenHandle& handle, const std::string& label);
/// Of open ones under a label that many are written as ended.
void count_ended(Transaction& tx, const OrganizationId& organization, const std::string& label,
                 long long many);

}  // namespace pcc::server
