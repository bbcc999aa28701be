#include "server/store/audit.hpp"

#include <sstream>
#include <string_view>

#include "core/api/text.hpp"
#include "server/crypto/digest.hpp"

namespace pcc::server {
namespace {

constexpr const char* select_event =
    "SELECT id, at, actor_id, actor_name, actor_organization, on_behalf_of, assumption_id, action, "
    "target, summary, request_id, ip, prev_hash, hash, token_id, "
    "actor_folded, sequence FROM audit_events WHERE ";

auto read_event(const Row& row) -> api::AuditEvent {
    api::AuditEvent event;
    event.id = row.id<AuditEventId>(0);
    event.at = row.instant(1);
    event.actor = {row.id<UserId>(2), row.text(3), row.text(4)};
    event.on_behalf_of = row.text(5);
    event.assumption = row.id<AssumptionId>(6);
    event.action = row.text(7);
    event.target = row.text(8);
    event.summary = row.text(9);
    event.request_id = row.text(10);
    event.ip = row.text(11);
    event.prev_hash = row.text(12);
    event.hash = row.text(13);
    return event;
}

auto find_or_make_head(Transaction& tx, const OrganizationId& organization) -> AuditHead {
    if (const auto head = find_audit_head(tx, organization)) return *head;
    const AuditHead first;
    tx.execute("INSERT INTO audit_heads (organization_id, sequence, hash) VALUES ($1, $2, $3)",
               {organization.value, first.sequence, first.hash});
    return first;
}

void add_actor(Sql& sql, const std::string& actor) {
    constexpr std::string_view id_prefix = "usr_";
    if (actor.substr(0, id_prefix.size()) == id_prefix) {
        sql.add(" AND actor_id = ?", {actor});
    } else {
        sql.add_contains("actor_folded", api::fold_case(actor));
    }
}

void add_one_action(Sql& sql, const std::string& action) {
    if (action.back() != '.') {
        sql.add("action = ?", {action});
        return;
    }
    // `/` follows `.`: all texts that begin so lie between the two.
    const auto past = action.substr(0, action.size() - 1) + '/';
    sql.add("action >= ? AND action < ?", {action, past});
}

/// Several actions, or beginnings of actions, between commas: one of them has to fit.
void add_actions(Sql& sql, const std::string& actions) {
    if (actions.empty()) return;
    std::string_view joint = " AND ((";
    std::istringstream rest(actions);
    for (std::string action; std::getline(rest, action, ',');) {
        if (action.empty()) continue;
        sql.add(joint);
        add_one_action(sql, action);
        joint = ") OR (";
    }
    sql.add(joint == ") OR (" ? "))" : " AND FALSE");
}

void add_filter(Sql& sql, const OrganizationId& organization, const api::AuditQuery& query) {
    sql.add("organization_id = ?", {organization.value});
    if (!query.actor.empty()) add_actor(sql, query.actor);
    add_actions(sql, query.action);
    if (!query.token.empty()) sql.add(" AND token_id = ?", {query.token});
    if (const auto from = parse_rfc3339(query.from)) sql.add(" AND at >= ?", {*from});
    if (const auto to = parse_rfc3339(query.to)) sql.add(" AND at < ?", {*to});
}

auto has_filter(const api::AuditQuery& query) -> bool {
    const auto& [actor, action, token, from, to, limit, cursor, sort] = query;
    return !(actor.empty() && action.empty() && token.empty() && from.empty() && to.empty());
}

/// The chain has no gaps, so its head knows how long it is.
auto count_events(Transaction& tx, const OrganizationId& organization, const api::AuditQuery& query)
    -> long long {
    if (!has_filter(query)) {
        const auto head = find_audit_head(tx, organization);
        return head ? head->sequence : 0;
    }
    Sql sql("SELECT COUNT(*) FROM audit_events WHERE ");
    add_filter(sql, organization, query);
    return sql.count(tx);
}

}  // namespace

auto audit_hash(const AuditEntry& entry, long long sequence) -> std::string {
    const auto& event = entry.event;
    return sha256_hex(canonical_text(
        {entry.organization.value, std::to_string(sequence), event.id.value,
         std::to_string(millis_since_epoch(event.at)), event.actor.id.value, event.actor.name,
         event.actor.organization, event.on_behalf_of, event.assumption.value, entry.token.value,
         event.action, event.target, event.summary, event.request_id, event.ip, event.prev_hash}));
}

void append_audit(Transaction& tx, const AuditEntry& entry) {
    const auto head = find_or_make_head(tx, entry.organization);
    auto linked = entry;
    auto& event = linked.event;
    const auto sequence = head.sequence + 1;
    event.prev_hash = head.hash;
    event.hash = audit_hash(linked, sequence);
    tx.execute(
        "INSERT INTO audit_events (organization_id, sequence, id, at, actor_id, actor_name, "
        "actor_organization, on_behalf_of, assumption_id, token_id, action, target, summary, "
        "request_id, ip, actor_folded, prev_hash, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, "
        "$9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        {linked.organization.value, sequence, event.id.value, event.at, event.actor.id.value,
         event.actor.name, event.actor.organization, event.on_behalf_of, event.assumption.value,
         linked.token.value, event.action, event.target, event.summary, event.request_id, event.ip,
         api::fold_case(event.actor.name), event.prev_hash, event.hash});
    tx.execute("UPDATE audit_heads SET sequence = $2, hash = $3 WHERE organization_id = $1",
               {linked.organization.value, sequence, event.hash});
}

auto list_audit(Transaction& tx, const OrganizationId& organization, const api::AuditQuery& query,
                const PageStart& start) -> Slice<api::AuditEvent> {
    Slice<api::AuditEvent> slice;
    Sql sql(select_event);
    add_filter(sql, organization, query);
    const Order order{"sequence", api::descends(query.sort)};
    add_page(sql, order, "id", start, query.limit);
    take_rows(slice, sql.query(tx), order, query.limit, read_event);
    if (!is_all(slice, start)) slice.total = count_events(tx, organization, query);
    return slice;
}

auto audit_lengths(Transaction& tx, const std::vector<OrganizationId>& organizations)
    -> std::map<OrganizationId, long long> {
    std::vector<std::string> ids;
    for (const auto& organization : organizations)
        ids.push_back(organization.value);
    Sql sql("SELECT organization_id, sequence FROM audit_heads WHERE 1 = 1");
    sql.add_in("organization_id", ids);
    std::map<OrganizationId, long long> lengths;
    for (const auto& row : sql.query(tx))
        lengths.emplace(row.id<OrganizationId>(0), row.number(1));
    return lengths;
}

auto audit_since(Transaction& tx, const OrganizationId& organization, long long sequence)
    -> std::vector<AuditEntry> {
    constexpr int most = 200;
    const auto sql = std::string(select_event) +
                     "organization_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";
    std::vector<AuditEntry> entries;
    for (const auto& row : tx.query(sql, {organization.value, sequence, most}))
        entries.push_back({organization, row.id<TokenHandle>(14), read_event(row)});
    return entries;
}

auto find_audit_head(Transaction& tx, const OrganizationId& organization)
    -> std::optional<AuditHead> {
    const auto sql =
        "SELECT sequence, hash, checkpoints FROM audit_heads WHERE organization_id = $1" +
        std::string(tx.lock_clause());
    const auto row = tx.query_one(sql, {organization.value});
    if (!row) return std::nullopt;
    return AuditHead{row->number(0), row->text(1), row->number(2)};
}

auto audit_links(Transaction& tx, const OrganizationId& organization, long long after, int most)
    -> std::vector<AuditLink> {
    const auto sql = std::string(select_event) +
                     "organization_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3";
    std::vector<AuditLink> links;
    for (const auto& row : tx.query(sql, {organization.value, after, most})) {
        links.push_back({{organization, row.id<TokenHandle>(14), read_event(row)},
                         row.number(16),
                         row.text(15)});
    }
    return links;
}

}  // namespace pcc::server
