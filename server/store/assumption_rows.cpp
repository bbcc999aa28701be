#include "server/store/assumption_rows.hpp"

#include <algorithm>

namespace pcc::server {
namespace {

// What is read of each, and then of the engineer and the session, unless they are known.
constexpr const char* own_columns =
    "SELECT a.id, a.organization_id, o.name, a.token_id, a.started_at, a.ends_at, a.change_count, "
    "a.ended_at, a.ended_by, a.ended_by_name, a.end_reason, o.disabled_at";
constexpr const char* columns_of_engineer =
    ", a.engineer_id, u.name, u.email, eo.name, a.engineer_organization_id, a.session_id, "
    "s.ended_at, s.last_seen_at, s.expires_at";

/// The end that was written, or else the end of the session or of the organization, where one came
/// before its own.
auto read_end(const Row& row, const SessionRow& session, Instant now)
    -> std::optional<access::AssumptionEnd> {
    using access::AssumptionEndReason;
    if (!row.is_null(7)) {
        access::AssumptionEnd end;
        end.at = row.instant(7);
        if (!row.is_null(8)) end.by = access::Person{row.id<UserId>(8), row.text(9)};
        end.reason = access::parse_assumption_end_reason(row.text(10))
                         .value_or(AssumptionEndReason::EndedByAdmin);
        return end;
    }
    std::optional<access::AssumptionEnd> end;
    auto earliest = row.instant(5);
    if (const auto over = end_of(session, now); over && *over < earliest) {
        earliest = *over;
        end = {earliest, std::nullopt, AssumptionEndReason::SignedOut};
    }
    // Over with the organization whatever the clock says.
    if (const auto over = row.instant_or_nothing(11); over && (!end || *over < earliest)) {
        end = {std::min(*over, earliest), std::nullopt, AssumptionEndReason::TokenExpired};
    }
    return end;
}

}  // namespace

auto select_assumption(std::string_view key) -> Sql {
    Sql sql(own_columns);
    sql.add(columns_of_engineer);
    if (!key.empty()) sql.add(", ").add(key);
    return sql.add(assumption_tables)
        .add(
            "JOIN organizations o ON o.id = a.organization_id "
            "JOIN organizations eo ON eo.id = a.engineer_organization_id "
            "JOIN users u ON u.organization_id = a.engineer_organization_id AND u.id = "
            "a.engineer_id "
            "WHERE ");
}

auto select_own_assumption() -> const std::string& {
    static const auto sql = std::string(own_columns) +
                            " FROM assumptions a JOIN organizations o ON o.id = a.organization_id "
                            "WHERE a.id = $1 AND a.engineer_organization_id = $2 "
                            "AND a.engineer_id = $3 AND a.session_id = $4";
    return sql;
}

auto read_own_assumption(const Row& row, const SessionRow& session, Instant now)
    -> access::Assumption {
    access::Assumption assumption;
    assumption.id = row.id<AssumptionId>(0);
    assumption.organization = row.id<OrganizationId>(1);
    assumption.organization_name = row.text(2);
    assumption.token = row.id<TokenHandle>(3);
    assumption.started_at = row.instant(4);
    assumption.ends_at = row.instant(5);
    assumption.change_count = static_cast<int>(row.number(6));
    assumption.ended = read_end(row, session, now);
    return assumption;
}

auto read_assumption(const Row& row, Instant now) -> StoredAssumption {
    SessionRow session;
    session.ended_at = row.instant_or_nothing(18);
    session.last_seen_at = row.instant(19);
    session.expires_at = row.instant(20);
    StoredAssumption stored;
    stored.assumption = read_own_assumption(row, session, now);
    stored.assumption.engineer = {row.id<UserId>(12), row.text(13), row.text(14), row.text(15)};
    stored.engineer_organization = row.id<OrganizationId>(16);
    stored.session = row.id<SessionId>(17);
    return stored;
}

}  // namespace pcc::server
