#include "server/store/tokens.hpp"

#include <map>
#include <set>

#include "core/access/policy.hpp"
#include "core/api/text.hpp"
#include "server/store/assumptions.hpp"
#include "server/store/organizations.hpp"
#include "server/store/sessions.hpp"
#include "server/store/token_sums.hpp"

namespace pcc::server {
namespace {

auto select_token(Instant now) -> Sql {
    Sql sql(
        "SELECT t.id, t.organization_id, t.hint, t.validity, t.generated_at, t.expires_at, "
        "t.generated_by, t.generated_by_name, t.ended_at, t.ended_by, t.ended_by_name, "
        "t.end_reason, t.last_used_at, t.last_used_by, t.use_count, t.key_version, t.sealed, "
        "t.deleted_at, (SELECT COUNT(*) FROM assumptions a "
        "JOIN sessions s ON s.organization_id = a.engineer_organization_id AND s.id = a.session_id "
        "WHERE a.organization_id = t.organization_id AND a.token_id = t.id AND ");
    add_assumption_lives(sql, now);
    return sql.add(") FROM tokens t WHERE ");
}

/// When, by whom, their name, and why, from column `at` on.
auto read_end(const Row& row, std::size_t at) -> std::optional<access::TokenEnd> {
    if (row.is_null(at)) return std::nullopt;
    access::TokenEnd end;
    end.at = row.instant(at);
    if (!row.is_null(at + 1)) end.by = access::Person{row.id<UserId>(at + 1), row.text(at + 2)};
    end.reason = access::parse_end_reason(row.text(at + 3)).value_or(access::EndReason::Expired);
    return end;
}

auto read_token(const Row& row) -> StoredToken {
    StoredToken stored;
    auto& token = stored.token;
    token.handle = row.id<TokenHandle>(0);
    token.organization = row.id<OrganizationId>(1);
    token.hint = row.text(2);
    token.validity = access::read_validity(row.text(3)).value_or(access::Validity::of_hours(1));
    token.generated_at = row.instant(4);
    token.expires_at = row.instant_or_nothing(5);
    token.generated_by = {row.id<UserId>(6), row.text(7)};
    token.ended = read_end(row, 8);
    token.last_used_at = row.instant_or_nothing(12);
    if (!row.is_null(13)) token.last_used_by = row.text(13);
    token.use_count = static_cast<int>(row.number(14));
    token.live_count = static_cast<int>(row.number(18));
    stored.sealed = {static_cast<int>(row.number(15)), row.text(16)};
    stored.deleted_at = row.instant_or_nothing(17);
    return stored;
}

auto first_token(Transaction& tx, const Sql& sql) -> std::optional<StoredToken> {
    const auto row = tx.query_one(sql.text() + std::string(tx.lock_clause()), sql.values());
    if (!row) return std::nullopt;
    return read_token(*row);
}

/// A part of the hint, `pcc_7K2M…9Q4T`, as a search looks for it.
auto shown_of(const access::AccessToken& token, bool first) -> std::string {
    constexpr std::size_t before = 4;
    constexpr std::size_t length = 4;
    const auto& hint = token.hint;
    if (hint.size() < before + 2 * length) return {};
    return api::fold_case(first ? hint.substr(before, length) : hint.substr(hint.size() - length));
}

/// Those that ran out first. Whether there may be more.
auto write_some_run_out(Transaction& tx, const OrganizationId& organization, Instant now) -> bool {
    constexpr std::size_t most = 256;
    Sql found("SELECT t.id, t.label FROM tokens t WHERE ");
    found.add("t.organization_id = ? AND t.kept_state = ", {organization.value});
    found.add(kept(KeptState::Open)).add(" AND ");
    found.add(token_end_key).add(" <= ? ORDER BY ", {now}).add(token_end_key);
    found.add(" LIMIT ?", {static_cast<long long>(most)});
    std::vector<std::string> ids;
    std::map<std::string, long long> labels;
    for (const auto& row : found.query(tx)) {
        ids.push_back(row.text(0));
        ++labels[row.text(1)];
    }
    if (ids.empty()) return false;
    for (const auto& [label, many] : labels)
        count_ended(tx, organization, label, many);
    const bool more = ids.size() == most;
    Sql ended("UPDATE tokens SET sealed = '', kept_state = " + kept(KeptState::Ended) + " WHERE ");
    ended.add("organization_id = ?", {organization.value});
    ended.add_in_page("id", std::move(ids));
    tx.execute(ended.text(), ended.values());
    return more && !tx.has_failed();
}

}  // namespace

void insert_token(Transaction& tx, const access::AccessToken& token, const std::string& lookup,
                  const SealedTokenId& sealed) {
    const auto label = label_of(token);
    tx.execute(
        "INSERT INTO tokens (organization_id, id, hint, lookup, key_version, sealed, validity, "
        "generated_at, expires_at, generated_by, generated_by_name, use_count, kept_state, label, "
        "first_shown, last_shown) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12, $13, $14, $15)",
        {token.organization.value, token.handle.value, token.hint, lookup, sealed.key_version,
         sealed.sealed, access::validity_wire(token.validity), token.generated_at, token.expires_at,
         token.generated_by.id.value, token.generated_by.name, static_cast<int>(KeptState::Open),
         label, shown_of(token, true), shown_of(token, false)});
    count_generated(tx, token.organization, label);
}

auto find_token(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle,
                Instant now) -> std::optional<StoredToken> {
    auto sql = select_token(now);
    sql.add("t.organization_id = ? AND t.id = ?", {organization.value, handle.value});
    return first_token(tx, sql);
}

auto find_tokens(Transaction& tx, const OrganizationId& organization,
                 const std::vector<std::string>& handles, Instant now) -> std::vector<StoredToken> {
    if (handles.empty()) return {};
    auto sql = select_token(now);
    sql.add("t.organization_id = ?", {organization.value}).add_in_page("t.id", handles);
    std::vector<StoredToken> found;
    for (const auto& row : sql.query(tx))
        found.push_back(read_token(row));
    return found;
}

auto find_token_life(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle)
    -> std::optional<access::AccessToken> {
    static const std::string plain =
        "SELECT expires_at, ended_at, ended_by, ended_by_name, end_reason FROM tokens "
        "WHERE organization_id = $1 AND id = $2";
    const auto lock = tx.lock_clause();
    const auto row =
        lock.empty() ? tx.query_one(plain, {organization.value, handle.value})
                     : tx.query_one(plain + std::string(lock), {organization.value, handle.value});
    if (!row) return std::nullopt;
    access::AccessToken token;
    token.expires_at = row->instant_or_nothing(0);
    token.ended = read_end(*row, 1);
    return token;
}

auto find_token_by_lookup(Transaction& tx, const std::vector<std::string>& lookups, Instant now)
    -> std::optional<StoredToken> {
    tx.show_keys(lookups);
    Sql whose("SELECT organization_id FROM tokens WHERE 1 = 1");
    whose.add_in("lookup", lookups);
    const auto found = whose.query(tx);
    if (found.empty()) return std::nullopt;
    hold_organization(tx, found.front().id<OrganizationId>(0));
    auto sql = select_token(now);
    sql.add("1 = 1").add_in("t.lookup", lookups);
    return first_token(tx, sql);
}

auto write_token_end(Transaction& tx, const access::AccessToken& ended) -> bool {
    if (!ended.ended || !ended.ended->by) return false;
    const auto& end = *ended.ended;
    count_ended(tx, ended.organization, ended.handle);
    const bool written =
        tx.execute(
            "UPDATE tokens SET ended_at = $3, ended_by = $4, ended_by_name = $5, "
            "end_reason = $6, sealed = '', "
            "kept_state = CASE WHEN kept_state = 2 THEN 1 ELSE kept_state END "
            "WHERE organization_id = $1 AND id = $2 AND ended_at IS NULL",
            {ended.organization.value, ended.handle.value, end.at, end.by->id.value, end.by->name,
             access::end_reason_wire(end.reason)}) == 1;
    const auto* what = end.reason == access::EndReason::Deleted ? end_of_what::token_deleted
                                                                : end_of_what::token_expired;
    if (written) {
        tx.will_end({what, ended.organization, ended.handle.value, end.by->id, end.at});
    }
    return written;
}

auto write_token_deleted(Transaction& tx, const access::AccessToken& token, Instant now) -> bool {
    count_deleted(tx, token.organization, token.handle);
    const bool written = tx.execute(
                             "UPDATE tokens SET deleted_at = $3, sealed = '', kept_state = 0 "
                             "WHERE organization_id = $1 AND id = $2 AND deleted_at IS NULL",
                             {token.organization.value, token.handle.value, now}) == 1;
    if (written) {
        tx.will_end({end_of_what::token_deleted, token.organization, token.handle.value, {}, now});
    }
    return written;
}

void write_run_out(Transaction& tx, const OrganizationId& organization, Instant now) {
    while (write_some_run_out(tx, organization, now)) {
    }
}

auto organizations_with_run_out(Transaction& tx, Instant now) -> std::vector<OrganizationId> {
    constexpr int most = 1000;  // Units: tokens; the others are found with the next look
    std::set<OrganizationId> all;
    for (const auto& row : tx.query("SELECT organization_id FROM tokens WHERE kept_state = 2 "
                                    "AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
                                    {now, most})) {
        all.insert(row.id<OrganizationId>(0));
    }
    return {all.begin(), all.end()};
}

void write_token_used(Transaction& tx, const access::AccessToken& token, const std::string& by,
                      Instant now) {
    auto used = token;
    used.last_used_by = by;
    const auto label = label_of(used);
    count_relabelled(tx, token.organization, token.handle, label);
    tx.execute(
        "UPDATE tokens SET use_count = use_count + 1, last_used_at = $3, last_used_by = $4, "
        "label = $5 WHERE organization_id = $1 AND id = $2",
        {token.organization.value, token.handle.value, now, by, label});
}

void touch_token(Transaction& tx, const OrganizationId& organization, const TokenHandle& handle,
                 Instant now) {
    tx.execute(
        "UPDATE tokens SET last_used_at = $3 "
        "WHERE organization_id = $1 AND id = $2 AND last_used_at < $3 AND ended_at IS NULL",
        {organization.value, handle.value, now});
}

}  // namespace pcc::server
